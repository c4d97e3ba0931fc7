import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { FleetOptions } from '../../../src/adapters/aws/fleet.js'
import type { Listed } from '../../../src/ports.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { account, region } from './stand-in.js'

export const fleetOptions: FleetOptions = {
  environmentOf: (tags) => ({
    environment: tags.Environment ?? 'production',
    from: tags.Environment ? 'tag' : 'default',
  }),
  architectureOf: (type) => (type.startsWith('m6i') ? 'x86_64' : undefined),
}

/** A group as DescribeAutoScalingGroups gives it. */
export function vendorGroup(name: string, over: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:u:autoScalingGroupName/${name}`,
    MinSize: 2,
    DesiredCapacity: 3,
    MaxSize: 6,
    DefaultCooldown: 300,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    HealthCheckType: 'ELB',
    HealthCheckGracePeriod: 60,
    CreatedTime: new Date('2026-01-01T00:00:00Z'),
    LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' },
    Tags: [{ Key: 'Environment', Value: 'staging', ResourceId: name, PropagateAtLaunch: true }],
    Instances: [
      {
        InstanceId: 'i-1',
        InstanceType: 'm6i.large',
        AvailabilityZone: 'us-east-1a',
        LifecycleState: 'InService',
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
      },
    ],
    ...over,
  }
}

/** Operations of a small region: the groups, and empty answers for everything beside them. */
export function regionOf(groups: readonly AutoScalingGroup[], over: Operations = {}): Operations {
  return {
    'autoscaling:DescribeAutoScalingGroups': (input) => {
      const names = input.AutoScalingGroupNames as readonly string[] | undefined
      return { AutoScalingGroups: groups.filter((group) => !names || names.includes(group.AutoScalingGroupName ?? '')) }
    },
    'autoscaling:DescribePolicies': () => ({ ScalingPolicies: [] }),
    'autoscaling:DescribeScheduledActions': () => ({ ScheduledUpdateGroupActions: [] }),
    'autoscaling:DescribeScalingActivities': () => ({ Activities: [] }),
    'autoscaling:DescribeInstanceRefreshes': () => ({ InstanceRefreshes: [] }),
    'autoscaling:DescribeLifecycleHooks': () => ({ LifecycleHooks: [] }),
    'ec2:DescribeLaunchTemplateVersions': () => ({
      LaunchTemplateVersions: [
        {
          LaunchTemplateId: 'lt-1',
          LaunchTemplateName: 'web',
          VersionNumber: 7,
          LaunchTemplateData: { InstanceType: 'm6i.large', ImageId: 'ami-1' },
        },
      ],
    }),
    ...over,
  }
}

/** Everything that a listing yields. */
export async function listed(list: AsyncIterable<Listed>): Promise<readonly Listed[]> {
  const all: Listed[] = []
  for await (const one of list) all.push(one)
  return all
}
