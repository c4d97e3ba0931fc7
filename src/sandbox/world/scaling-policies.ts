import { explainDesired } from './activities.js'
import type { AdjustmentType, AlarmScenario, PolicyScenario } from './group-scenario.js'
import { type AlarmState, activeInstances, type GroupState, type PolicyState, servingInstances } from './group-state.js'

type TargetTracking = Extract<PolicyScenario, { readonly kind: 'target-tracking' }>
type Step = Extract<PolicyScenario, { readonly kind: 'step' }>
type Simple = Extract<PolicyScenario, { readonly kind: 'simple' }>

/** Target tracking's alarms, as AWS makes them: three minutes above the target, fifteen below 90 % of it. */
export const trackingAlarms = { highMinutes: 3, lowMinutes: 15, lowShare: 0.9 } as const

/**
 * Lets the policies act on the minutes up to `atMs`. Where several would, the largest capacity wins, as in AWS; what they
 * ask is kept within min and max. Scaling in waits while instances warm up.
 */
export function applyPolicies(group: GroupState, atMs: number): void {
  if (group.policies.length === 0 || group.suspended.has('AlarmNotification')) return
  const wishes = group.policies.flatMap((state) => {
    const wish = wishOf(group, state, atMs)
    return wish === undefined ? [] : [{ ...wish, state, desired: clamp(group, wish.desired) }]
  })
  const out = wishes.filter(({ desired }) => desired > group.desiredCapacity)
  const into = wishes.filter(({ desired }) => desired < group.desiredCapacity)
  // One policy that wants to keep the capacity keeps it.
  const chosen = out.length > 0 ? out : into.length === enabledTrackers(group) || into.some(isNotTracking) ? into : []
  if (wishes.length === 0) return
  const best = [...chosen].sort((a, b) => b.desired - a.desired)[0]
  if (best === undefined) return
  const what = `a monitor alarm ${best.alarm.name} in state ALARM triggered policy ${best.state.policy.name}`
  explainDesired(group, atMs, what, group.desiredCapacity, best.desired)
  group.desiredCapacity = best.desired
  best.state.warmUntilMs = atMs + warmupMs(group, best.state.policy)
  if (best.state.policy.kind === 'simple') group.cooldownUntilMs = atMs + best.state.policy.cooldownSeconds * 1000
}

interface Wish {
  readonly desired: number
  readonly alarm: AlarmState
}

function isNotTracking({ state }: { readonly state: PolicyState }): boolean {
  return state.policy.kind !== 'target-tracking'
}

/** Trackers that may scale in: all of them must agree before capacity is taken away. */
function enabledTrackers(group: GroupState): number {
  return group.policies.filter(
    ({ policy }) => policy.kind === 'target-tracking' && policy.enabled !== false && policy.disableScaleIn !== true,
  ).length
}

function wishOf(group: GroupState, state: PolicyState, atMs: number): Wish | undefined {
  const { policy } = state
  if (policy.kind === 'target-tracking') return track(group, state, policy, atMs)
  return stepOrSimple(group, state, policy, atMs)
}

function track(group: GroupState, state: PolicyState, policy: TargetTracking, atMs: number): Wish | undefined {
  const cpu = policy.metric === 'ASGAverageCPUUtilization'
  const minutes = cpu ? group.minutes.cpu : group.minutes.requestsPerTarget
  const { highMinutes, lowMinutes, lowShare } = trackingAlarms
  const isHigh = lastAll(minutes, highMinutes, (value) => value > policy.targetValue)
  const isLow = lastAll(minutes, lowMinutes, (value) => value < policy.targetValue * lowShare)
  for (const alarm of state.alarms) setAlarm(alarm, alarm.role === 'high' ? isHigh : isLow, minutes, atMs)
  if (policy.enabled === false || (!isHigh && !isLow)) return undefined
  const warm = servingInstances(group, atMs).length
  const needed = Math.ceil((warm * mean(minutes.slice(isHigh ? -highMinutes : -lowMinutes))) / policy.targetValue)
  const alarmOf = (role: AlarmState['role']): AlarmState | undefined =>
    state.alarms.find((alarm) => alarm.role === role)
  const alarm = isHigh ? alarmOf('high') : isLow ? alarmOf('low') : undefined
  if (alarm === undefined || Number.isNaN(needed)) return undefined
  if (isHigh) return needed > group.desiredCapacity ? { desired: needed, alarm } : undefined
  const settled = warm === activeInstances(group).length && state.warmUntilMs <= atMs
  if (!settled || policy.disableScaleIn === true) return undefined
  return { desired: Math.max(1, needed), alarm }
}

