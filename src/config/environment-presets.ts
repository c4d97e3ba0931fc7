import type { MetricNames } from '../core/model/policy.js'
import type { EnvironmentSettings } from './environment-settings.js'

/** Every setting of an environment, nothing left open. A budget left open is maxHourlyCost × 730. */
export type CompleteSettings = {
  readonly [Section in keyof EnvironmentSettings]-?: NonNullable<
    EnvironmentSettings[Section]
  > extends readonly unknown[]
    ? NonNullable<EnvironmentSettings[Section]>
    : NonNullable<EnvironmentSettings[Section]> extends object
      ? Complete<NonNullable<EnvironmentSettings[Section]>>
      : NonNullable<EnvironmentSettings[Section]>
}
type Complete<T> = {
  readonly [Key in keyof T as Key extends 'monthlyBudget' ? never : Key]-?: NonNullable<T[Key]>
} & { readonly monthlyBudget?: number | undefined }

const production: CompleteSettings = {
  mode: 'observe',
  enableAutoScalingOptimization: true,
  enableCostOptimization: true,
  enablePerformanceMonitoring: true,
  analysisInterval: '1h',
  performanceThresholds: {
    cpuUtilizationTarget: 70,
    memoryUtilizationTarget: 80,
    responseTimeTarget: 500,
    throughputTarget: 1000,
  },
  costThresholds: { maxHourlyCost: 50, utilizationThreshold: 60 },
  window: { lookbackDays: 14, daysBeforeAdvice: 7, minCoveragePercent: 80 },
  scaleUp: {
    degradedMinutes: 30,
    maxStepPercent: 50,
    cooldownMinutes: 30,
    actionsPerDay: 3,
    healthTimeoutMinutes: 15,
    leaseMinutes: 5,
  },
  sizing: {
    demandMargin: 1.15,
    strainPercent: 90,
    strainSharePercent: 0.5,
    zoneLoss: 'recover',
    memoryUnknown: 'survivedLoad',
    staticPercentile: 99.5,
    staticHeadroomPercent: 20,
  },
  saving: { minSharePercent: 10, minUsdPerMonth: 20, minSavingToDisruption: 0.5, rollingDisruptionFactor: 0.2 },
  spot: { minTypes: 10, minZones: 2, onDemandBaseCapacity: 1, faultTolerant: false },
  pullRequests: {
    openLimit: 5,
    newPerDay: 2,
    replacementsAtOnce: 1,
    declinedDays: 180,
    reraiseFactor: 1.5,
    labels: ['trimtab'],
    reviewers: [],
  },
  freezes: [],
  killSwitch: false,
}

const outsideProduction: CompleteSettings = {
  ...production,
  sizing: {
    ...production.sizing,
    demandMargin: 1.1,
    zoneLoss: 'ignore',
    staticPercentile: 95,
    staticHeadroomPercent: 15,
  },
  spot: { ...production.spot, onDemandBaseCapacity: 0 },
}

/** The environments as shipped (DESIGN.md section 5; S03–S05). `other` holds for any name that is not one of the three. */
export const environmentPresets = {
  production,
  staging: {
    ...outsideProduction,
    analysisInterval: '2h',
    performanceThresholds: {
      cpuUtilizationTarget: 75,
      memoryUtilizationTarget: 85,
      responseTimeTarget: 1000,
      throughputTarget: 500,
    },
    costThresholds: { maxHourlyCost: 20, utilizationThreshold: 50 },
  },
  development: {
    ...outsideProduction,
    enableAutoScalingOptimization: false,
    analysisInterval: '4h',
    performanceThresholds: {
      cpuUtilizationTarget: 80,
      memoryUtilizationTarget: 90,
      responseTimeTarget: 2000,
      throughputTarget: 100,
    },
    costThresholds: { maxHourlyCost: 10, utilizationThreshold: 40 },
  },
  other: {
    ...outsideProduction,
    enableAutoScalingOptimization: false,
    analysisInterval: '6h',
    costThresholds: { maxHourlyCost: 25, utilizationThreshold: 50 },
  },
} as const satisfies Readonly<Record<string, CompleteSettings>>

/** Metrics as shipped: the CloudWatch agent's memory, and P90 of the load balancer's response time. */
export const shippedMetrics: MetricNames = {
  memoryNamespace: 'CWAgent',
  memoryMetric: 'mem_used_percent',
  responseTimeStatistic: 'p90',
  publishNamespace: 'MacroAI/Optimization',
}

/** The shipped settings of an environment by its canonical name. */
export function presetOf(environment: string): CompleteSettings {
  return Object.hasOwn(environmentPresets, environment)
    ? environmentPresets[environment as keyof typeof environmentPresets]
    : environmentPresets.other
}
