import { type Fact, known, unknown } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { IsoTime } from '../../core/model/units.js'

/** Ends of an activity and of an instance refresh, in AWS's words; any other status is taken as still going on. */
const ended = ['Successful', 'Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed']

/** What the group is doing now: an activity, or its deletion. */
export function activityInProgress({ activities, status }: Group): Fact<string | undefined> {
  if (status !== undefined) return known(`AWS says of the group: ${status}`)
  if (activities.kind === 'unknown') return activities
  const running = activities.value.find(({ statusCode }) => !ended.includes(statusCode))
  return known(running && `${running.description} (${running.statusCode})`)
}

/** The instance refresh that is going on. */
export function refreshInProgress({ instanceRefreshes }: Group): Fact<string | undefined> {
  if (instanceRefreshes.kind === 'unknown') return instanceRefreshes
  const running = instanceRefreshes.value.find(({ status }) => !ended.includes(status))
  return known(running && `instance refresh ${running.instanceRefreshId} (${running.status})`)
}

/** When the default cooldown after the last finished activity ends. */
export function cooldownEnd({ activities, defaultCooldownSeconds }: Group): Fact<IsoTime | undefined> {
  if (activities.kind === 'unknown') return activities
  const ends = activities.value.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [Date.parse(endedAt)]))
  if (ends.some(Number.isNaN)) return unknown('autoscaling:DescribeScalingActivities gave a time that cannot be read')
  if (ends.length === 0) return known(undefined)
  return known(new Date(Math.max(...ends) + defaultCooldownSeconds * 1000).toISOString())
}
