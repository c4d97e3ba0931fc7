import type { ScheduledUpdateGroupAction, ScalingPolicy as VendorPolicy } from '@aws-sdk/client-auto-scaling'
import { type Fact, known, unread } from '../../core/model/fact.js'
import type { PolicyAlarm, ScalingPolicy, ScheduledAction } from '../../core/model/group.js'
import { factOf, listIn, present } from './answers.js'
import type { AwsClients } from './clients.js'
import { chunksOf, itemsOf, pagesOf } from './pages.js'
import { translateAlarm, translatePolicy } from './translate-policy.js'

/** What AWS gives for all groups of a region in one go, looked up by group name. */
export interface RegionFacts {
  scalingPolicies(name: string): Fact<readonly ScalingPolicy[]>
  scheduledActions(name: string): Fact<readonly ScheduledAction[]>
}

/** DescribeAlarms takes at most 100 names. */
const ALARM_NAMES = 100

/** Reads policies, their alarms and scheduled actions of every group of the region, or of one group. */
export async function readRegionFacts(clients: AwsClients, region: string, onlyGroup?: string): Promise<RegionFacts> {
  const [policies, actions] = await Promise.all([
    factOf(readPolicies(clients, region, onlyGroup)),
    factOf(readScheduledActions(clients, region, onlyGroup)),
  ])
  const alarms = policies.kind === 'known' ? await readAlarms(clients, region, policies.value) : new Map()
  const policiesOf = byGroup(policies)
  const actionsOf = byGroup(actions)
  return {
    scalingPolicies: (name) => {
      const mine = policiesOf(name)
      return mine.kind === 'known' ? policiesFact(mine.value, alarms) : mine
    },
    scheduledActions: (name) => {
      const mine = actionsOf(name)
      return mine.kind === 'known' ? known(mine.value.map(translateAction)) : mine
    },
  }
}

function policiesFact(
  policies: readonly VendorPolicy[],
  alarms: ReadonlyMap<string, PolicyAlarm>,
): Fact<readonly ScalingPolicy[]> {
  try {
    return known(policies.map((policy) => translatePolicy(policy, alarms)))
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error))
  }
}

function byGroup<T extends { readonly AutoScalingGroupName?: string | undefined }>(
  fact: Fact<readonly T[]>,
): (name: string) => Fact<readonly T[]> {
  if (fact.kind === 'unknown') return () => fact
  const grouped = new Map<string | undefined, T[]>()
  for (const item of fact.value) {
    const mine = grouped.get(item.AutoScalingGroupName)
    if (mine) mine.push(item)
    else grouped.set(item.AutoScalingGroupName, [item])
  }
  return (name) => known(grouped.get(name) ?? [])
}

async function readPolicies(clients: AwsClients, region: string, group?: string): Promise<readonly VendorPolicy[]> {
  const call = 'autoscaling:DescribePolicies'
  const autoScaling = await clients.autoScaling(region)
  const pages = pagesOf(
    call,
    (token) => autoScaling.describePolicies({ AutoScalingGroupName: group, NextToken: token, MaxRecords: 100 }),
    (page) => page.NextToken,
  )
  return itemsOf(pages, (page) => listIn(call, page, 'ScalingPolicies'))
}

async function readScheduledActions(
  clients: AwsClients,
  region: string,
  group?: string,
): Promise<readonly ScheduledUpdateGroupAction[]> {
  const call = 'autoscaling:DescribeScheduledActions'
  const autoScaling = await clients.autoScaling(region)
  const pages = pagesOf(
    call,
    (token) => autoScaling.describeScheduledActions({ AutoScalingGroupName: group, NextToken: token, MaxRecords: 100 }),
    (page) => page.NextToken,
  )
  return itemsOf(pages, (page) => listIn(call, page, 'ScheduledUpdateGroupActions'))
}

function translateAction(action: ScheduledUpdateGroupAction): ScheduledAction {
  return present({
    name: action.ScheduledActionName ?? '',
    recurrence: action.Recurrence,
    timeZone: action.TimeZone,
    startAt: action.StartTime?.toISOString(),
    minSize: action.MinSize,
    desiredCapacity: action.DesiredCapacity,
    maxSize: action.MaxSize,
  })
}

/** Alarms of step and simple policies by name. Target tracking keeps its alarms to itself, so they are not asked for. */
async function readAlarms(
  clients: AwsClients,
  region: string,
  policies: readonly VendorPolicy[],
): Promise<ReadonlyMap<string, PolicyAlarm>> {
  const alarmed = policies.filter((policy) => policy.PolicyType !== 'TargetTrackingScaling')
  const names = new Set(alarmed.flatMap((policy) => (policy.Alarms ?? []).flatMap((alarm) => alarm.AlarmName ?? [])))
  const found = new Map<string, PolicyAlarm>()
  if (names.size === 0) return found
  const cloudWatch = await clients.cloudWatch(region)
  for (const chunk of chunksOf([...names], ALARM_NAMES)) {
    const answer = await factOf(cloudWatch.describeAlarms({ AlarmNames: [...chunk], MaxRecords: ALARM_NAMES }))
    for (const alarm of answer.kind === 'known' ? (answer.value.MetricAlarms ?? []) : []) {
      const translated = translateAlarm(alarm)
      if (translated && alarm.AlarmName !== undefined) found.set(alarm.AlarmName, translated)
    }
  }
  return found
}
