import type { SeriesSpan } from './series.js'
import type { SignalName } from './signals.js'
import type { IsoTime, Percent } from './units.js'

export const overallBands = ['EXCELLENT', 'GOOD', 'FAIR', 'POOR', 'CRITICAL'] as const
export type Band = (typeof overallBands)[number]
export const cpuBands = ['CRITICAL', 'HIGH', 'OPTIMAL', 'LOW', 'VERY LOW'] as const
export type CpuBand = (typeof cpuBands)[number]
export type Diagnosis = 'wasteful' | 'balanced' | 'saturated'

export type FactorName = 'cpu' | 'memory' | 'capacity' | 'responseTime'

/** One factor of the performance score: its mark 0–100 and the weight it had after re-weighting over what is known. */
export interface Factor {
  readonly name: FactorName
  /** Mean mark over the steps where the factor was known; undefined where it never was. */
  readonly mark: number | undefined
  /** Weight as designed, e.g. 40. */
  readonly weightPercent: Percent
  /** Weight actually given; 0 when unknown. */
  readonly sharePercent: Percent
  /** Why the factor is missing; absent where known. */
  readonly missing?: string
}

export type Bottleneck = 'cpu' | 'memory' | 'network' | 'responseTime' | 'capacity' | 'cpuCredits'

export interface Trend {
  readonly metric: SignalName
  /** Change per week in the metric's own unit (Theil–Sen slope of daily means). */
  readonly slopePerWeek: number
  /** Mann–Kendall two-sided confidence that there is a trend at all, 0–100. */
  readonly confidencePercent: Percent
}

export interface UsageSummary {
  readonly metric: SignalName
  readonly mean: number
  readonly p95: number
  readonly p995: number
  readonly max: number
  readonly maxAt: IsoTime
  readonly coveragePercent: Percent
}

/** What one window says of a group. Missing inputs are named, never assumed. */
export interface Scorecard {
  readonly window: SeriesSpan
  /** Time-mean of the steps' scores over the window, 0–100. */
  readonly score: number
  readonly scoreBand: Band
  /** Score of the last three complete steps; undefined where they lack CPU. */
  readonly currentScore: number | undefined
  readonly factors: readonly Factor[]
  /** 0–100; undefined where maxSize is 0 or use is unknown. */
  readonly efficiency: Percent | undefined
  readonly efficiencyBand: Band | undefined
  readonly overallBand: Band
  readonly diagnosis: Diagnosis
  readonly cpuBand: CpuBand
  readonly bottlenecks: readonly Bottleneck[]
  readonly usage: readonly UsageSummary[]
  readonly trends: readonly Trend[]
  /** Mean CPU by hour of week, 168 entries from Monday 00:00 UTC; undefined where an hour has no data. */
  readonly hourOfWeekCpu: readonly (number | undefined)[]
  /** Four thresholds against the last complete steps (S15); unknown ones are left out. */
  readonly breaches: readonly ThresholdCheck[]
  /** Minutes of the window with CPU above 90 % and with response time over its target. */
  readonly breachMinutes: number
  /** Sentences on what was missing and what it changed. */
  readonly notes: readonly string[]
}

export interface ThresholdCheck {
  readonly threshold: 'cpuUtilizationTarget' | 'memoryUtilizationTarget' | 'responseTimeTarget' | 'throughputTarget'
  readonly value: number
  readonly target: number
  readonly verdict: 'under' | 'at' | 'over'
}

/** A scorecard, or why there is none. */
export type Scored =
  | { readonly kind: 'scored'; readonly scorecard: Scorecard }
  | { readonly kind: 'unscored'; readonly why: string }
