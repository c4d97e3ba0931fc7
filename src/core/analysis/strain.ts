import type { InstanceType } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Bottleneck } from '../model/scorecard.js'
import type { Signals } from '../model/signals.js'
import { capacityReader, readerOf, type StepReader } from './known-series.js'

/** Share of the measured steps from which a strain counts as lasting rather than as a spike. */
export const lastingSharePercent = 5

/** CPU that is strained: this far above its target, as the scale-up rule has it (DESIGN.md section 5). */
export const strainAboveTarget = 10

/** What a step says of a condition: it holds, it does not, or it was not measured. */
export type StepTest = (step: number) => boolean | undefined

/**
 * What one step says of one resource: true strained, false not, undefined not measured. Limits: CPU at target + 10;
 * memory at target + 10 but at most 95; response time over target; all allowed instances in service with CPU at 70 or
 * more; network at 80 % of the type's baseline; a burstable's credits under 5 % of its store with CPU at its baseline.
 */
export function strainedAt(
  signals: Signals,
  policy: Policy,
  type: InstanceType | undefined,
): Readonly<Record<Bottleneck, StepTest>> {
  const { thresholds } = policy
  const cpuLimit = thresholds.cpuUtilizationTarget + strainAboveTarget
  const memoryLimit = Math.min(thresholds.memoryUtilizationTarget + strainAboveTarget, 95)
  return {
    cpu: testOf(readerOf(signals, 'cpuAverage'), (cpu) => cpu >= cpuLimit),
    memory: testOf(readerOf(signals, 'memory'), (memory) => memory >= memoryLimit),
    responseTime: testOf(readerOf(signals, 'responseTime'), (ms) => ms > thresholds.responseTimeTargetMs),
    capacity: atMaximum(signals),
    network: networkStrained(signals, type),
    cpuCredits: creditsSpent(signals, type),
  }
}

/**
 * Whether a condition lasts: in each of the last steps of `degradedMinutes` (none of them unmeasured), or in at least
 * 5 % of the measured steps. One spike is neither.
 */
export function lasts(signals: Signals, policy: Policy, holds: StepTest): boolean {
  const { steps, periodSeconds } = signals.window
  const recent = Math.max(1, Math.ceil((policy.scaleUp.degradedMinutes * 60) / periodSeconds))
  let measured = 0
  let strained = 0
  let run = 0
  for (let step = 0; step < steps; step += 1) {
    const verdict = holds(step)
    run = verdict === true ? run + 1 : 0
    if (verdict === undefined) continue
    measured += 1
    if (verdict) strained += 1
  }
  if (run >= recent) return true
  return measured >= recent && strained >= recent && (strained / measured) * 100 >= lastingSharePercent
}

function atMaximum(signals: Signals): StepTest {
  const capacity = capacityReader(signals)
  const cpu = readerOf(signals, 'cpuAverage')
  return (step) => {
    const use = cpu(step)
    const share = capacity(step)
    return share === undefined || use === undefined ? undefined : share >= 100 && use >= 70
  }
}

function networkStrained(signals: Signals, type: InstanceType | undefined): StepTest {
  const gbps = type?.networkBaselineGbps
  if (gbps === undefined) return () => undefined
  const received = readerOf(signals, 'networkIn')
  const sent = readerOf(signals, 'networkOut')
  const inService = readerOf(signals, 'inService')
  return (step) => {
    const instances = inService(step)
    const busier = Math.max(received(step) ?? Number.NEGATIVE_INFINITY, sent(step) ?? Number.NEGATIVE_INFINITY)
    if (instances === undefined || instances <= 0 || busier === Number.NEGATIVE_INFINITY) return undefined
    return busier * 8 >= 0.8 * gbps * 1e9 * instances
  }
}

function creditsSpent(signals: Signals, type: InstanceType | undefined): StepTest {
  const burst = type?.burst
  if (burst === undefined) return () => undefined
  const credits = readerOf(signals, 'cpuCredits')
  const cpu = readerOf(signals, 'cpuAverage')
  return (step) => {
    const left = credits(step)
    const use = cpu(step)
    if (left === undefined || use === undefined) return undefined
    return left <= burst.maxCredits * 0.05 && use >= burst.baselinePercentPerVcpu
  }
}

function testOf(read: StepReader, test: (value: number) => boolean): StepTest {
  return (step) => {
    const value = read(step)
    return value === undefined ? undefined : test(value)
  }
}
