import { explainDesired } from './activities.js'
import { cronNames } from './cron.js'
import type { ScheduledActionScenario } from './group-scenario.js'
import type { GroupState } from './group-state.js'
import { moveInstances, reconcile } from './instance-lifecycle.js'
import { moveRefresh } from './instance-refresh.js'
import type { LaunchCatalogue } from './launch-templates.js'
import { measureMinute } from './measure-minute.js'
import { applyPolicies } from './scaling-policies.js'

/** Lives through the minute that starts at `atMs`. */
export function advanceGroup(group: GroupState, launches: LaunchCatalogue, historyEndMs: number, atMs: number): void {
  moveInstances(group, atMs)
  runSchedules(group, atMs)
  group.store.record(atMs, measureMinute(group, atMs))
  applyPolicies(group, atMs)
  moveRefresh(group, atMs)
  reconcile(group, launches, launchesFail(group, historyEndMs, atMs), atMs)
}

/** Whether an instance that is launched now will fail its health checks. */
export function launchesFail(group: GroupState, historyEndMs: number, atMs: number): boolean {
  const { health } = group.scenario
  if (health === undefined) return false
  return atMs >= (health.from === 'historyEnd' ? historyEndMs : Date.parse(health.from))
}

function runSchedules(group: GroupState, atMs: number): void {
  if (group.suspended.has('ScheduledActions')) return
  for (const action of group.scenario.scheduledActions ?? []) {
    if (cronNames(action.recurrence, atMs)) runSchedule(group, action, atMs)
  }
}

function runSchedule(group: GroupState, action: ScheduledActionScenario, atMs: number): void {
  group.minSize = action.minSize ?? group.minSize
  group.maxSize = action.maxSize ?? group.maxSize
  const wanted = action.desiredCapacity ?? group.desiredCapacity
  const desired = Math.min(group.maxSize, Math.max(group.minSize, wanted))
  if (desired === group.desiredCapacity) return
  const what = `a scheduled action update of AutoScalingGroup constraints to min: ${group.minSize}, max: ${group.maxSize}, desired: ${desired}`
  explainDesired(group, atMs, what, group.desiredCapacity, desired)
  group.desiredCapacity = desired
}
