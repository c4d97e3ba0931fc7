import { type CostPoint, monthsAfter } from '../model/cost.js'
import { dayMs } from '../model/units.js'

/** A span of whole months with its cost; undefined where one of its months is not known. */
export interface PeriodCost {
  /** First month, `2026-07`. */
  readonly from: string
  readonly months: number
  readonly usd: number | undefined
}

/**
 * The months from `first` on, as far as each of them is known.
 * @example periodCost([{ day: '2026-07-01', usd: 10 }], '2026-07', 1) // { from: '2026-07', months: 1, usd: 10 }
 */
export function periodCost(points: readonly CostPoint[], first: string, months: number): PeriodCost {
  const costs = Array.from({ length: months }, (_, at) => {
    const month = monthsAfter(first, at)
    return points.find(({ day }) => day.startsWith(month))?.usd
  })
  const usd = costs.reduce((sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost))
  return { from: first, months, usd }
}

/** The first month of a month's quarter. @example quarterOf('2026-11') // '2026-10' */
export function quarterOf(month: string): string {
  return monthsAfter(month, -((Number(month.slice(5, 7)) - 1) % 3))
}

/** The month that has just begun, seen from a week; `quarterly` where a quarter began with it. */
export interface LongerLooks {
  readonly running: string
  readonly quarterly: boolean
}

/**
 * Which longer looks back stand in a week's issue on a day of it: from the first of a month on, in the weeks that hold
 * its first seven days. Undefined in any other week.
 * @example longerLooksOf('2026-09-28', '2026-10-01') // { running: '2026-10', quarterly: true }
 */
export function longerLooksOf(monday: string, today: string): LongerLooks | undefined {
  for (let ms = Date.parse(today); ms >= Date.parse(monday); ms -= dayMs) {
    const day = new Date(ms).toISOString().slice(0, 10)
    const running = day.slice(0, 7)
    if (Number(day.slice(8, 10)) <= 7) return { running, quarterly: quarterOf(running) === running }
  }
  return undefined
}
