import { errorFunction, median } from 'simple-statistics'
import type { Trend } from '../model/scorecard.js'
import { type Series, valueAt } from '../model/series.js'
import type { SignalName } from '../model/signals.js'

/** Days of data below which a slope is noise: no trend is stated. */
export const daysForTrend = 5

/**
 * Trend of the daily means: Theil–Sen slope (median of all pairs' slopes) and Mann–Kendall confidence with correction
 * for ties and continuity. A day counts when at least half of its steps hold a value. Undefined under 5 such days.
 */
export function trendOf(metric: SignalName, series: Series): Trend | undefined {
  const days = dailyMeans(series)
  if (days.length < daysForTrend) return undefined
  return {
    metric,
    slopePerWeek: theilSenSlope(days) * 7,
    confidencePercent: mannKendallConfidence(days.map((day) => day.mean)),
  }
}

/** Mean of one day of a window; `day` counts 24-hour periods from its start. */
export interface DailyMean {
  readonly day: number
  readonly mean: number
}

/** Means of the window's 24-hour periods; those with less than half of their steps are left out, as is a partial last one. */
export function dailyMeans(series: Series): readonly DailyMean[] {
  const stepsADay = Math.round(86_400 / series.periodSeconds)
  const days: DailyMean[] = []
  for (let day = 0; (day + 1) * stepsADay <= series.samples.length; day += 1) {
    let sum = 0
    let known = 0
    for (let step = day * stepsADay; step < (day + 1) * stepsADay; step += 1) {
      const value = valueAt(series, step)
      if (value === undefined) continue
      sum += value
      known += 1
    }
    if (known * 2 >= stepsADay) days.push({ day, mean: sum / known })
  }
  return days
}

/** Median slope over all pairs, per day (Theil 1950, Sen 1968). Needs two days at least. */
export function theilSenSlope(days: readonly DailyMean[]): number {
  const slopes: number[] = []
  for (const [index, later] of days.entries())
    for (const earlier of days.slice(0, index)) slopes.push((later.mean - earlier.mean) / (later.day - earlier.day))
  return median(slopes)
}

/** Two-sided confidence, 0–100, that values in order rise or fall at all (Mann 1945, Kendall 1975; normal approximation). */
export function mannKendallConfidence(values: readonly number[]): number {
  const n = values.length
  let s = 0
  for (const [index, later] of values.entries())
    for (const earlier of values.slice(0, index)) s += Math.sign(later - earlier)
  const ties = [...tieSizes(values)].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0)
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
  if (variance <= 0 || s === 0) return 0
  const z = (Math.abs(s) - 1) / Math.sqrt(variance)
  return Math.min(Math.max(errorFunction(z / Math.SQRT2) * 100, 0), 100)
}

function tieSizes(values: readonly number[]): Iterable<number> {
  const sizes = new Map<number, number>()
  for (const value of values) {
    const seen = sizes.get(value)
    sizes.set(value, seen === undefined ? 1 : seen + 1)
  }
  return sizes.values()
}
