import { type CostPoint, monthsAfter } from '../model/cost.js'

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

/**
 * Which longer looks back belong to a week: the month's on its first Monday, the quarter's on that of its first month.
 * @example longerLooksOf('2026-10-05') // { monthly: true, quarterly: true }
 */
export function longerLooksOf(monday: string): { readonly monthly: boolean; readonly quarterly: boolean } {
  const monthly = Number(monday.slice(8, 10)) <= 7
  return { monthly, quarterly: monthly && (Number(monday.slice(5, 7)) - 1) % 3 === 0 }
}
