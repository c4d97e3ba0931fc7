import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { InstanceState } from '../world/group-state.js'
import type { GroupView, World } from '../world/world.js'
import { balancingOf, groupArn, subnetOf } from './arns.js'
import { type Members, numberOf, recordsOf, textOf, textsOf } from './read-members.js'

/** The eight group metrics of GroupAndWarmPool collection that groups have had from the start. */
export const groupMetricNames = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
] as const

/** Reading groups: DescribeAutoScalingGroups, DescribeAutoScalingInstances, DescribeTags, DescribeLaunchConfigurations. */
export function describeGroupOperations(world: World): Operations {
  return {
    'autoscaling:DescribeAutoScalingGroups': (input, caller) => {
      const names = textsOf(input, 'AutoScalingGroupNames')
      const wanted = world
        .groups(caller)
        .filter(({ scenario }) => names === undefined || names.includes(scenario.name))
        .filter((group) => recordsOf(input, 'Filters').every((filter) => passesFilter(group, filter)))
      const page = paginate(wanted, pageOf(input, names === undefined ? 50 : Math.max(50, names.length)))
      return { AutoScalingGroups: page.items.map((group) => describeGroup(world, group)), NextToken: page.nextToken }
    },
    'autoscaling:DescribeAutoScalingInstances': (input, caller) => {
      const ids = textsOf(input, 'InstanceIds')
      const all = world.groups(caller).flatMap((group) => group.instances.map((one) => describeInstance(group, one)))
      const page = paginate(
        all.filter(({ InstanceId }) => ids === undefined || ids.includes(InstanceId)),
        pageOf(input, 50),
      )
      return { AutoScalingInstances: page.items, NextToken: page.nextToken }
    },
    'autoscaling:DescribeTags': (input, caller) => {
      const tags = world.groups(caller).flatMap(describeTags)
      const filters = recordsOf(input, 'Filters')
      const page = paginate(
        tags.filter((tag) => filters.every((filter) => tagPasses(tag, filter))),
        pageOf(input, 50),
      )
      return { Tags: page.items, NextToken: page.nextToken }
    },
    'autoscaling:DescribeLaunchConfigurations': (input, caller) => {
      const names = textsOf(input, 'LaunchConfigurationNames')
      const found = world.launches
        .configurations(caller)
        .filter(({ name }) => names === undefined || names.includes(name))
      const page = paginate(found, pageOf(input, 50))
      return {
        LaunchConfigurations: page.items.map((one) => ({
          LaunchConfigurationName: one.name,
          ImageId: one.imageId,
          InstanceType: one.instanceType,
          KeyName: '',
          SecurityGroups: [],
          ClassicLinkVPCSecurityGroups: [],
          UserData: '',
          KernelId: '',
          RamdiskId: '',
          BlockDeviceMappings: [],
          InstanceMonitoring: { Enabled: false },
          CreatedTime: new Date(one.createdAtMs),
          EbsOptimized: false,
        })),
        NextToken: page.nextToken,
      }
    },
  }
}

/** NextToken and MaxRecords of a request; MaxRecords over 100 is refused. */
export function pageOf(input: Members, usual: number): { readonly token: string | undefined; readonly limit: number } {
  const limit = numberOf(input, 'MaxRecords') ?? usual
  if (limit < 1 || limit > 100) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${limit}' at 'maxRecords' failed to satisfy constraint: Member must have value between 1 and 100`,
    )
  }
  return { token: textOf(input, 'NextToken'), limit }
}

/** The group that a request names; AWS's refusal where there is none. */
export function namedGroup(world: World, input: Members, place: { account: string; region: string }): GroupView {
  const group = world.find(place, textOf(input, 'AutoScalingGroupName') ?? '')
  if (group === undefined) throw new AwsError('ValidationError', 'AutoScalingGroup name not found - null')
  return group
}

function passesFilter(group: GroupView, filter: Members): boolean {
  const name = textOf(filter, 'Name') ?? ''
  const values = textsOf(filter, 'Values') ?? []
  if (name.startsWith('tag:')) return values.includes(group.tags.get(name.slice(4)) ?? '\u0000')
  if (name === 'tag-key') return values.some((value) => group.tags.has(value))
  if (name === 'tag-value') return [...group.tags.values()].some((value) => values.includes(value))
  throw new AwsError(
    'ValidationError',
    `Filter type ${name} is not correct. Allowed Filter types are: tag-key, tag-value, tag:<key>`,
  )
}

