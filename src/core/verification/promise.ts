import type { Recommendation } from '../model/recommendation.js'
import type { Percent, UsdPerHour, UsdPerMonth } from '../model/units.js'

/** What a change promised, as its page said. */
export interface ChangePromise {
  /** > 0 saves, < 0 costs. */
  readonly monthlyUsd: UsdPerMonth
  /** Promised change of instance-hours; negative is fewer. */
  readonly instanceHoursPercent?: Percent
  /** Price of one instance before and after; absent: no dollars are verified. */
  readonly usdPerHour?: { readonly before: UsdPerHour; readonly after: UsdPerHour }
  /** Largest response time P90 that the page promised. */
  readonly responseTimeMs?: number
}

/** Growth of P90 response time that counts as worse where it is also significant and no limit was promised … */
const responseGrowth = 1.2
/** … and it is more than this share of the target: 18 ms of 500 are no harm, however sure the difference is. */
const responseGrowthOfTarget = 0.1

/** The highest response time that still keeps the promise. `promised` false: what it was before with its growth. */
export function responseLimitOf(
  { responseTimeMs }: ChangePromise,
  beforeMs: number,
  targetMs: number,
): { readonly ms: number; readonly promised: boolean } {
  const grown = Math.max(beforeMs * responseGrowth, beforeMs + targetMs * responseGrowthOfTarget)
  return { ms: responseTimeMs ?? grown, promised: responseTimeMs !== undefined }
}

/** The promise of a stored recommendation, from its back-test. */
export function promiseOf(recommendation: Pick<Recommendation, 'monthlyUsd' | 'evidence'>): ChangePromise {
  const { today, proposed } = recommendation.evidence
  const before = today?.price?.usdPerHour
  const after = proposed?.price?.usdPerHour
  return {
    monthlyUsd: recommendation.monthlyUsd,
    ...(today &&
      proposed &&
      today.instanceHours > 0 && { instanceHoursPercent: (proposed.instanceHours / today.instanceHours - 1) * 100 }),
    ...(before !== undefined && after !== undefined && { usdPerHour: { before, after } }),
  }
}
