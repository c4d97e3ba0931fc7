import { type Fact, known } from '../../src/core/model/fact.js'
import type { Group, GroupInstance, Launch, ScalingPolicy } from '../../src/core/model/group.js'

export const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c']

export function instancesOf(count: number, instanceType = 'm6i.xlarge'): readonly GroupInstance[] {
  return Array.from({ length: count }, (_, index) => ({
    instanceId: `i-${index}`,
    instanceType,
    availabilityZone: zones[index % zones.length] ?? 'us-east-1a',
    lifecycleState: 'InService',
    healthStatus: 'Healthy',
    protectedFromScaleIn: false,
  }))
}

export function launchOf(instanceType: string): Fact<Launch> {
  return known({ kind: 'launch-template', source: 'lt-web', version: '3', instanceType, architecture: 'x86_64' })
}

export function cpuTracking(targetValue = 70): ScalingPolicy {
  return {
    kind: 'target-tracking',
    name: 'cpu',
    enabled: true,
    metric: 'ASGAverageCPUUtilization',
    targetValue,
    disableScaleIn: false,
  }
}

export interface GroupChange extends Partial<Group> {
  readonly instanceType?: string
}

/** Four m6i.xlarge without a policy, group metrics on, unless changed. */
export function groupWith({ instanceType = 'm6i.xlarge', ...change }: GroupChange = {}): Group {
  const desired = change.desiredCapacity ?? 4
  return {
    groupKey: '123456789012/us-east-1/shop-web',
    account: '123456789012',
    region: 'us-east-1',
    name: 'shop-web',
    environment: 'production',
    environmentFrom: 'tag',
    tags: {},
    minSize: 2,
    desiredCapacity: desired,
    maxSize: 20,
    availabilityZones: zones,
    instances: instancesOf(desired, instanceType),
    launch: launchOf(instanceType),
    targetGroupArns: [],
    healthCheckType: 'EC2',
    healthCheckGraceSeconds: 300,
    defaultCooldownSeconds: 300,
    suspendedProcesses: [],
    enabledMetrics: ['GroupInServiceInstances', 'GroupDesiredCapacity', 'GroupMaxSize'],
    createdAt: '2026-01-01T00:00:00.000Z',
    scalingPolicies: known([]),
    scheduledActions: known([]),
    activities: known([]),
    instanceRefreshes: known([]),
    warmPool: known(undefined),
    lifecycleHooks: known([]),
    ...change,
  }
}
