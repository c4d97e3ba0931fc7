import type { Policy } from '../model/policy.js'
import type { ThresholdCheck } from '../model/scorecard.js'
import type { SignalName, Signals } from '../model/signals.js'
import { meanOver, readerOf } from './known-series.js'
import { currentSteps } from './window-score.js'

/** CPU above which a step counts as breached (DESIGN.md section 5, sizing). */
export const breachCpuPercent = 90

/** Samples are 32-bit floats: values this close to the target, relative to it, are at it. */
const atTolerance = 1e-5

/**
 * The four targets against the mean of the last three steps (S15). Throughput is requests a minute. A target whose
 * signal is not known there is left out.
 */
export function thresholdChecks(signals: Signals, policy: Policy): readonly ThresholdCheck[] {
  const { thresholds } = policy
  const checks: readonly (readonly [ThresholdCheck['threshold'], SignalName, number, number])[] = [
    ['cpuUtilizationTarget', 'cpuAverage', 1, thresholds.cpuUtilizationTarget],
    ['memoryUtilizationTarget', 'memory', 1, thresholds.memoryUtilizationTarget],
    ['responseTimeTarget', 'responseTime', 1, thresholds.responseTimeTargetMs],
    ['throughputTarget', 'requests', 60, thresholds.throughputTargetPerMinute],
  ]
  return checks.flatMap(([threshold, signal, factor, target]) => {
    const mean = recentMean(signals, signal)
    if (mean === undefined) return []
    const value = mean * factor
    return [{ threshold, value, target, verdict: verdictOf(value, target) }]
  })
}

/** @example verdictOf(70, 70) // 'at' */
export function verdictOf(value: number, target: number): ThresholdCheck['verdict'] {
  if (Math.abs(value - target) <= Math.abs(target) * atTolerance) return 'at'
  return value < target ? 'under' : 'over'
}

/** Minutes of the window with CPU above 90 % or response time over its target; a step with both counts once. */
export function breachMinutesOf(signals: Signals, policy: Policy): number {
  const cpuAt = readerOf(signals, 'cpuAverage')
  const responseAt = readerOf(signals, 'responseTime')
  let steps = 0
  for (let step = 0; step < signals.window.steps; step += 1) {
    const cpu = cpuAt(step)
    const responseMs = responseAt(step)
    const hot = cpu !== undefined && cpu > breachCpuPercent
    const slow = responseMs !== undefined && responseMs > policy.thresholds.responseTimeTargetMs
    if (hot || slow) steps += 1
  }
  return (steps * signals.window.periodSeconds) / 60
}

function recentMean(signals: Signals, name: SignalName): number | undefined {
  const first = Math.max(signals.window.steps - currentSteps, 0)
  const read = readerOf(signals, name)
  return meanOver(signals.window.steps - first, (step) => read(first + step))
}