function tagPasses(tag: ReturnType<typeof describeTags>[number], filter: Members): boolean {
  const values = textsOf(filter, 'Values') ?? []
  const name = textOf(filter, 'Name')
  if (name === 'auto-scaling-group') return values.includes(tag.ResourceId)
  if (name === 'key') return values.includes(tag.Key)
  return name === 'value' ? values.includes(tag.Value) : true
}

function describeTags(group: GroupView) {
  return [...group.tags].sort().map(([Key, Value]) => ({
    ResourceId: group.scenario.name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value,
    PropagateAtLaunch: true,
  }))
}

function describeGroup(world: World, group: GroupView): Members {
  const { scenario } = group
  const balancing = balancingOf(group)
  return {
    AutoScalingGroupName: scenario.name,
    AutoScalingGroupARN: groupArn(group),
    ...describeLaunch(world, group),
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: scenario.defaultCooldownSeconds,
    AvailabilityZones: [...scenario.availabilityZones],
    LoadBalancerNames: [],
    TargetGroupARNs: balancing === undefined ? [] : [balancing.targetGroupArn],
    HealthCheckType: scenario.healthCheckType,
    HealthCheckGracePeriod: scenario.healthCheckGraceSeconds,
    Instances: group.instances.map((instance) => describeMember(group, instance)),
    CreatedTime: new Date(group.createdAtMs),
    SuspendedProcesses: [...group.suspended].map((ProcessName) => ({
      ProcessName,
      SuspensionReason: `User suspended at ${new Date(group.createdAtMs).toISOString()}`,
    })),
    VPCZoneIdentifier: scenario.availabilityZones.map((zone) => subnetOf(scenario, zone)).join(','),
    EnabledMetrics: scenario.groupMetrics ? groupMetricNames.map((Metric) => ({ Metric, Granularity: '1Minute' })) : [],
    Tags: describeTags(group),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
    ServiceLinkedRoleARN: `arn:aws:iam::${scenario.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    CapacityRebalance: false,
    DefaultInstanceWarmup: scenario.warmupSeconds,
    TrafficSources: balancing === undefined ? [] : [{ Identifier: balancing.targetGroupArn, Type: 'elbv2' }],
  }
}

function describeLaunch(world: World, group: GroupView): Members {
  const { kind, name, version, mix } = group.launch
  if (kind === 'launch-configuration') return { LaunchConfigurationName: name }
  const { launchTemplateId } = world.launches.template(group.scenario, name)
  const specification = { LaunchTemplateId: launchTemplateId, LaunchTemplateName: name, Version: version }
  if (mix === undefined) return { LaunchTemplate: specification }
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: specification,
        Overrides: mix.overrides.map((InstanceType) => ({ InstanceType })),
      },
      InstancesDistribution: {
        OnDemandAllocationStrategy: 'prioritized',
        OnDemandBaseCapacity: mix.onDemandBaseCapacity,
        OnDemandPercentageAboveBaseCapacity: mix.onDemandPercentageAboveBaseCapacity,
        SpotAllocationStrategy: mix.spotAllocationStrategy,
      },
    },
  }
}

function describeMember(group: GroupView, instance: Readonly<InstanceState>) {
  const { kind, name } = group.launch
  return {
    InstanceId: instance.instanceId,
    InstanceType: instance.instanceType,
    AvailabilityZone: instance.availabilityZone,
    LifecycleState: instance.lifecycleState,
    HealthStatus: instance.healthStatus,
    ProtectedFromScaleIn: false,
    ...(kind === 'launch-configuration'
      ? { LaunchConfigurationName: name }
      : { LaunchTemplate: { LaunchTemplateName: name, Version: instance.launchVersion } }),
  }
}

function describeInstance(group: GroupView, instance: Readonly<InstanceState>) {
  return { ...describeMember(group, instance), AutoScalingGroupName: group.scenario.name }
}
