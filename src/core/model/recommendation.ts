import type { BackTest } from './back-test.js'
import type { Change } from './change.js'
import type { Settings } from './configuration.js'
import type { GroupKey } from './group.js'
import type { SpotMarket } from './spot-market.js'
import type { IsoTime, Percent, UsdPerMonth } from './units.js'

export const recommendationTypes = [
  'SCALE_UP',
  'SCALE_DOWN',
  'INSTANCE_TYPE_CHANGE',
  'COST_OPTIMIZATION',
  'PERFORMANCE_TUNING',
] as const
export type RecommendationType = (typeof recommendationTypes)[number]

export const priorities = ['HIGH', 'MEDIUM', 'LOW'] as const
export type Priority = (typeof priorities)[number]

export const statuses = ['PENDING', 'COMPLETED', 'FAILED'] as const
export type Status = (typeof statuses)[number]

export type RiskLevel = 'LOW' | 'MEDIUM' | 'HIGH'

/** The property of a group that advice turns; one open change for each (group, property). */
export type Property =
  | 'capacity'
  | 'minSize'
  | 'maxSize'
  | 'instanceType'
  | 'spotMix'
  | 'scalingPolicy'
  | 'schedule'
  | 'observability'

export interface ExpectedImpact {
  readonly performanceImprovement?: Percent
  /** Percent of the group's monthly cost. */
  readonly costSavings?: Percent
  readonly riskLevel: RiskLevel
}

export interface Implementation {
  /** True only for SCALE_UP within limits: the one change that needs no review. */
  readonly automated: boolean
  readonly steps: readonly string[]
  readonly estimatedDuration: string
}

/** What the analysis rests on; each page prints it. */
export interface Evidence {
  readonly windowStartAt: IsoTime
  readonly windowEndAt: IsoTime
  readonly coveragePercent: Percent
  readonly memory: 'measured' | 'survivedLoad' | 'ignored'
  /** Demand margin that the replay used. */
  readonly demandMargin: number
  readonly today?: BackTest
  readonly proposed?: BackTest
  readonly priceSource?: string
  /** The command that reproduces the numbers. */
  readonly reproduce: string
  readonly notes: readonly string[]
  /** Spot advice only: availability and interruption risk of its types. */
  readonly spotMarket?: SpotMarket
}

/** What planning says: not yet stored, no identity. */
export interface Advice {
  readonly type: RecommendationType
  readonly priority: Priority
  readonly property: Property
  readonly groupKey: GroupKey
  readonly environment: string
  readonly description: string
  readonly from: Settings
  readonly to: Settings
  /** > 0 saves, < 0 costs; 0 only where nothing is bought or saved (tuning). */
  readonly monthlyUsd: UsdPerMonth
  /** Lower and upper end of the saving, from the spread of the daily savings. */
  readonly monthlyUsdRange?: readonly [UsdPerMonth, UsdPerMonth]
  readonly expectedImpact: ExpectedImpact
  readonly implementation: Implementation
  readonly evidence: Evidence
}

/** Stored advice: one id for one advice, fixed at the first recording. */
export interface Recommendation extends Advice {
  /** `<prefix>-<changeId>`, e.g. `down-1f3c9a0b77aa`. */
  readonly id: string
  /** First recording; the table's sort key. */
  readonly timestamp: IsoTime
  readonly changeId: string
  readonly generation: number
  readonly status: Status
  readonly change: Change
  /** Raised by one at each write; writes are conditional on it. */
  readonly revision: number
  readonly updatedAt: IsoTime
  /** Epoch seconds; absent while the change is open. */
  readonly ttl?: number
}
