import type { GroupKey } from '../../core/model/group.js'
import { dayMs } from '../../core/model/units.js'

/** The note that says when Trimtab last changed a group's capacity (ISO time). */
export function lastActionKey(groupKey: GroupKey): string {
  return `last-action#${groupKey}`
}

/** The counter of live actions on a group on one UTC day. */
export function actionsKey(groupKey: GroupKey, now: Date): string {
  return `actions#${groupKey}#${now.toISOString().slice(0, 10)}`
}

/** A day's counter may go once the day after has passed. */
export function actionsExpiry(now: Date): Date {
  return new Date(now.getTime() + 2 * dayMs)
}
