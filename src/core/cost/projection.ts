import { mean, sampleStandardDeviation } from 'simple-statistics'
import type { CostPoint } from '../model/cost.js'
import type { UsdPerMonth } from '../model/units.js'
import { daysOfMonth, weekdayOf } from './calendar.js'

/** Settled days that a projection rests on at least, and at most: four whole weeks. */
export const daysForProjection = 7
export const recentDays = 28

/** Where a month lands. */
export interface Projection {
  /** `2026-11`. */
  readonly month: string
  readonly usd: UsdPerMonth
  /** Half of the 95 % interval, from the spread of the recent days around what was expected of them. */
  readonly plusMinusUsd: number
  readonly spentUsd: number
  /** Days of the month that are not settled, or missing, and therefore expected rather than known. */
  readonly expectedDays: number
  readonly settledUntil: string
}

/**
 * The month of the last settled day: what is settled, and for each other day the mean of its weekday over the last four
 * settled weeks. Days after `settledUntil` are still rising and not used. Undefined under seven settled days.
 */
export function projectMonth(days: readonly CostPoint[], settledUntil: string): Projection | undefined {
  const settled = [...days].filter((point) => point.day <= settledUntil).sort((a, b) => (a.day < b.day ? -1 : 1))
  const recent = settled.slice(-recentDays)
  const last = recent.at(-1)
  if (recent.length < daysForProjection || last === undefined) return undefined
  const known = new Map(settled.map((point) => [point.day, point.usd]))
  const open = daysOfMonth(last.day).filter((day) => !known.has(day))
  const month = last.day.slice(0, 7)
  const spentUsd = settled.reduce((sum, point) => (point.day.startsWith(month) ? sum + point.usd : sum), 0)
  const expected = expectedOf(recent)
  const usd = spentUsd + open.reduce((sum, day) => sum + expected(weekdayOf(day)), 0)
  const residuals = recent.map((point) => point.usd - expected(weekdayOf(point.day)))
  const spread = sampleStandardDeviation(residuals)
  const plusMinusUsd = 1.96 * spread * Math.sqrt(open.length + open.length ** 2 / recent.length)
  return { month, usd, plusMinusUsd, spentUsd, expectedDays: open.length, settledUntil: last.day }
}

/** Mean cost by weekday; of all days where a weekday was seen less than twice. */
function expectedOf(days: readonly CostPoint[]): (weekday: number) => number {
  const overall = mean(days.map((point) => point.usd))
  const byWeekday = Array.from({ length: 7 }, (_, weekday) => {
    const same = days.filter((point) => weekdayOf(point.day) === weekday)
    return same.length < 2 ? overall : mean(same.map((point) => point.usd))
  })
  return (weekday) => byWeekday[weekday] ?? overall
}
