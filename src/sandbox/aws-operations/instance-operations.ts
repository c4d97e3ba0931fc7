import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { InstanceState } from '../world/group-state.js'
import { shapeOfType } from '../world/instance-shapes.js'
import type { Place } from '../world/launch-templates.js'
import type { GroupView, World } from '../world/world.js'
import { subnetOf, vpcOf } from './arns.js'
import { pageOf, passes, zonesOf } from './instance-type-operations.js'
import { type Members, textsOf } from './read-members.js'

interface Member {
  readonly group: GroupView
  readonly instance: Readonly<InstanceState>
}

/** EC2's instances, images and subnets. */
export function instanceOperations(world: World): Operations {
  return {
    'ec2:DescribeInstances': (input, caller) => {
      const found = chosen(world, input, caller).filter(({ group, instance }) =>
        passes(input, {
          'instance-id': instance.instanceId,
          'instance-type': instance.instanceType,
          'instance-state-name': stateOf(instance).Name,
          'availability-zone': instance.availabilityZone,
          'tag:aws:autoscaling:groupName': group.scenario.name,
        }),
      )
      const page = paginate(found, pageOf(input, 1000))
      return {
        Reservations: page.items.map(({ group, instance }) => ({
          ReservationId: `r-${instance.instanceId.slice(2)}`,
          OwnerId: group.scenario.account,
          Groups: [],
          Instances: [describeInstance(group, instance)],
        })),
        NextToken: page.nextToken,
      }
    },
    'ec2:DescribeInstanceStatus': (input, caller) => {
      const running = chosen(world, input, caller).filter(({ instance }) => stateOf(instance).Code === 16)
      const page = paginate(running, pageOf(input, 1000))
      return { InstanceStatuses: page.items.map(describeStatus), NextToken: page.nextToken }
    },
    'ec2:DescribeImages': (input, caller) => {
      const ids = textsOf(input, 'ImageIds')
      const images = world.launches.images().filter(({ imageId }) => ids === undefined || ids.includes(imageId))
      const missing = (ids ?? []).filter((id) => !images.some(({ imageId }) => imageId === id))
      if (missing.length > 0) {
        throw new AwsError('InvalidAMIID.NotFound', `The image id '[${missing.join(', ')}]' does not exist`)
      }
      return {
        Images: images.map(({ imageId, architecture }) => ({
          ImageId: imageId,
          Architecture: architecture,
          Name: `kestrel-base-${architecture}`,
          OwnerId: caller.account,
          State: 'available',
          ImageType: 'machine',
          Public: false,
          RootDeviceType: 'ebs',
          VirtualizationType: 'hvm',
          PlatformDetails: 'Linux/UNIX',
        })),
      }
    },
    'ec2:DescribeSubnets': (input, caller) => {
      const ids = textsOf(input, 'SubnetIds')
      const subnets = zonesOf(caller.region).map((zone, index) => describeSubnet(caller, zone, index))
      const missing = (ids ?? []).filter((id) => !subnets.some(({ SubnetId }) => SubnetId === id))
      if (missing.length > 0) {
        throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${missing[0]}' does not exist`)
      }
      return { Subnets: subnets.filter(({ SubnetId }) => ids === undefined || ids.includes(SubnetId)) }
    },
  }
}

function chosen(world: World, input: Members, place: Place): readonly Member[] {
  const ids = textsOf(input, 'InstanceIds')
  const all = world.groups(place).flatMap((group) => group.instances.map((instance) => ({ group, instance })))
  const missing = (ids ?? []).filter((id) => !all.some(({ instance }) => instance.instanceId === id))
  if (missing.length > 0) {
    throw new AwsError('InvalidInstanceID.NotFound', `The instance IDs '${missing.join(', ')}' do not exist`)
  }
  return ids === undefined ? all : all.filter(({ instance }) => ids.includes(instance.instanceId))
}

function stateOf({ lifecycleState }: Readonly<InstanceState>): { readonly Code: number; readonly Name: string } {
  if (lifecycleState === 'Pending') return { Code: 0, Name: 'pending' }
  return lifecycleState === 'InService' ? { Code: 16, Name: 'running' } : { Code: 32, Name: 'shutting-down' }
}

function describeInstance({ scenario, tags }: GroupView, instance: Readonly<InstanceState>): Members {
  const ownTags = [...tags].map(([Key, Value]) => ({ Key, Value }))
  return {
    InstanceId: instance.instanceId,
    InstanceType: instance.instanceType,
    ImageId: instance.imageId,
    State: stateOf(instance),
    LaunchTime: new Date(instance.launchedAtMs),
    Architecture: shapeOfType(instance.instanceType).architecture,
    Placement: { AvailabilityZone: instance.availabilityZone, Tenancy: 'default', GroupName: '' },
    Monitoring: { State: 'disabled' },
    SubnetId: subnetOf(scenario, instance.availabilityZone),
    VpcId: vpcOf(scenario),
    ...(instance.spot ? { InstanceLifecycle: 'spot' } : {}),
    Tags: [...ownTags, { Key: 'aws:autoscaling:groupName', Value: scenario.name }],
  }
}

function describeStatus({ instance }: Member): Members {
  const Status = instance.healthStatus === 'Healthy' ? 'ok' : 'impaired'
  return {
    InstanceId: instance.instanceId,
    AvailabilityZone: instance.availabilityZone,
    InstanceState: stateOf(instance),
    InstanceStatus: { Status, Details: [] },
    SystemStatus: { Status: 'ok', Details: [] },
    Events: [],
  }
}

function describeSubnet(place: Place, zone: string, index: number) {
  return {
    SubnetId: subnetOf(place, zone),
    VpcId: vpcOf(place),
    AvailabilityZone: zone,
    CidrBlock: `10.0.${index * 16}.0/20`,
    AvailableIpAddressCount: 4000,
    State: 'available',
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
  }
}
