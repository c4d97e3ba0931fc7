import type { Percent, UsdPerHour, UsdPerMonth } from './units.js'

export type Mode = 'observe' | 'propose' | 'apply'

/**
 * Every setting that holds for one environment, defaults already filled in. The schema in src/config gives each key
 * its default, limits and sentence; DESIGN.md section 5 is where the numbers come from.
 */
export interface Policy {
  readonly environment: string
  readonly mode: Mode
  readonly enableAutoScalingOptimization: boolean
  readonly enableCostOptimization: boolean
  readonly enablePerformanceMonitoring: boolean
  readonly analysisIntervalHours: number
  readonly thresholds: {
    readonly cpuUtilizationTarget: Percent
    readonly memoryUtilizationTarget: Percent
    readonly responseTimeTargetMs: number
    readonly throughputTargetPerMinute: number
  }
  readonly cost: {
    readonly maxHourlyCost: UsdPerHour
    readonly utilizationThreshold: Percent
    /** maxHourlyCost × 730 unless configured. */
    readonly monthlyBudget: UsdPerMonth
  }
  readonly window: {
    readonly lookbackDays: number
    readonly daysBeforeAdvice: number
    /** Share of the window's steps that must hold CPU data before advice. */
    readonly minCoveragePercent: Percent
  }
  readonly scaleUp: {
    readonly degradedMinutes: number
    /** Largest step as a share of the present capacity; at least one instance is always allowed. */
    readonly maxStepPercent: Percent
    readonly cooldownMinutes: number
    readonly actionsPerDay: number
    readonly healthTimeoutMinutes: number
    readonly leaseMinutes: number
  }
  readonly sizing: {
    /** The recorded demand is multiplied by this before a replay: 1.15 in production, 1.10 elsewhere. */
    readonly demandMargin: number
    /** A step above this use counts as strained. */
    readonly strainPercent: Percent
    /** Largest share of strained steps a safe candidate may have. */
    readonly strainSharePercent: Percent
    readonly zoneLoss: 'recover' | 'hold' | 'ignore'
    readonly memoryUnknown: 'survivedLoad' | 'hold' | 'ignore'
    /** P99.5 + 20 % in production, P95 + 15 % elsewhere, for groups without a scaling policy. */
    readonly staticPercentile: Percent
    readonly staticHeadroomPercent: Percent
  }
  readonly saving: {
    readonly minSharePercent: Percent
    readonly minUsdPerMonth: UsdPerMonth
    /** Saving share ÷ disruption share must reach this. */
    readonly minSavingToDisruption: number
    /** How much of a replacement counts as disruption when it is rolling. */
    readonly rollingDisruptionFactor: number
  }
  readonly spot: {
    readonly minTypes: number
    readonly minZones: number
    readonly onDemandBaseCapacity: number
    /** Whether the team says its workload stands interruptions. Never assumed in production. */
    readonly faultTolerant: boolean
  }
  readonly pullRequests: {
    readonly openLimit: number
    readonly newPerDay: number
    /** Changes that replace instances, under way at once in an environment of a repository. */
    readonly replacementsAtOnce: number
    readonly declinedDays: number
    /** A declined change is raised again when its saving has grown by this factor. */
    readonly reraiseFactor: number
    readonly labels: readonly string[]
    readonly reviewers: readonly string[]
  }
  /** The staging group whose verified change a production change waits for, where it is named. */
  readonly promoteFrom?: string | undefined
  readonly freezes: readonly FreezeWindow[]
  /** True stops every act of the environment: nothing is proposed or applied. */
  readonly killSwitch: boolean
  readonly metrics: MetricNames
}

/** A period in which nothing is applied or proposed; both ends UTC. */
export interface FreezeWindow {
  readonly from: string
  readonly until: string
  readonly why: string
}

export interface MetricNames {
  readonly memoryNamespace: string
  readonly memoryMetric: string
  /** `p90`, `p99`, `Average`, … */
  readonly responseTimeStatistic: string
  /** Where Trimtab publishes its own metrics. */
  readonly publishNamespace: string
}
