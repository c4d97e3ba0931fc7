import type { ScalingActivity } from '../model/group.js'
import type { IsoTime } from '../model/units.js'

/** One change of desired capacity, as the cause of an activity tells it. */
export interface CapacityChange {
  readonly from: number
  readonly to: number
  /** The new minimum, when the change came from a change of the group's limits. */
  readonly minSize?: number
}

const sentence = /At (\S+Z)[^.]*?changing the desired capacity from (\d+) to (\d+)/g
const limits = /constraints to min: (\d+)/

/**
 * Every change of desired capacity since a time, oldest first. AWS quotes the same sentence in the activity of each
 * instance, and several sentences in one activity; its times are whole seconds. Source of the wording:
 * DescribeScalingActivities, `Cause`.
 * @example capacityChangesSince([{ cause: 'At 2026-11-24T12:00:00Z a user request explicitly set group desired capacity changing the desired capacity from 4 to 6.', … }], '2026-11-24T11:00:00Z') // [{ from: 4, to: 6 }]
 */
export function capacityChangesSince(
  activities: readonly ScalingActivity[],
  since: IsoTime,
): readonly CapacityChange[] {
  const sinceMs = Math.floor(Date.parse(since) / 1000) * 1000
  const oldestFirst = [...activities].reverse().sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const found = new Map<string, { readonly atMs: number; readonly change: CapacityChange }>()
  for (const { cause } of oldestFirst) {
    for (const match of cause.matchAll(sentence)) {
      const [text, at, from, to] = match
      const atMs = Date.parse(String(at))
      const minSize = limits.exec(text)?.[1]
      const change = { from: Number(from), to: Number(to), ...(minSize ? { minSize: Number(minSize) } : {}) }
      if (atMs >= sinceMs && !found.has(text)) found.set(text, { atMs, change })
    }
  }
  return [...found.values()].sort((a, b) => a.atMs - b.atMs).map(({ change }) => change)
}
