import type { GroupCost } from '../model/cost.js'
import type { Price } from '../model/instance-type.js'
import { isGap, type Series, timeOf } from '../model/series.js'
import { hoursPerMonth, type Percent } from '../model/units.js'

/**
 * Cost of a group from its in-service series. The month is the mean of the known steps × 730 hours; a day is priced at
 * the mean of its known steps, and left out where it has none. `coveredPercent` of the instance-hours are paid by
 * commitments. Undefined where no step is known.
 */
export function groupCost(inService: Series, price: Price, coveredPercent?: Percent): GroupCost | undefined {
  const rate = coveredPercent === undefined ? price.usdPerHour : price.usdPerHour * (1 - coveredPercent / 100)
  const stepHours = inService.periodSeconds / 3600
  const byDay = new Map<string, { sum: number; known: number }>()
  let sum = 0
  let known = 0
  for (let step = 0; step < inService.samples.length; step += 1) {
    const count = inService.samples[step]
    if (count === undefined || isGap(count)) continue
    const day = timeOf(inService, step).slice(0, 10)
    const seen = byDay.get(day)
    byDay.set(day, seen ? { sum: seen.sum + count, known: seen.known + 1 } : { sum: count, known: 1 })
    sum += count
    known += 1
  }
  if (known === 0) return undefined
  return {
    days: [...byDay].map(([day, seen]) => {
      const hours = hoursIn(inService, day)
      return { day, usd: (seen.sum / seen.known) * hours * rate, hours }
    }),
    usdPerMonth: (sum / known) * hoursPerMonth * rate,
    instanceHours: sum * stepHours,
    netOfCommitments: coveredPercent !== undefined,
    coveragePercent: (known / inService.samples.length) * 100,
  }
}

/** Hours of a day that lie inside the series: its first and last day may be parts. */
function hoursIn(series: Series, day: string): number {
  const start = Date.parse(series.startAt)
  const end = start + series.samples.length * series.periodSeconds * 1000
  const from = Date.parse(`${day}T00:00:00Z`)
  return (Math.min(end, from + 86_400_000) - Math.max(start, from)) / 3_600_000
}
