import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { InstanceState } from '../world/group-state.js'
import type { Place } from '../world/launch-templates.js'
import type { GroupView, World } from '../world/world.js'
import { type Balancing, balancingOf, vpcOf } from './arns.js'
import { type Members, numberOf, textOf, textsOf } from './read-members.js'

/** Elastic Load Balancing v2: target groups, load balancers, target health. */
export function loadBalancerOperations(world: World): Operations {
  return {
    'elasticloadbalancing:DescribeTargetGroups': (input, caller) => {
      const arns = textsOf(input, 'TargetGroupArns')
      const names = textsOf(input, 'Names')
      const all = balancings(world, caller)
      refuseMissing(
        arns,
        all.map(({ targetGroupArn }) => targetGroupArn),
        'TargetGroupNotFound',
        'One or more target groups not found',
      )
      refuseMissing(
        names,
        all.map(({ targetGroupName }) => targetGroupName),
        'TargetGroupNotFound',
        'One or more target groups not found',
      )
      const balancer = textOf(input, 'LoadBalancerArn')
      const found = all
        .filter((one) => arns === undefined || arns.includes(one.targetGroupArn))
        .filter((one) => names === undefined || names.includes(one.targetGroupName))
        .filter((one) => balancer === undefined || one.loadBalancerArn === balancer)
      const page = paginate(found, pageOf(input))
      return { TargetGroups: page.items.map((one) => describeTargetGroup(caller, one)), NextMarker: page.nextToken }
    },
    'elasticloadbalancing:DescribeLoadBalancers': (input, caller) => {
      const arns = textsOf(input, 'LoadBalancerArns')
      const names = textsOf(input, 'Names')
      const all = [...new Map(balancings(world, caller).map((one) => [one.loadBalancerArn, one])).values()]
      refuseMissing(
        arns,
        all.map(({ loadBalancerArn }) => loadBalancerArn),
        'LoadBalancerNotFound',
        'One or more load balancers not found',
      )
      refuseMissing(
        names,
        all.map(({ loadBalancerName }) => loadBalancerName),
        'LoadBalancerNotFound',
        `Load balancers '[${(names ?? []).join(', ')}]' not found`,
      )
      const found = all
        .filter((one) => arns === undefined || arns.includes(one.loadBalancerArn))
        .filter((one) => names === undefined || names.includes(one.loadBalancerName))
      const page = paginate(found, pageOf(input))
      return {
        LoadBalancers: page.items.map((one) => describeBalancer(world, caller, one)),
        NextMarker: page.nextToken,
      }
    },
    'elasticloadbalancing:DescribeTargetHealth': (input, caller) => {
      const arn = textOf(input, 'TargetGroupArn')
      const group = world.groups(caller).find((one) => balancingOf(one)?.targetGroupArn === arn)
      if (group === undefined) throw new AwsError('TargetGroupNotFound', `Target groups '${arn ?? ''}' not found`)
      return {
        TargetHealthDescriptions: group.instances.map((instance) => describeHealth(group, instance, world.now())),
      }
    },
  }
}

function balancings(world: World, place: Place): readonly Balancing[] {
  return world.groups(place).flatMap((group) => balancingOf(group) ?? [])
}

function pageOf(input: Members): { readonly token: string | undefined; readonly limit: number } {
  return { token: textOf(input, 'Marker'), limit: numberOf(input, 'PageSize') ?? 400 }
}

function refuseMissing(
  wanted: readonly string[] | undefined,
  known: readonly string[],
  code: string,
  message: string,
): void {
  if (wanted?.some((one) => !known.includes(one)) === true) throw new AwsError(code, message)
}

function describeTargetGroup(place: Place, balancing: Balancing): Members {
  return {
    TargetGroupArn: balancing.targetGroupArn,
    TargetGroupName: balancing.targetGroupName,
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: vpcOf(place),
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 15,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/healthz',
    Matcher: { HttpCode: '200' },
    LoadBalancerArns: [balancing.loadBalancerArn],
    TargetType: 'instance',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  }
}

function describeBalancer(world: World, place: Place, balancing: Balancing): Members {
  return {
    LoadBalancerArn: balancing.loadBalancerArn,
    LoadBalancerName: balancing.loadBalancerName,
    DNSName: `${balancing.loadBalancerName}.${place.region}.elb.amazonaws.com`,
    CreatedTime: new Date(world.startMs),
    Scheme: 'internal',
    VpcId: vpcOf(place),
    State: { Code: 'active' },
    Type: 'application',
    IpAddressType: 'ipv4',
  }
}

/** A target is `initial` until it has passed two checks, and one that fails never gets further than `unhealthy`. */
function describeHealth(group: GroupView, instance: Readonly<InstanceState>, nowMs: number): Members {
  const target = { Target: { Id: instance.instanceId, Port: 8080 }, HealthCheckPort: '8080' }
  if (instance.lifecycleState === 'Terminating') {
    return {
      ...target,
      TargetHealth: {
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      },
    }
  }
  const inServiceForMs = instance.inServiceAtMs === undefined ? -1 : nowMs - instance.inServiceAtMs
  if (inServiceForMs < Math.min(30_000, group.scenario.warmupSeconds * 1000)) {
    return {
      ...target,
      TargetHealth: {
        State: 'initial',
        Reason: 'Elb.RegistrationInProgress',
        Description: 'Target registration is in progress',
      },
    }
  }
  if (instance.failing || instance.healthStatus === 'Unhealthy') {
    return {
      ...target,
      TargetHealth: { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' },
    }
  }
  return { ...target, TargetHealth: { State: 'healthy' } }
}
