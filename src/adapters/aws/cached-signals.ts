import type { Group, GroupKey } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { SeriesSpan } from '../../core/model/series.js'
import type { Signals } from '../../core/model/signals.js'
import type { SignalReader } from '../../ports.js'
import { continuedBy, overlapOf } from './continue-signals.js'

/** Points of the last hour are asked for again: CloudWatch may complete them late. */
const lateSteps = 12

/** Groups kept at once: about 150 KB each. The one that was asked for longest ago goes first. */
const mostKept = 500

/** What is kept of a group: its newest signals, and by which names they were read. */
interface Kept {
  readonly signals: Signals
  readonly readBy: string
}

/**
 * A reader that asks for each group's history once and then only for what is new, as long as the process lives. A
 * series that could be read before and cannot be now, or the other way round, is read anew as a whole: what is kept
 * never stands in for an answer. Other metric names or target groups, or an earlier window, are read anew too. A look at
 * some series only is neither answered from what is kept nor kept.
 */
export function cachedSignals(reader: SignalReader): SignalReader {
  const cache = new Map<GroupKey, Kept>()

  return {
    async read(groups, window, policyOf, only) {
      if (only) return reader.read(groups, window, policyOf, only)
      const found = new Map<GroupKey, Signals>()
      for (const [overlap, its] of byOverlap(groups, (group) =>
        overlapFor(cache.get(group.groupKey), group, policyOf, window),
      )) {
        const tail = overlap === 0 ? window : lastSteps(window, window.steps - overlap + lateSteps)
        for (const [key, signals] of await reader.read(its, tail, policyOf)) {
          const kept = overlap === 0 ? undefined : cache.get(key)?.signals
          const whole = kept ? continuedBy(kept, signals, window) : signals
          if (whole) found.set(key, whole)
        }
      }
      const anew = groups.filter(({ groupKey }) => !found.has(groupKey))
      if (anew.length > 0)
        for (const [key, signals] of await reader.read(anew, window, policyOf)) found.set(key, signals)
      for (const group of groups) {
        const signals = found.get(group.groupKey)
        if (signals) keep(cache, { signals, readBy: readBy(group, policyOf(group)) })
      }
      return found
    },
  }
}

/** A shorter or earlier window is for one look: it does not push out what the next pass goes on from. */
function keep(cache: Map<GroupKey, Kept>, next: Kept): void {
  const { group, window } = next.signals
  const earlier = cache.get(group.groupKey)
  const oneLook = earlier?.readBy === next.readBy && isOneLook(earlier.signals.window, window)
  cache.delete(group.groupKey)
  cache.set(group.groupKey, oneLook ? earlier : next)
  const [oldest] = cache.keys()
  if (cache.size > mostKept && oldest !== undefined) cache.delete(oldest)
}

function isOneLook(kept: SeriesSpan, window: SeriesSpan): boolean {
  const goesOn = overlapOf(kept, window) > 0 && endOf(window) >= endOf(kept)
  return goesOn ? window.steps < kept.steps : endOf(window) < endOf(kept)
}

/** Steps at the start of the window that are kept already; 0 where it must be read as a whole. */
function overlapFor(
  kept: Kept | undefined,
  group: Group,
  policyOf: (group: Group) => Policy,
  window: SeriesSpan,
): number {
  if (!kept || kept.readBy !== readBy(group, policyOf(group))) return 0
  const overlap = overlapOf(kept.signals.window, window)
  return overlap > lateSteps ? overlap : 0
}

/** What decides which metrics are asked for. */
function readBy({ name, targetGroupArns, launch }: Group, { metrics }: Policy): string {
  const type = launch.kind === 'known' ? launch.value.instanceType : undefined
  return JSON.stringify([name, targetGroupArns, type, metrics])
}

/** Groups that ask for the same span share requests. */
function byOverlap(
  groups: readonly Group[],
  overlapFor: (group: Group) => number,
): ReadonlyMap<number, readonly Group[]> {
  const grouped = new Map<number, Group[]>()
  for (const group of groups) {
    const overlap = overlapFor(group)
    grouped.set(overlap, [...(grouped.get(overlap) ?? []), group])
  }
  return grouped
}

function lastSteps(window: SeriesSpan, steps: number): SeriesSpan {
  const startMs = endOf(window) - steps * window.periodSeconds * 1000
  return { ...window, startAt: new Date(startMs).toISOString(), steps }
}

function endOf({ startAt, steps, periodSeconds }: SeriesSpan): number {
  return Date.parse(startAt) + steps * periodSeconds * 1000
}
