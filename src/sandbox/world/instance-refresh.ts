import { AwsError } from '../aws/aws-error.js'
import { activeInstances, type GroupState, servingInstances } from './group-state.js'
import { causeTime, uuidAt } from './identifiers.js'
import { beginTermination } from './instance-lifecycle.js'

/** Starts a rolling replacement of every instance by what the group launches now. One at a time, as in AWS. */
export function startRefresh(group: GroupState, minHealthyPercentage: number, atMs: number): string {
  if (group.refreshes.some(({ status }) => status === 'InProgress')) {
    throw new AwsError(
      'InstanceRefreshInProgress',
      `An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.`,
    )
  }
  const remaining = activeInstances(group).map(({ instanceId }) => instanceId)
  const instanceRefreshId = uuidAt(group.seed, 7, group.refreshes.length)
  group.refreshes.unshift({
    instanceRefreshId,
    startedAtMs: atMs,
    minHealthyPercentage,
    remaining,
    total: remaining.length,
    endedAtMs: undefined,
    status: 'InProgress',
  })
  return instanceRefreshId
}

/** Takes the next old instances out as soon as enough of the desired capacity serves; the reconciler replaces them. */
export function moveRefresh(group: GroupState, atMs: number): void {
  const refresh = group.refreshes.find(({ status }) => status === 'InProgress')
  if (refresh === undefined) return
  const old = activeInstances(group).filter(({ instanceId }) => refresh.remaining.includes(instanceId))
  refresh.remaining = old.map(({ instanceId }) => instanceId)
  const serving = servingInstances(group, atMs).length
  if (old.length === 0) {
    if (serving < group.desiredCapacity) return
    refresh.status = 'Successful'
    refresh.endedAtMs = atMs
    return
  }
  const floor = Math.min(
    group.desiredCapacity - 1,
    Math.ceil((group.desiredCapacity * refresh.minHealthyPercentage) / 100),
  )
  const batch = Math.max(0, serving - Math.max(0, floor))
  for (const instance of old.slice(0, batch)) {
    const cause = `At ${causeTime(atMs)} an instance was taken out of service in response to an instance refresh.`
    beginTermination(group, instance, cause, atMs)
  }
}
