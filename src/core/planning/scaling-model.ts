import type { Group, PolicyAlarm, ScalingPolicy, ScalingStep } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import { observedBootSeconds } from './boot-time.js'

/** Time from the first minute over a threshold to the alarm: target tracking waits for three one-minute points. */
export const alarmSeconds = 180
/** Shortest time that we credit an instance with for booting. */
export const bootSeconds = 120
/** Warm-up where neither policy nor group sets one; the figure AWS's own console proposes. */
export const defaultWarmupSeconds = 300

/** A metric that is held at a value per instance. */
export interface Track {
  /** `cpu` in percent, `requests` a minute and instance. */
  readonly metric: 'cpu' | 'requests'
  readonly target: number
}

/** A step or simple policy behind a CPU alarm. */
export interface Rule {
  readonly above: boolean
  readonly thresholdPercent: number
  readonly persistSteps: number
  readonly adjustment: string
  readonly steps: readonly ScalingStep[]
  readonly cooldownSteps: number
}

/** How the group's capacity follows its load. Without tracks and rules it stands still. */
export interface ScalingModel {
  readonly tracks: readonly Track[]
  readonly rules: readonly Rule[]
  readonly scaleIn: boolean
  /** Steps from the step that shows the need to the step in which new instances serve. */
  readonly lagSteps: number
  readonly warmupSeconds: number
  readonly notes: readonly string[]
}

/** Whether a policy of the group could act now: there is one, enabled, and no process that it needs is suspended. */
export function hasWorkingPolicy(group: Group): boolean {
  return enabledPolicies(group).length > 0 && suspendedForScaling(group).length === 0
}

/** Suspended processes without which a scaling policy does nothing. */
export function suspendedForScaling(group: Group): readonly string[] {
  return group.suspendedProcesses.filter((process) => ['AlarmNotification', 'Launch', 'Terminate'].includes(process))
}

/** The group's own policies as a model that can be replayed, or why they cannot. */
export function scalingModelOf(group: Group, periodSeconds: number): ScalingModel | Hold {
  if (group.scalingPolicies.kind === 'unknown') return hold('fact-unknown', group.scalingPolicies.why)
  const suspended = suspendedForScaling(group)
  if (suspended.length > 0) return hold('process-suspended', `suspended: ${suspended.join(', ')}`)
  const policies = enabledPolicies(group)
  const tracks: Track[] = []
  const rules: Rule[] = []
  for (const policy of policies) {
    const converted = convert(policy, periodSeconds, group)
    if (typeof converted === 'string') return hold('unsupported-group', converted)
    if ('metric' in converted) tracks.push(converted)
    else rules.push(converted)
  }
  if (tracks.length > 0 && rules.length > 0) {
    return hold('unsupported-group', 'it has target tracking and step policies together')
  }
  const warmupSeconds = Math.max(bootSeconds, observedBootSeconds(group) ?? bootSeconds, warmupOf(policies, group))
  return {
    tracks: tracks.sort((one, other) => (one.metric < other.metric ? -1 : 1)),
    rules,
    scaleIn: policies.some((policy) => policy.kind !== 'target-tracking' || !policy.disableScaleIn),
    lagSteps: Math.max(1, Math.ceil((alarmSeconds + warmupSeconds) / periodSeconds)),
    warmupSeconds,
    notes: predictiveNote(group),
  }
}

function enabledPolicies(group: Group): readonly Exclude<ScalingPolicy, { kind: 'predictive' }>[] {
  if (group.scalingPolicies.kind === 'unknown') return []
  return group.scalingPolicies.value.flatMap((policy) =>
    policy.enabled && policy.kind !== 'predictive' ? [policy] : [],
  )
}

function predictiveNote(group: Group): readonly string[] {
  const policies = group.scalingPolicies.kind === 'known' ? group.scalingPolicies.value : []
  return policies.some(({ kind, enabled }) => kind === 'predictive' && enabled)
    ? ['The predictive policy is not replayed: it only adds capacity earlier.']
    : []
}

function warmupOf(policies: readonly ScalingPolicy[], group: Group): number {
  const own = policies.flatMap((policy) =>
    'warmupSeconds' in policy && policy.warmupSeconds !== undefined ? [policy.warmupSeconds] : [],
  )
  if (own.length > 0) return Math.max(...own)
  return group.defaultInstanceWarmupSeconds ?? defaultWarmupSeconds
}

function convert(
  policy: Exclude<ScalingPolicy, { kind: 'predictive' }>,
  periodSeconds: number,
  group: Group,
): Track | Rule | string {
  if (policy.kind === 'target-tracking') {
    if (!(policy.targetValue > 0)) return `policy ${policy.name} tracks the value ${policy.targetValue}`
    if (policy.metric === 'ASGAverageCPUUtilization') return { metric: 'cpu', target: policy.targetValue }
    if (policy.metric === 'ALBRequestCountPerTarget') return { metric: 'requests', target: policy.targetValue }
    return `policy ${policy.name} tracks ${policy.metric}, which is not replayed yet`
  }
  const alarm = policy.alarm
  if (alarm?.metric !== 'CPUUtilization') return `policy ${policy.name} has no CPU alarm that could be replayed`
  const simple = policy.kind === 'simple'
  return {
    above: alarm.comparison === 'above',
    thresholdPercent: alarm.threshold,
    persistSteps: persistence(alarm, periodSeconds),
    adjustment: policy.adjustment,
    steps: simple ? [{ change: policy.change }] : policy.steps,
    cooldownSteps: simple ? Math.ceil((policy.cooldownSeconds ?? group.defaultCooldownSeconds) / periodSeconds) : 1,
  }
}

function persistence(alarm: PolicyAlarm, periodSeconds: number): number {
  return Math.max(1, Math.ceil((alarm.periodSeconds * alarm.evaluationPeriods) / periodSeconds))
}
