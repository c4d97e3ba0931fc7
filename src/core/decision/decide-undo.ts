import type { Application } from '../model/change.js'
import { type Group, healthyInServiceCount } from '../model/group.js'
import { type CapacityChange, capacityChangesSince } from './capacity-changes.js'

/** Whether our unfinished addition may be taken back, and to which desired capacity; or why it is left. */
export type Undo = { readonly kind: 'undo'; readonly to: number } | { readonly kind: 'leave'; readonly why: string }

type Live = Pick<Group, 'desiredCapacity' | 'minSize' | 'instances' | 'activities'>

/**
 * The only live reduction there is (DESIGN.md rule 1): by at most what we added, never below the highest value anyone
 * asked for since, and only while as many healthy instances are in service as before. What cannot be seen is left.
 */
export function decideUndo(application: Application, live: Live): Undo {
  const { from, to, healthyBefore } = application
  const { desiredCapacity } = live
  if (desiredCapacity > to) return leave(`someone asked for ${desiredCapacity} since`)
  if (desiredCapacity < to) return leave(`someone lowered desired capacity to ${desiredCapacity} since`)
  const healthy = healthyInServiceCount(live)
  if (healthy < healthyBefore) return leave(`only ${healthy} healthy instances are in service, ${healthyBefore} were`)
  if (live.activities.kind === 'unknown') return leave(`the activities are unknown: ${live.activities.why}`)
  const changes = capacityChangesSince(live.activities.value, application.startedAt)
  const ours = changes.find((change) => isOurRaise(change, application))
  if (!ours) return leave('the activities do not show that the present capacity came from us alone')
  const asked = changes.filter((change) => change !== ours).map((change) => change.to)
  const target = Math.max(from, live.minSize, ...asked)
  return target < desiredCapacity ? { kind: 'undo', to: target } : leave(`someone asked for ${target} since`)
}

/** What the group shows after our undo was written. */
export type UndoSeen =
  | { readonly kind: 'alone' }
  /** Someone asked for more between our last read and our write: it must be given back. */
  | { readonly kind: 'overtook'; readonly asked: number }
  /** Someone changed it after us: what they asked stands. */
  | { readonly kind: 'changed-since' }
  | { readonly kind: 'not-shown-yet' }

/**
 * Whether our write of `undoTo` overtook what someone asked for: AWS's activities say from what to what each write
 * changed the desired capacity.
 */
export function seeUndo(application: Application, undoTo: number, live: Live): UndoSeen {
  if (live.activities.kind === 'unknown') return { kind: 'not-shown-yet' }
  const changes = capacityChangesSince(live.activities.value, application.startedAt)
  const last = changes.at(-1)
  if (last?.to !== undoTo || live.desiredCapacity !== undoTo) {
    return { kind: live.desiredCapacity === undoTo ? 'not-shown-yet' : 'changed-since' }
  }
  const others = changes.slice(0, -1).filter((change) => !isOurRaise(change, application))
  const overtook = last.from > undoTo && (last.from !== application.to || others.some((change) => change.to > undoTo))
  return overtook ? { kind: 'overtook', asked: last.from } : { kind: 'alone' }
}

/** Whether a change is our raised floor taking effect; only a change of limits to exactly our floor is. */
export function isOurRaise(change: CapacityChange, { to }: Application): boolean {
  return change.to === to && change.minSize === to
}

function leave(why: string): Undo {
  return { kind: 'leave', why }
}
