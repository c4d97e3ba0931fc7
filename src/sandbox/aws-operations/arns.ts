import { seedOf } from '../demand/random-at.js'
import { hexAt, uuidAt } from '../world/identifiers.js'
import type { Place } from '../world/launch-templates.js'
import type { GroupView } from '../world/world.js'

/** ARN of a group, as DescribeAutoScalingGroups gives it. */
export function groupArn(group: GroupView): string {
  const { account, region, name } = group.scenario
  return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${uuidAt(group.seed, 10, 0)}:autoScalingGroupName/${name}`
}

export function policyArn(group: GroupView, policyId: string, policyName: string): string {
  const { account, region, name } = group.scenario
  return `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${policyId}:autoScalingGroupName/${name}:policyName/${policyName}`
}

export function alarmArn({ account, region }: Place, alarmName: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${alarmName}`
}

/** Names and ARNs of a group's target group and load balancer; undefined for a group without. */
export interface Balancing {
  readonly targetGroupName: string
  readonly targetGroupArn: string
  readonly loadBalancerName: string
  readonly loadBalancerArn: string
  /** As CloudWatch's dimensions name them: `targetgroup/…` and `app/…`. */
  readonly targetGroupDimension: string
  readonly loadBalancerDimension: string
}

export function balancingOf(group: GroupView): Balancing | undefined {
  const { account, region, targetGroup } = group.scenario
  if (targetGroup === undefined) return undefined
  const idOf = (name: string): string => hexAt(seedOf(1, `${account}/${region}/${name}`), 11, 0, 16)
  const targetGroupDimension = `targetgroup/${targetGroup.name}/${idOf(targetGroup.name)}`
  const loadBalancerDimension = `app/${targetGroup.loadBalancerName}/${idOf(targetGroup.loadBalancerName)}`
  const prefix = `arn:aws:elasticloadbalancing:${region}:${account}`
  return {
    targetGroupName: targetGroup.name,
    targetGroupArn: `${prefix}:${targetGroupDimension}`,
    loadBalancerName: targetGroup.loadBalancerName,
    loadBalancerArn: `${prefix}:loadbalancer/${loadBalancerDimension}`,
    targetGroupDimension,
    loadBalancerDimension,
  }
}

/** One subnet a zone, the same for all groups of a place. */
export function subnetOf(place: Place, zone: string): string {
  return `subnet-0${hexAt(seedOf(2, `${place.account}/${zone}`), 12, 0, 16)}`
}

export function vpcOf(place: Place): string {
  return `vpc-0${hexAt(seedOf(3, `${place.account}/${place.region}`), 13, 0, 16)}`
}
