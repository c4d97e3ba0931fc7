import type { IsoTime, Percent, UsdPerHour, UsdPerMonth } from './units.js'

/** Daily or monthly dollars of an account from Cost Explorer; a missing day is absent, not zero. */
export interface CostPoint {
  /** First day of the period, `2026-11-23`. */
  readonly day: string
  readonly usd: number
}

export interface CostLine {
  readonly name: string
  readonly usd: number
}

/** What Cost Explorer said, cached for a day. */
export interface CostReport {
  readonly account: string
  readonly readAt: IsoTime
  /** Whole months, oldest first; the running month last and partial. */
  readonly months: readonly CostPoint[]
  /** The last weeks by day, oldest first. */
  readonly days: readonly CostPoint[]
  readonly byService: readonly CostLine[]
  readonly byUsageType: readonly CostLine[]
  /** How the figures were narrowed, e.g. `whole account` or `tag aws:autoscaling:groupName`. */
  readonly filter: string
  /** Last day that Cost Explorer had settled. */
  readonly settledUntil: string
}

/** One UTC day, or the part of it that the window covers. */
export interface DayCost extends CostPoint {
  readonly hours: number
}

/** What a group cost by its own record: instances in service × on-demand price, net of commitments where known. */
export interface GroupCost {
  readonly days: readonly DayCost[]
  readonly usdPerMonth: UsdPerMonth
  readonly instanceHours: number
  /** False where it is not known what commitments cover: the figure is then the on-demand price, an upper bound. */
  readonly netOfCommitments: boolean
  /** Share of the window's steps whose instances are known; a gap costs nothing and is not filled. */
  readonly coveragePercent: Percent
}

/** One row of the report (S37): never a pull request, never a purchase. */
export type CommitmentAdvice =
  | {
      readonly kind: 'cover'
      /** Instances that ran in 99 % of the record and are not covered. */
      readonly instances: number
      /** On-demand dollars an hour that a commitment could cover. */
      readonly usdPerHour: UsdPerHour
      /** Undefined without an offer: no discount is assumed. */
      readonly savingUsdPerMonth: UsdPerMonth | undefined
      readonly why: string
    }
  | { readonly kind: 'none'; readonly why: string }

/** The month so many months later. @example monthsAfter('2026-11', -12) // '2025-11' */
export function monthsAfter(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}
