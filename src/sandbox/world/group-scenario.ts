import type { IsoTime } from '../../core/model/units.js'
import type { DemandSource } from '../demand/demand-source.js'

/** What new instances are launched from at the world's start. Templates that share a name are one template. */
export type LaunchScenario = LaunchShape &
  (
    | { readonly kind: 'launch-template'; readonly version: string }
    | { readonly kind: 'launch-configuration' }
    | { readonly kind: 'mixed-instances'; readonly version: string; readonly mix: InstanceMix }
  )

interface LaunchShape {
  readonly name: string
  readonly instanceType: string
  readonly imageId: string
}

export interface InstanceMix {
  readonly onDemandBaseCapacity: number
  readonly onDemandPercentageAboveBaseCapacity: number
  readonly spotAllocationStrategy: string
  readonly overrides: readonly string[]
}

/** An alarm of a step or simple policy, on the group's own average over each period. */
export interface AlarmScenario {
  readonly metric: 'CPUUtilization'
  readonly threshold: number
  readonly comparison: 'above' | 'below'
  readonly periodSeconds: number
  readonly evaluationPeriods: number
}

export type AdjustmentType = 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity'

export type PolicyScenario = { readonly name: string; readonly enabled?: boolean } & (
  | {
      readonly kind: 'target-tracking'
      readonly metric: 'ASGAverageCPUUtilization' | 'ALBRequestCountPerTarget'
      readonly targetValue: number
      readonly disableScaleIn?: boolean
      readonly warmupSeconds?: number
    }
  | {
      readonly kind: 'step'
      readonly adjustmentType: AdjustmentType
      readonly alarm: AlarmScenario
      readonly steps: readonly { readonly lowerBound?: number; readonly upperBound?: number; readonly change: number }[]
      readonly warmupSeconds?: number
    }
  | {
      readonly kind: 'simple'
      readonly adjustmentType: AdjustmentType
      readonly alarm: AlarmScenario
      readonly change: number
      readonly cooldownSeconds: number
    }
)

/** `recurrence` is a cron line of five fields in UTC. */
export interface ScheduledActionScenario {
  readonly name: string
  readonly recurrence: string
  readonly minSize?: number
  readonly maxSize?: number
  readonly desiredCapacity?: number
}

/** What the group is asked to do. Everything but the processors' work follows it in proportion. */
export interface LoadScenario {
  /** vCPUs that the work needs, whatever runs it. */
  readonly cpu: DemandSource
  /** What an instance holds when idle, and what each busy vCPU adds. */
  readonly memory: { readonly fixedGiBPerInstance: number; readonly gibPerBusyVcpu: number }
  readonly networkInBytesPerVcpuSecond: number
  readonly networkOutBytesPerVcpuSecond: number
  readonly requestsPerVcpuSecond: number
}

/** One simulated Auto Scaling group with all that decides how it behaves. */
export interface GroupScenario {
  readonly account: string
  readonly region: string
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly launch: LaunchScenario
  readonly minSize: number
  readonly desiredCapacity: number
  readonly maxSize: number
  readonly availabilityZones: readonly string[]
  readonly policies: readonly PolicyScenario[]
  readonly scheduledActions?: readonly ScheduledActionScenario[]
  readonly load: LoadScenario
  /** From launch to InService, and from there until an instance takes its share of the work. */
  readonly bootSeconds: number
  readonly warmupSeconds: number
  readonly defaultCooldownSeconds: number
  readonly healthCheckType: 'EC2' | 'ELB'
  readonly healthCheckGraceSeconds: number
  /** Instances launched from that moment on never pass their health check. */
  readonly health?: { readonly kind: 'newInstancesFail'; readonly from: 'historyEnd' | IsoTime }
  /** Mean response time of an idle group, and the most that clients wait for. */
  readonly latency: { readonly baseMs: number; readonly maxMs: number }
  /** Whether the CloudWatch agent publishes memory. */
  readonly memoryAgent: boolean
  /** Share of the time without EC2 and agent metrics, in outages of this length. */
  readonly gaps?: { readonly share: number; readonly hours: number }
  /** Whether group metrics (GroupInServiceInstances, …) are switched on. */
  readonly groupMetrics: boolean
  readonly targetGroup?: { readonly name: string; readonly loadBalancerName: string }
  readonly suspendedProcesses?: readonly string[]
  /** Where the group is declared, for whoever writes the demo's infrastructure files. */
  readonly code?: { readonly format: 'terraform' | 'cloudformation'; readonly address: string; readonly file: string }
}

/** Whether a policy holds the group's mean CPU at a target. */
export function tracksCpu(
  policy: PolicyScenario,
): policy is Extract<PolicyScenario, { readonly kind: 'target-tracking' }> {
  return policy.kind === 'target-tracking' && policy.metric === 'ASGAverageCPUUtilization'
}
