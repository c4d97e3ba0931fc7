import type { ActivityState, GroupState, InstanceState } from './group-state.js'
import { causeTime, uuidAt } from './identifiers.js'

/** AWS lists six weeks of activities. */
const keptMs = 42 * 86_400_000

/** Logs the start of a launch. The sentences are AWS's own (DescribeScalingActivities). */
export function logLaunch(group: GroupState, instance: InstanceState, reason: string, atMs: number): void {
  log(group, instance, {
    description: `Launching a new EC2 instance: ${instance.instanceId}`,
    cause: reason,
    atMs,
    statusCode: 'PreInService',
    progress: 30,
  })
}

/** Logs the start of a termination. */
export function logTermination(group: GroupState, instance: InstanceState, reason: string, atMs: number): void {
  log(group, instance, {
    description: `Terminating EC2 instance: ${instance.instanceId}`,
    cause: reason,
    atMs,
    statusCode: 'InProgress',
    progress: 50,
  })
}

/** Ends the open activity of an instance. */
export function endActivity(group: GroupState, instanceId: string, atMs: number): void {
  const open = group.activities.find(
    (activity) => activity.instanceId === instanceId && activity.endedAtMs === undefined,
  )
  if (open === undefined) return
  open.endedAtMs = atMs
  open.statusCode = 'Successful'
  open.progress = 100
}

/** Ends a launch that never came into service: its instance is being terminated. */
export function cancelLaunch(group: GroupState, instanceId: string, atMs: number, message: string): void {
  const open = group.activities.find(
    (activity) => activity.instanceId === instanceId && activity.endedAtMs === undefined,
  )
  if (open === undefined) return
  open.endedAtMs = atMs
  open.statusCode = 'Cancelled'
  open.statusMessage = message
  open.progress = 100
}

/** Why desired capacity changed, kept until the activities that follow have quoted it. */
export function explainDesired(group: GroupState, atMs: number, what: string, from: number, to: number): void {
  const sentence = `At ${causeTime(atMs)} ${what} changing the desired capacity from ${from} to ${to}.`
  group.cause = group.cause === '' ? sentence : `${group.cause}  ${sentence}`
}

function log(
  group: GroupState,
  instance: InstanceState,
  entry: Pick<ActivityState, 'description' | 'cause' | 'statusCode' | 'progress'> & { readonly atMs: number },
): void {
  const { atMs, ...rest } = entry
  group.logged += 1
  group.activities.unshift({
    ...rest,
    activityId: uuidAt(group.seed, 3, group.logged),
    instanceId: instance.instanceId,
    startedAtMs: atMs,
    details: JSON.stringify({ 'Availability Zone': instance.availabilityZone }),
    endedAtMs: undefined,
    statusMessage: undefined,
  })
  while ((group.activities.at(-1)?.startedAtMs ?? atMs) < atMs - keptMs) group.activities.pop()
}
