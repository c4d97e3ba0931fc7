import type { HoldReason } from '../model/hold.js'
import type { Policy } from '../model/policy.js'

/** Replacing instances must clear the limits by this factor, so that a price that moves a little makes no churn. */
const replacementHysteresis = 1.1
const tolerance = 1e-9

export interface SavingCase {
  readonly usdBefore: number
  readonly usdAfter: number
  readonly disruptionShare: number
}

/**
 * Why a saving is not worth its change, or undefined where it is: at least the share and the dollars that the policy
 * asks for, and saving share ÷ disruption share at least `minSavingToDisruption`.
 */
export function savingObjection(
  { saving }: Pick<Policy, 'saving'>,
  { usdBefore, usdAfter, disruptionShare }: SavingCase,
): Extract<HoldReason, 'well-sized' | 'saving-too-small' | 'disruption-outweighs'> | undefined {
  const usd = usdBefore - usdAfter
  const share = usdBefore > 0 ? (usd / usdBefore) * 100 : 0
  if (usd <= 0) return 'well-sized'
  const factor = disruptionShare > 0 ? replacementHysteresis : 1
  const enough =
    share >= saving.minSharePercent * factor - tolerance && usd >= saving.minUsdPerMonth * factor - tolerance
  if (!enough) return 'saving-too-small'
  if (disruptionShare > 0 && share / 100 / disruptionShare < saving.minSavingToDisruption - tolerance) {
    return 'disruption-outweighs'
  }
  return undefined
}
