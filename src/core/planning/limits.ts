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

/** From where on a change is worth it: the policy's limits with the factor of its kind. */
export function savingLimits(
  { saving }: Pick<Policy, 'saving'>,
  { disruptionShare, hotter }: Pick<SavingCase, 'disruptionShare' | 'hotter'>,
): { readonly sharePercent: number; readonly usdPerMonth: number } {
  const factor = hotter ? hotterFactor : disruptionShare > 0 ? replacementFactor : 1
  return { sharePercent: saving.minSharePercent * factor, usdPerMonth: saving.minUsdPerMonth * factor }
}

/**
 * Why a saving is not worth its change, or undefined where it is: at least the share and the dollars that the policy
 * asks for, and saving share ÷ disruption share at least `minSavingToDisruption`.
 */
export function savingObjection(
  policy: Pick<Policy, 'saving'>,
  change: SavingCase,
): Extract<HoldReason, 'well-sized' | 'saving-too-small' | 'disruption-outweighs'> | undefined {
  const { usdBefore, usdAfter, disruptionShare } = change
  const limits = savingLimits(policy, change)
  const usd = usdBefore - usdAfter
  const share = usdBefore > 0 ? (usd / usdBefore) * 100 : 0
  if (usd <= 0 || share < limits.sharePercent - tolerance) return 'well-sized'
  if (usd < limits.usdPerMonth - tolerance) return 'saving-too-small'
  if (disruptionShare > 0 && share / 100 / disruptionShare < policy.saving.minSavingToDisruption - tolerance) {
    return 'disruption-outweighs'
  }
  return undefined
}
