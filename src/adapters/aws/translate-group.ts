import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import { TrimtabError } from '../../core/model/errors.js'
import type { Fact } from '../../core/model/fact.js'
import { known } from '../../core/model/fact.js'
import type { Launch } from '../../core/model/group.js'
import { type Group, type GroupInstance, groupKeyOf } from '../../core/model/group.js'
import { present } from './answers.js'
import type { GroupFacts } from './group-facts.js'

const call = 'autoscaling:DescribeAutoScalingGroups'

/** Which environment a group belongs to, and what said so. */
export type EnvironmentOf = (
  tags: Readonly<Record<string, string>>,
  name: string,
) => { readonly environment: string; readonly from: Group['environmentFrom'] }

export interface GroupParts {
  readonly account: string
  readonly region: string
  readonly environmentOf: EnvironmentOf
  readonly launch: Fact<Launch>
  readonly facts: GroupFacts
}

/** Joins AWS's description of a group with the facts read beside it. Throws `unsupported` where a size is missing. */
export function translateGroup(group: AutoScalingGroup, parts: GroupParts): Group {
  const name = nameOf(group)
  const tags = tagsOf(group)
  const { environment, from } = parts.environmentOf(tags, name)
  return {
    groupKey: groupKeyOf(parts.account, parts.region, name),
    account: parts.account,
    region: parts.region,
    name,
    environment,
    environmentFrom: from,
    tags,
    minSize: sizeOf(name, 'MinSize', group.MinSize),
    desiredCapacity: sizeOf(name, 'DesiredCapacity', group.DesiredCapacity),
    maxSize: sizeOf(name, 'MaxSize', group.MaxSize),
    availabilityZones: zonesOf(group),
    instances: instancesOf(group),
    launch: parts.launch,
    targetGroupArns: targetGroupArnsOf(group),
    healthCheckType: group.HealthCheckType ?? 'EC2',
    healthCheckGraceSeconds: group.HealthCheckGracePeriod ?? 0,
    defaultCooldownSeconds: group.DefaultCooldown ?? 300,
    ...present({
      defaultInstanceWarmupSeconds: group.DefaultInstanceWarmup,
      status: group.Status,
      createdAt: group.CreatedTime?.toISOString(),
    }),
    suspendedProcesses: (group.SuspendedProcesses ?? []).flatMap((one) => one.ProcessName ?? []),
    enabledMetrics: (group.EnabledMetrics ?? []).flatMap((one) => one.Metric ?? []),
    // AWS describes the warm pool with the group itself; a group without one lacks the member.
    warmPool: known(warmPoolOf(group)),
    ...parts.facts,
  }
}

/** The tags of a group by key; a tag without a value has the empty text. */
export function tagsOf(group: AutoScalingGroup): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (group.Tags ?? []).flatMap((tag) => (tag.Key === undefined ? [] : [[tag.Key, tag.Value ?? '']])),
  )
}

/** The group's name; throws `unsupported` where AWS's answer lacks it. */
export function nameOf(group: AutoScalingGroup): string {
  if (group.AutoScalingGroupName !== undefined) return group.AutoScalingGroupName
  throw new TrimtabError('unsupported', `${call} gave a group without AutoScalingGroupName.`, { call })
}

/**
 * The account in a group's ARN; undefined where it has none.
 * @example accountOf('arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:u:autoScalingGroupName/a') // '123456789012'
 */
export function accountOf(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4]
  return account === undefined || account === '' ? undefined : account
}

function sizeOf(name: string, member: string, value: number | undefined): number {
  if (value !== undefined) return value
  throw new TrimtabError('unsupported', `${call} gave the group ${name} without ${member}.`, { call })
}

/** Where the zones are left out, those that its instances run in; empty where nobody says. */
function zonesOf(group: AutoScalingGroup): readonly string[] {
  if (group.AvailabilityZones !== undefined && group.AvailabilityZones.length > 0) return group.AvailabilityZones
  return [...new Set((group.Instances ?? []).flatMap((one) => one.AvailabilityZone ?? []))].sort()
}

function instancesOf(group: AutoScalingGroup): readonly GroupInstance[] {
  return (group.Instances ?? []).map((instance) =>
    present({
      instanceId: instance.InstanceId ?? '',
      instanceType: instance.InstanceType,
      availabilityZone: instance.AvailabilityZone ?? '',
      lifecycleState: instance.LifecycleState ?? '',
      healthStatus: instance.HealthStatus ?? '',
      protectedFromScaleIn: instance.ProtectedFromScaleIn ?? false,
    }),
  )
}

function targetGroupArnsOf(group: AutoScalingGroup): readonly string[] {
  const sources = (group.TrafficSources ?? []).filter((source) => source.Type === undefined || source.Type === 'elbv2')
  const fromSources = sources
    .flatMap((source) => source.Identifier ?? [])
    .filter((arn) => arn.includes(':targetgroup/'))
  return [...new Set([...(group.TargetGroupARNs ?? []), ...fromSources])]
}

function warmPoolOf(group: AutoScalingGroup) {
  const pool = group.WarmPoolConfiguration
  if (pool === undefined) return undefined
  return present({ minSize: pool.MinSize ?? 0, maxGroupPreparedCapacity: pool.MaxGroupPreparedCapacity })
}
