import type { Application } from '../model/change.js'
import { type Group, healthyInServiceCount, isHealthyInService } from '../model/group.js'
import { minuteMs } from '../model/units.js'

/** What became of the instances that we added. */
export type Addition =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'coming'; readonly healthyNew: number }
  | { readonly kind: 'timed-out'; readonly why: string }
  /** Someone lowered desired capacity below ours: nothing of ours is left to judge. */
  | { readonly kind: 'lowered'; readonly why: string }

/**
 * Healthy when as many new instances as we added are InService and Healthy beside as many healthy ones as before. Being
 * late does not matter once they are: health is looked at before the timeout.
 */
export function judgeAddition(
  application: Application,
  live: Pick<Group, 'desiredCapacity' | 'instances'>,
  timing: { readonly now: Date; readonly healthTimeoutMinutes: number },
): Addition {
  const { from, to, healthyBefore, instancesBefore } = application
  if (live.desiredCapacity < to) {
    return { kind: 'lowered', why: `someone lowered desired capacity to ${live.desiredCapacity}, below our ${to}` }
  }
  const added = to - from
  const fresh = live.instances.filter((one) => isHealthyInService(one) && !instancesBefore.includes(one.instanceId))
  const enough = fresh.length >= added && healthyInServiceCount(live) >= healthyBefore + added
  if (enough) return { kind: 'healthy' }
  const since = Date.parse(application.raisedAt ?? application.startedAt)
  const { now, healthTimeoutMinutes } = timing
  if (now.getTime() - since < healthTimeoutMinutes * minuteMs) return { kind: 'coming', healthyNew: fresh.length }
  const why = `${fresh.length} of ${added} new instances were healthy after ${healthTimeoutMinutes} minutes`
  return { kind: 'timed-out', why }
}