function lastAll(minutes: readonly number[], count: number, test: (value: number) => boolean): boolean {
  if (minutes.length < count) return false
  for (let index = minutes.length - count; index < minutes.length; index += 1) {
    if (!test(minutes[index] ?? Number.NaN)) return false
  }
  return true
}

function stepOrSimple(group: GroupState, state: PolicyState, policy: Step | Simple, atMs: number): Wish | undefined {
  const [alarm] = state.alarms
  const value = alarmValue(group, policy.alarm, atMs)
  if (alarm === undefined) return undefined
  setAlarm(alarm, value !== undefined && beyond(policy.alarm, value), group.minutes.cpu, atMs)
  if (policy.enabled === false || value === undefined || !beyond(policy.alarm, value)) return undefined
  if (policy.kind === 'simple') {
    if (group.cooldownUntilMs > atMs) return undefined
    return { desired: adjusted(group.desiredCapacity, policy.adjustmentType, policy.change), alarm }
  }
  const excess = value - policy.alarm.threshold
  const step = policy.steps.find(
    ({ lowerBound, upperBound }) =>
      excess >= (lowerBound ?? Number.NEGATIVE_INFINITY) && excess < (upperBound ?? Number.POSITIVE_INFINITY),
  )
  if (step === undefined) return undefined
  if (policy.alarm.comparison === 'below') {
    return state.warmUntilMs > atMs
      ? undefined
      : { desired: adjusted(group.desiredCapacity, policy.adjustmentType, step.change), alarm }
  }
  // Instances that warm up already count as part of the answer to the same breach.
  const warm = servingInstances(group, atMs).length
  const desired = adjusted(Math.min(warm, group.desiredCapacity), policy.adjustmentType, step.change)
  return desired > group.desiredCapacity ? { desired, alarm } : undefined
}

/** The last period's average when all evaluated periods breach (the mildest of them decides the step), else undefined. */
function alarmValue(group: GroupState, alarm: AlarmScenario, atMs: number): number | undefined {
  const length = Math.max(1, Math.round(alarm.periodSeconds / 60))
  // Alarms look at whole periods only.
  if ((atMs / 60_000 + 1) % length !== 0) return undefined
  const needed = length * alarm.evaluationPeriods
  const minutes = group.minutes.cpu.slice(-needed)
  if (minutes.length < needed) return undefined
  const periods = Array.from({ length: alarm.evaluationPeriods }, (_, index) =>
    mean(minutes.slice(index * length, (index + 1) * length)),
  )
  return periods.every((value) => beyond(alarm, value)) ? periods.at(-1) : undefined
}

function beyond(alarm: AlarmScenario, value: number): boolean {
  return alarm.comparison === 'above' ? value >= alarm.threshold : value <= alarm.threshold
}

function adjusted(from: number, type: AdjustmentType, change: number): number {
  if (type === 'ExactCapacity') return change
  if (type === 'ChangeInCapacity') return from + change
  const raw = (from * change) / 100
  // AWS rounds away from zero below one and towards zero above it.
  const whole = Math.abs(raw) < 1 ? Math.sign(raw) : Math.trunc(raw)
  return from + whole
}

function setAlarm(alarm: AlarmState, breaching: boolean, minutes: readonly number[], atMs: number): void {
  const state = minutes.length === 0 ? 'INSUFFICIENT_DATA' : breaching ? 'ALARM' : 'OK'
  if (alarm.state !== state) alarm.changedAtMs = atMs
  alarm.state = state
}

function warmupMs(group: GroupState, policy: PolicyScenario): number {
  const own = policy.kind === 'simple' ? policy.cooldownSeconds : policy.warmupSeconds
  return 1000 * (own ?? group.scenario.bootSeconds + group.scenario.warmupSeconds)
}

function clamp(group: GroupState, desired: number): number {
  return Math.min(group.maxSize, Math.max(group.minSize, desired))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
