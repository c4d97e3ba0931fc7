import type { Fact } from './fact.js'
import type { IsoTime, Percent } from './units.js'

/** `account/region/name`. */
export type GroupKey = string

/** One Auto Scaling group under management, as a fresh read found it. AWS's own words for AWS's things. */
export interface Group {
  readonly groupKey: GroupKey
  readonly account: string
  readonly region: string
  readonly name: string
  /** `production`, `staging`, `development` or the team's own word in lower case. */
  readonly environment: string
  readonly environmentFrom: 'tag' | 'configuration' | 'default'
  readonly tags: Readonly<Record<string, string>>
  readonly minSize: number
  readonly desiredCapacity: number
  readonly maxSize: number
  /** Empty where nobody says: then nothing is advised. */
  readonly availabilityZones: readonly string[]
  readonly instances: readonly GroupInstance[]
  readonly launch: Fact<Launch>
  readonly targetGroupArns: readonly string[]
  readonly healthCheckType: string
  readonly healthCheckGraceSeconds: number
  readonly defaultCooldownSeconds: number
  readonly defaultInstanceWarmupSeconds?: number
  readonly suspendedProcesses: readonly string[]
  /** Names of the group metrics that are switched on, e.g. `GroupInServiceInstances`. */
  readonly enabledMetrics: readonly string[]
  /** Set while AWS deletes the group. */
  readonly status?: string
  /** Absent where the endpoint does not say. */
  readonly createdAt?: IsoTime
  readonly scalingPolicies: Fact<readonly ScalingPolicy[]>
  readonly scheduledActions: Fact<readonly ScheduledAction[]>
  readonly activities: Fact<readonly ScalingActivity[]>
  readonly instanceRefreshes: Fact<readonly InstanceRefresh[]>
  readonly warmPool: Fact<WarmPool | undefined>
  readonly lifecycleHooks: Fact<readonly LifecycleHook[]>
}

export interface GroupInstance {
  readonly instanceId: string
  readonly instanceType?: string
  readonly availabilityZone: string
  /** `InService`, `Pending`, `Terminating:Wait`, … as AWS gives it. */
  readonly lifecycleState: string
  /** `Healthy` or `Unhealthy`. */
  readonly healthStatus: string
  readonly protectedFromScaleIn: boolean
}

/** What new instances are launched from, versions resolved. */
export interface Launch {
  readonly kind: 'launch-template' | 'launch-configuration' | 'mixed-instances'
  /** Name or id of the template or configuration. */
  readonly source: string
  /** The resolved number of `$Default` or `$Latest`; absent for launch configurations. */
  readonly version?: string
  /** The type that decides the shape: the template's, or the only override's. Absent when attributes choose types. */
  readonly instanceType?: string
  readonly imageId?: string
  readonly architecture?: string
  readonly mix?: {
    readonly onDemandBaseCapacity: number
    readonly onDemandPercentageAboveBaseCapacity: Percent
    readonly spotAllocationStrategy?: string
    readonly overrides: readonly string[]
  }
}

export type ScalingPolicy =
  | TargetTrackingPolicy
  | {
      readonly kind: 'step'
      readonly name: string
      readonly enabled: boolean
      readonly steps: readonly ScalingStep[]
      readonly adjustment: string
      readonly warmupSeconds?: number
      readonly alarm?: PolicyAlarm
    }
  | {
      readonly kind: 'simple'
      readonly name: string
      readonly enabled: boolean
      readonly adjustment: string
      readonly change: number
      readonly cooldownSeconds?: number
      readonly alarm?: PolicyAlarm
    }
  | { readonly kind: 'predictive'; readonly name: string; readonly enabled: boolean }

export interface TargetTrackingPolicy {
  readonly kind: 'target-tracking'
  readonly name: string
  readonly enabled: boolean
  /** `ASGAverageCPUUtilization`, `ALBRequestCountPerTarget`, …; `custom` for a customised metric. */
  readonly metric: string
  readonly targetValue: number
  readonly disableScaleIn: boolean
  readonly warmupSeconds?: number
}

/** Bounds are relative to the alarm's threshold; absent means unbounded. `change` is in the policy's adjustment unit. */
export interface ScalingStep {
  readonly lowerBound?: number
  readonly upperBound?: number
  readonly change: number
}

export interface PolicyAlarm {
  readonly metric: string
  readonly threshold: number
  readonly comparison: 'above' | 'below'
  readonly periodSeconds: number
  readonly evaluationPeriods: number
}

export interface ScheduledAction {
  readonly name: string
  readonly recurrence?: string
  readonly timeZone?: string
  readonly startAt?: IsoTime
  readonly minSize?: number
  readonly desiredCapacity?: number
  readonly maxSize?: number
}

export interface ScalingActivity {
  readonly activityId: string
  readonly startedAt: IsoTime
  readonly endedAt?: IsoTime
  readonly statusCode: string
  readonly cause: string
  readonly description: string
  readonly statusMessage?: string
}

export interface InstanceRefresh {
  readonly instanceRefreshId: string
  readonly status: string
}

export interface WarmPool {
  readonly minSize: number
  readonly maxGroupPreparedCapacity?: number
}

export interface LifecycleHook {
  readonly name: string
  readonly transition: string
  readonly heartbeatTimeoutSeconds?: number
}

/** Tag that opens a group to live action; an IAM condition too. */
export const applyTag = { key: 'trimtab:apply', value: 'true' } as const

export function groupKeyOf(account: string, region: string, name: string): GroupKey {
  return `${account}/${region}/${name}`
}

export function inServiceCount(group: Pick<Group, 'instances'>): number {
  return group.instances.filter((instance) => instance.lifecycleState === 'InService').length
}

/** Whether AWS itself says that the instance serves and is well. */
export function isHealthyInService(instance: Pick<GroupInstance, 'lifecycleState' | 'healthStatus'>): boolean {
  return instance.lifecycleState === 'InService' && instance.healthStatus === 'Healthy'
}

export function healthyInServiceCount(group: Pick<Group, 'instances'>): number {
  return group.instances.filter(isHealthyInService).length
}

/**
 * The group's name in its key; a name may hold slashes itself.
 * @example groupNameOf('123456789012/us-east-1/shop/web') // 'shop/web'
 */
export function groupNameOf(groupKey: GroupKey): string {
  return groupKey.split('/').slice(2).join('/')
}
