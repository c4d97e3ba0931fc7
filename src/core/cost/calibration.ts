import { median } from 'simple-statistics'
import { type Recommendation, type RecommendationType, recommendationTypes } from '../model/recommendation.js'
import type { Percent } from '../model/units.js'

/** Verified changes of a type without which past promises say nothing about the next. */
export const changesForCalibration = 3

/** How promises of one type were kept (S91). */
export interface Calibration {
  readonly type: RecommendationType
  readonly changes: number
  /** Changes that brought at least half of what was promised. */
  readonly kept: number
  /** Median of verified ÷ promised. */
  readonly factor: number
  /** Median distance of verified from promised, in percent of the promise. */
  readonly errorPercent: Percent
}

/** Calibration of a type from its verified and regressed changes; undefined under three with measured dollars. */
export function calibrationOf(
  type: RecommendationType,
  recommendations: readonly Pick<Recommendation, 'type' | 'monthlyUsd' | 'change'>[],
): Calibration | undefined {
  const ratios = recommendations.flatMap(({ type: own, monthlyUsd, change }) => {
    const saved = change.verification?.savedUsdPerMonth
    return own === type && monthlyUsd > 0 && saved !== undefined ? [saved / monthlyUsd] : []
  })
  if (ratios.length < changesForCalibration) return undefined
  return {
    type,
    changes: ratios.length,
    kept: ratios.filter((ratio) => ratio >= 0.5).length,
    factor: median(ratios),
    errorPercent: median(ratios.map((ratio) => Math.abs(ratio - 1) * 100)),
  }
}

/** For each type the share of its measured promises that were kept, 0–1; undefined under three. */
export function keptShareBy(
  recommendations: readonly Pick<Recommendation, 'type' | 'monthlyUsd' | 'change'>[],
): (type: RecommendationType) => number | undefined {
  const shares = new Map(
    recommendationTypes.map((type) => {
      const calibration = calibrationOf(type, recommendations)
      return [type, calibration && calibration.kept / calibration.changes] as const
    }),
  )
  return (type) => shares.get(type)
}
