import type { Settings } from '../model/configuration.js'
import { type Fact, factValue } from '../model/fact.js'
import type { Group } from '../model/group.js'
import type { Policy } from '../model/policy.js'
import type { Advice, Property } from '../model/recommendation.js'
import { isGap, type Series, valueAt } from '../model/series.js'
import type { Signals } from '../model/signals.js'
import { observedBootSeconds } from './boot-time.js'
import { evidenceOf } from './evidence.js'
import { priorityOf } from './priority.js'

export interface TuningInput {
  readonly group: Group
  readonly signals: Signals
  readonly policy: Policy
}

/** What one tuning changes, before it becomes advice. */
export interface Tuning {
  readonly property: Property
  readonly description: string
  readonly from: Settings
  readonly to: Settings
  readonly steps: readonly string[]
  readonly notes: readonly string[]
  readonly monthlyUsd: number
  readonly breaching: boolean
}

/** Share of the steps with a known response time that must be slow while CPU idles. */
const slowSharePercent = 5
const idleCpuPercent = 40
const fewestSlowSteps = 12
/** Group metrics that advice on capacity rests on, and the series that they fill. */
const neededMetrics = { GroupInServiceInstances: 'inService', GroupDesiredCapacity: 'desired' } as const
/** A series with a value in its last hour is being recorded, whatever the description of the group leaves out. */
const recentSteps = 12

/** Tunings that need no replay, the weightiest first. */
export function tunings(input: TuningInput): readonly Tuning[] {
  return [slowWhileIdle(input), shortWarmup(input), missingMetrics(input)].flatMap((found) => (found ? [found] : []))
}

/** Without group metrics nobody can tell how many instances served a load. They are free of charge. */
function missingMetrics({ group, signals }: TuningInput): Tuning | undefined {
  const missing = Object.entries(neededMetrics).flatMap(([metric, signal]) =>
    group.enabledMetrics.includes(metric) || mayBeRecorded(signals.series[signal]) ? [] : [metric],
  )
  if (missing.length === 0) return undefined
  return {
    property: 'observability',
    description: `Switch on the group metrics of ${group.name}: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not recorded`,
    from: {},
    to: {},
    steps: [`Enable ${missing.join(' and ')} with one-minute granularity`, 'Deploy the change'],
    notes: ['Group metrics cost nothing and are what any advice on capacity rests on.'],
    monthlyUsd: 0,
    breaching: false,
  }
}

/** A series that could not be read says nothing about whether it is recorded. */
function mayBeRecorded(fact: Fact<Series>): boolean {
  if (fact.kind === 'unknown') return fact.failed === true
  return fact.value.samples.subarray(-recentSteps).some((sample) => !isGap(sample))
}

function shortWarmup({ group }: TuningInput): Tuning | undefined {
  const boot = observedBootSeconds(group)
  const policies = factValue(group.scalingPolicies) ?? []
  const tracking = policies.find(({ kind, enabled }) => enabled && (kind === 'target-tracking' || kind === 'step'))
  if (boot === undefined || tracking === undefined) return undefined
  const own = 'warmupSeconds' in tracking ? tracking.warmupSeconds : undefined
  const warmup = own ?? group.defaultInstanceWarmupSeconds
  if (warmup === undefined || warmup >= boot) return undefined
  const wanted = Math.ceil(boot / 30) * 30
  return {
    property: 'scalingPolicy',
    description: `Raise the warm-up of ${group.name} from ${warmup} to ${wanted} seconds: its instances take ${Math.round(boot)} seconds to serve`,
    from: {},
    to: {},
    steps: [`Set the instance warm-up to ${wanted} seconds`, 'Deploy the change'],
    notes: [
      'An instance that counts before it serves lowers the average the policy sees, and the next scale-out comes late.',
    ],
    monthlyUsd: 0,
    breaching: false,
  }
}

/** Slow answers that more CPU will not mend: something behind the group is slow, or the policy watches the wrong metric. */
function slowWhileIdle({ group, signals, policy }: TuningInput): Tuning | undefined {
  const response = factValue(signals.series.responseTime)
  const cpu = factValue(signals.series.cpuAverage)
  if (!response || !cpu) return undefined
  const target = policy.thresholds.responseTimeTargetMs
  let known = 0
  let slow = 0
  for (let step = 0; step < signals.window.steps; step++) {
    const milliseconds = valueAt(response, step)
    const use = valueAt(cpu, step)
    if (milliseconds === undefined || use === undefined) continue
    known++
    if (milliseconds > target && use < idleCpuPercent) slow++
  }
  if (slow < fewestSlowSteps || (slow / known) * 100 < slowSharePercent) return undefined
  const share = Math.round((slow / known) * 100)
  return {
    property: 'scalingPolicy',
    description: `Look behind ${group.name}: in ${share}% of the time responses were over ${target} ms with CPU under ${idleCpuPercent}%`,
    from: {},
    to: {},
    steps: [
      'Look for a slow dependency, a full connection pool or a lock',
      'If answers slow down with the number of requests, track requests per target instead of CPU',
    ],
    notes: ['More or larger instances would not help: CPU was idle while answers were slow.'],
    monthlyUsd: 0,
    breaching: true,
  }
}

/** PERFORMANCE_TUNING advice, never automated. */
export function tuningAdvice({ group, signals, policy }: TuningInput, tuning: Tuning): Advice {
  const riskLevel = 'LOW'
  return {
    type: 'PERFORMANCE_TUNING',
    priority: priorityOf({
      type: 'PERFORMANCE_TUNING',
      monthlyUsd: tuning.monthlyUsd,
      costSavingsPercent: 0,
      riskLevel,
      breaching: tuning.breaching,
    }),
    property: tuning.property,
    groupKey: group.groupKey,
    environment: policy.environment,
    description: tuning.description,
    from: tuning.from,
    to: tuning.to,
    monthlyUsd: tuning.monthlyUsd,
    expectedImpact: { riskLevel },
    implementation: { automated: false, steps: tuning.steps, estimatedDuration: '10-20 minutes' },
    evidence: { ...evidenceOf(signals, group, tuning.to, policy.sizing.demandMargin), notes: tuning.notes },
  }
}
