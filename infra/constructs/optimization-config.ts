import { Duration } from 'aws-cdk-lib'
import type { CompleteSettings } from '../../src/config/environment-presets.js'
import { type EnvironmentSettings, environmentSettings, hoursOf } from '../../src/config/environment-settings.js'

/** What a deployment optimizes, and towards which targets. */
export interface OptimizationConfig {
  /** SCALE_UP advice, and the permission to add capacity. False: no function can write to a group. */
  readonly enableAutoScalingOptimization: boolean
  /** Cost advice, its schedules and the low-CPU alarm. */
  readonly enableCostOptimization: boolean
  /** Scores, metrics, the monitoring run and the three performance alarms. */
  readonly enablePerformanceMonitoring: boolean
  /** Time between two analyses: 10 minutes to 1 day. */
  readonly analysisInterval: Duration
  readonly performanceThresholds: PerformanceThresholds
  readonly costThresholds: CostThresholds
}

export interface PerformanceThresholds {
  /** Percent. */
  readonly cpuUtilizationTarget: number
  /** Percent. */
  readonly memoryUtilizationTarget: number
  /** Milliseconds. */
  readonly responseTimeTarget: number
  /** Requests a minute. */
  readonly throughputTarget: number
}

export interface CostThresholds {
  /** Dollars an hour for all managed groups together. */
  readonly maxHourlyCost: number
  /** Percent: mean of CPU and memory from which a group gets no down or type advice. */
  readonly utilizationThreshold: number
}

/** The shipped settings of an environment as a construct takes them. */
export function configOf(shipped: CompleteSettings): OptimizationConfig {
  return {
    enableAutoScalingOptimization: shipped.enableAutoScalingOptimization,
    enableCostOptimization: shipped.enableCostOptimization,
    enablePerformanceMonitoring: shipped.enablePerformanceMonitoring,
    analysisInterval: Duration.minutes(hoursOf(shipped.analysisInterval) * 60),
    performanceThresholds: shipped.performanceThresholds,
    costThresholds: {
      maxHourlyCost: shipped.costThresholds.maxHourlyCost,
      utilizationThreshold: shipped.costThresholds.utilizationThreshold,
    },
  }
}

const shortestMinutes = 10
const longestMinutes = 24 * 60

/** The settings as the functions read them from TRIMTAB_ENVIRONMENTS. Throws one error that names every bad value. */
export function settingsOf(config: OptimizationConfig): EnvironmentSettings {
  const minutes = config.analysisInterval.toMinutes()
  if (minutes < shortestMinutes || minutes > longestMinutes)
    throw new Error(`optimizationConfig.analysisInterval: expected 10 minutes to 1 day, got ${minutes} minutes`)
  const parsed = environmentSettings.safeParse({ ...config, analysisInterval: writtenInterval(minutes) })
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`optimizationConfig: ${faults.join('; ')}`)
}

/** @example writtenInterval(90) // '90m' */
function writtenInterval(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}
