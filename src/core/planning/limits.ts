import type { HoldReason } from '../model/hold.js'
import type { Policy } from '../model/policy.js'

/** Replacing instances must clear the limits by this factor, so that a price that moves a little makes no churn. */
const replacementFactor = 1.1
/** A higher target makes every instance run hotter than anyone has seen it: it must be worth twice as much. */
const hotterFactor = 2
const tolerance = 1e-9

export interface SavingCase {
  readonly usdBefore: number
  readonly usdAfter: number
  readonly disruptionShare: number
  /** Whether instances would run hotter at the same load of the group. */
  readonly hotter?: boolean
}

/**
 * Why a saving is not worth its change, or undefined where it is: at least the share and the dollars that the policy
 * asks for, and saving share ÷ disruption share at least `minSavingToDisruption`.
 */
export function savingObjection(
  { saving }: Pick<Policy, 'saving'>,
  { usdBefore, usdAfter, disruptionShare, hotter }: SavingCase,
): Extract<HoldReason, 'well-sized' | 'saving-too-small' | 'disruption-outweighs'> | undefined {
  const usd = usdBefore - usdAfter
  const share = usdBefore > 0 ? (usd / usdBefore) * 100 : 0
  const factor = hotter ? hotterFactor : disruptionShare > 0 ? replacementFactor : 1
  if (usd <= 0 || share < saving.minSharePercent * factor - tolerance) return 'well-sized'
  if (usd < saving.minUsdPerMonth * factor - tolerance) return 'saving-too-small'
  if (disruptionShare > 0 && share / 100 / disruptionShare < saving.minSavingToDisruption - tolerance) {
    return 'disruption-outweighs'
  }
  return undefined
}
