import { type Series, valueAt } from '../model/series.js'
import { hourMs } from '../model/units.js'

export const hoursPerWeek = 168

/** 1970-01-05 was the first Monday of the epoch. */
const firstMondayMs = 4 * 24 * hourMs

/**
 * Hour of the week of an instant, 0 for Monday 00:00–01:00 UTC to 167.
 * @example hourOfWeek(Date.parse('2026-11-23T09:05:00Z')) // 9
 */
export function hourOfWeek(atMs: number): number {
  const hours = Math.floor((atMs - firstMondayMs) / hourMs)
  return ((hours % hoursPerWeek) + hoursPerWeek) % hoursPerWeek
}

/** Mean by hour of week, 168 entries from Monday 00:00 UTC; undefined where an hour has no value. */
export function hourOfWeekProfile(series: Series): readonly (number | undefined)[] {
  const sums = new Float64Array(hoursPerWeek)
  const counts = new Float64Array(hoursPerWeek)
  const start = Date.parse(series.startAt)
  for (let step = 0; step < series.samples.length; step += 1) {
    const value = valueAt(series, step)
    if (value === undefined) continue
    const hour = hourOfWeek(start + step * series.periodSeconds * 1000)
    sums[hour] = (sums[hour] as number) + value
    counts[hour] = (counts[hour] as number) + 1
  }
  return Array.from(sums, (sum, hour) => {
    const count = counts[hour] as number
    return count === 0 ? undefined : sum / count
  })
}
