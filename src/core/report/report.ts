import type { CostPoint } from '../model/cost.js'
import type { Decision } from '../model/decision.js'
import type { Group } from '../model/group.js'
import type { Hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Advice } from '../model/recommendation.js'
import type { Scored } from '../model/scorecard.js'
import type { IsoTime, Percent, UsdPerHour, UsdPerMonth } from '../model/units.js'

/** Everything that a report is written from. */
export interface Report {
  readonly at: IsoTime
  readonly regions: readonly string[]
  readonly groups: readonly ReportGroup[]
  /** Groups or regions that could not be read, with why. */
  readonly faults: readonly { readonly scope: string; readonly message: string }[]
}

export interface ReportGroup {
  readonly group: Group
  readonly policy: Policy
  readonly scored: Scored
  readonly usage: HourlyUsage
  readonly advice: readonly ReportAdvice[]
  /** Why there is no advice; absent where there is some. */
  readonly hold: Hold | undefined
  readonly cost: ReportCost | undefined
  /** The group's type beside its cheapest alternatives, own type first; empty where it is unknown. */
  readonly types: readonly ReportType[]
}

export interface ReportAdvice {
  readonly advice: Advice
  readonly recommendationId: string
  readonly decision: Decision | undefined
}

/** The window by the hour: means, but for the highest CPU sample of each hour. Undefined where an hour has no data. */
export interface HourlyUsage {
  readonly startAt: IsoTime
  readonly hours: number
  readonly cpu: HourlyValues
  readonly cpuHighest: HourlyValues
  readonly memory: HourlyValues
  readonly inService: HourlyValues
}

export type HourlyValues = readonly (number | undefined)[]

export interface ReportCost {
  readonly usdPerMonth: UsdPerMonth
  /** Dollars by day; the first and last may be parts of a day. */
  readonly days: readonly CostPoint[]
  readonly netOfCommitments: boolean
  readonly coveragePercent: Percent
}

export interface ReportType {
  readonly name: string
  readonly vcpus: number
  readonly memoryGiB: number
  readonly onDemandUsdPerHour: UsdPerHour
  readonly spotUsdPerHour?: UsdPerHour
  readonly priceSource: string
}

/** Advice of one group overlaps: it saves what the largest of it saves (as in the ledger), at most what the group costs. */
export function savedBy({ advice, cost }: Pick<ReportGroup, 'advice' | 'cost'>): UsdPerMonth {
  const largest = advice.reduce((most, { advice: { monthlyUsd } }) => Math.max(most, monthlyUsd), 0)
  return cost ? Math.min(largest, cost.usdPerMonth) : largest
}
