import type { DemandAt } from '../demand/generate-demand.js'
import type { GroupScenario, InstanceMix, PolicyScenario } from './group-scenario.js'
import type { MetricStore } from './metric-store.js'

/** A simulated instance. Only the world writes to it. */
export interface InstanceState {
  readonly instanceId: string
  readonly instanceType: string
  readonly availabilityZone: string
  readonly imageId: string
  readonly launchVersion: string
  readonly spot: boolean
  readonly launchedAtMs: number
  readonly failing: boolean
  lifecycleState: 'Pending' | 'InService' | 'Terminating' | 'Terminated'
  healthStatus: 'Healthy' | 'Unhealthy'
  inServiceAtMs: number | undefined
  terminatesAtMs: number | undefined
  credits: number
}

/** A scaling activity as AWS lists it. */
export interface ActivityState {
  readonly activityId: string
  readonly instanceId: string
  readonly description: string
  readonly cause: string
  readonly startedAtMs: number
  readonly details: string
  endedAtMs: number | undefined
  statusCode: 'PreInService' | 'InProgress' | 'Successful' | 'Failed' | 'Cancelled'
  statusMessage: string | undefined
  progress: number
}

export interface RefreshState {
  readonly instanceRefreshId: string
  readonly startedAtMs: number
  readonly minHealthyPercentage: number
  /** Instances that are to be replaced and still run. */
  remaining: readonly string[]
  readonly total: number
  endedAtMs: number | undefined
  status: 'InProgress' | 'Successful' | 'Cancelled'
}

/** A policy with what its alarms remember. */
export interface PolicyState {
  policy: PolicyScenario
  readonly policyId: string
  /** `high` and `low` for target tracking, `alarm` for the others. */
  readonly alarms: readonly AlarmState[]
  /** No new capacity is counted, and nothing is taken away, before this. */
  warmUntilMs: number
}

export interface AlarmState {
  readonly role: 'high' | 'low' | 'alarm'
  readonly name: string
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  changedAtMs: number
}

/** What a group launches from now. `version` is `$Latest`, `$Default` or a number; none for launch configurations. */
export interface LaunchReference {
  readonly kind: 'launch-template' | 'launch-configuration' | 'mixed-instances'
  readonly name: string
  readonly version: string
  readonly mix: InstanceMix | undefined
}

/** One simulated group, changed in place by the world's ticks and by requests. */
export interface GroupState {
  readonly scenario: GroupScenario
  readonly seed: number
  readonly createdAtMs: number
  readonly demand: DemandAt
  readonly store: MetricStore
  readonly policies: readonly PolicyState[]
  readonly refreshes: RefreshState[]
  readonly activities: ActivityState[]
  readonly tags: Map<string, string>
  readonly suspended: Set<string>
  /** The last minutes' averages that alarms look at; oldest first. */
  readonly minutes: { readonly cpu: number[]; readonly requestsPerTarget: number[] }
  /** Hours run, by UTC day and by instance type (`m6i.large` or `m6i.large:spot`). */
  readonly usage: Map<string, Map<string, number>>
  instances: InstanceState[]
  launch: LaunchReference
  minSize: number
  desiredCapacity: number
  maxSize: number
  /** Why desired was last changed, in AWS's words, until an activity has quoted it. */
  cause: string
  cooldownUntilMs: number
  /** The demand of the current five-minute step. */
  step: { at: number; cpu: number; gap: boolean }
  launched: number
  logged: number
}

/** Instances that are not on their way out. */
export function activeInstances(group: GroupState): readonly InstanceState[] {
  return group.instances.filter(({ lifecycleState }) => lifecycleState === 'Pending' || lifecycleState === 'InService')
}

/** Instances in service, warm and healthy: those that carry the work. */
export function servingInstances(group: GroupState, atMs: number): readonly InstanceState[] {
  const warmupMs = group.scenario.warmupSeconds * 1000
  return group.instances.filter(
    ({ lifecycleState, healthStatus, inServiceAtMs }) =>
      lifecycleState === 'InService' &&
      healthStatus === 'Healthy' &&
      inServiceAtMs !== undefined &&
      inServiceAtMs + warmupMs <= atMs,
  )
}
