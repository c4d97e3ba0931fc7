import type { Activity } from '@aws-sdk/client-auto-scaling'
import type { Group, InstanceRefresh, LifecycleHook, ScalingActivity } from '../../core/model/group.js'
import { expected, factOf, listIn, present } from './answers.js'
import type { AwsClients } from './clients.js'
import type { RegionFacts } from './region-facts.js'

/** What decides whether a group may be touched, each known or unknown by itself. */
export type GroupFacts = Pick<
  Group,
  'scalingPolicies' | 'scheduledActions' | 'activities' | 'instanceRefreshes' | 'lifecycleHooks'
>

/** The newest activities that one page brings; older ones decide nothing. */
const ACTIVITIES = 50

/** Reads what AWS gives only group by group (three calls) and takes the rest from the region's reads. */
export async function readGroupFacts(
  clients: AwsClients,
  region: string,
  name: string,
  regionFacts: RegionFacts,
): Promise<GroupFacts> {
  const [activities, instanceRefreshes, lifecycleHooks] = await Promise.all([
    factOf(readActivities(clients, region, name)),
    factOf(readInstanceRefreshes(clients, region, name)),
    factOf(readLifecycleHooks(clients, region, name)),
  ])
  return {
    activities,
    instanceRefreshes,
    lifecycleHooks,
    scalingPolicies: regionFacts.scalingPolicies(name),
    scheduledActions: regionFacts.scheduledActions(name),
  }
}

async function readActivities(clients: AwsClients, region: string, name: string): Promise<readonly ScalingActivity[]> {
  const autoScaling = await clients.autoScaling(region)
  const page = await autoScaling.describeScalingActivities({ AutoScalingGroupName: name, MaxRecords: ACTIVITIES })
  const activities = listIn('autoscaling:DescribeScalingActivities', page, 'Activities')
  return activities.map(translateActivity)
}

function translateActivity(activity: Activity): ScalingActivity {
  const statusCode = expected('autoscaling:DescribeScalingActivities', 'StatusCode', activity.StatusCode)
  const startedAt = expected('autoscaling:DescribeScalingActivities', 'StartTime', activity.StartTime)
  return present({
    activityId: activity.ActivityId ?? '',
    startedAt: startedAt.toISOString(),
    endedAt: activity.EndTime?.toISOString(),
    statusCode,
    cause: activity.Cause ?? '',
    description: activity.Description ?? '',
    statusMessage: activity.StatusMessage,
  })
}

async function readInstanceRefreshes(
  clients: AwsClients,
  region: string,
  name: string,
): Promise<readonly InstanceRefresh[]> {
  const call = 'autoscaling:DescribeInstanceRefreshes'
  const autoScaling = await clients.autoScaling(region)
  const page = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: name, MaxRecords: 20 })
  return listIn(call, page, 'InstanceRefreshes').map((refresh) => ({
    instanceRefreshId: refresh.InstanceRefreshId ?? '',
    status: expected(call, 'Status', refresh.Status),
  }))
}

async function readLifecycleHooks(
  clients: AwsClients,
  region: string,
  name: string,
): Promise<readonly LifecycleHook[]> {
  const call = 'autoscaling:DescribeLifecycleHooks'
  const autoScaling = await clients.autoScaling(region)
  const answer = await autoScaling.describeLifecycleHooks({ AutoScalingGroupName: name })
  return listIn(call, answer, 'LifecycleHooks').map((hook) =>
    present({
      name: hook.LifecycleHookName ?? '',
      transition: hook.LifecycleTransition ?? '',
      heartbeatTimeoutSeconds: hook.HeartbeatTimeout,
    }),
  )
}
