import type { Policy } from '../model/policy.js'
import type { Bottleneck, Diagnosis, UsageSummary } from '../model/scorecard.js'
import type { Signals } from '../model/signals.js'
import { readerOf } from './known-series.js'
import { bestCpu, bestMemory } from './score.js'
import { lasts, type StepTest } from './strain.js'

/** What the diagnosis is read from: the window, its summaries and the bottlenecks already named. */
export interface DiagnosisInput {
  readonly signals: Signals
  readonly policy: Policy
  readonly usage: readonly UsageSummary[]
  readonly bottlenecks: readonly Bottleneck[]
}

/**
 * *saturated*: CPU, memory or capacity is a bottleneck, or response time over its target with CPU at its target or
 * above lasts. *wasteful*: not saturated, memory below its best range at P95 or unknown, and CPU below its best range
 * at P95 or its mean below half its target. Otherwise *balanced*. Each limit is one number, the same in both directions.
 */
export function diagnose({ signals, policy, usage, bottlenecks }: DiagnosisInput): Diagnosis {
  const saturating: readonly Bottleneck[] = ['cpu', 'memory', 'capacity']
  if (bottlenecks.some((name) => saturating.includes(name))) return 'saturated'
  if (lasts(signals, policy, slowUnderLoad(signals, policy))) return 'saturated'
  return isWasteful(usage, policy) ? 'wasteful' : 'balanced'
}

function isWasteful(usage: readonly UsageSummary[], policy: Policy): boolean {
  const cpu = usage.find((summary) => summary.metric === 'cpuAverage')
  const memory = usage.find((summary) => summary.metric === 'memory')
  if (cpu === undefined || (memory !== undefined && memory.p95 >= bestMemory.low)) return false
  return cpu.p95 < bestCpu.low || cpu.mean < policy.thresholds.cpuUtilizationTarget / 2
}

function slowUnderLoad(signals: Signals, policy: Policy): StepTest {
  const cpu = readerOf(signals, 'cpuAverage')
  const responseMs = readerOf(signals, 'responseTime')
  const { cpuUtilizationTarget, responseTimeTargetMs } = policy.thresholds
  return (step) => {
    const use = cpu(step)
    const ms = responseMs(step)
    if (use === undefined || ms === undefined) return undefined
    return use >= cpuUtilizationTarget && ms > responseTimeTargetMs
  }
}
