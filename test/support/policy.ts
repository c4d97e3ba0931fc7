import type { Policy } from '../../src/core/model/policy.js'

/** Production as shipped, in mode apply. */
export function policyOf(changes: Partial<Policy> = {}): Policy {
  return {
    environment: 'production',
    mode: 'apply',
    enableAutoScalingOptimization: true,
    enableCostOptimization: true,
    enablePerformanceMonitoring: true,
    analysisIntervalHours: 1,
    thresholds: {
      cpuUtilizationTarget: 70,
      memoryUtilizationTarget: 80,
      responseTimeTargetMs: 500,
      throughputTargetPerMinute: 1000,
    },
    cost: { maxHourlyCost: 50, utilizationThreshold: 60, monthlyBudget: 36_500 },
    window: { lookbackDays: 14, daysBeforeAdvice: 7, minCoveragePercent: 90 },
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
      labels: [],
      reviewers: [],
    },
    freezes: [],
    killSwitch: false,
    metrics: {
      memoryNamespace: 'CWAgent',
      memoryMetric: 'mem_used_percent',
      responseTimeStatistic: 'p90',
      publishNamespace: 'MacroAI/Optimization',
    },
    ...changes,
  }
}
