import type { CpuState } from '../../core/analysis/cpu-rules.js'
import type { GroupKey } from '../../core/model/group.js'
import { shortHash } from '../../core/model/identity.js'
import { hourMs } from '../../core/model/units.js'
import type { Deps } from '../deps.js'

type States = Readonly<Record<GroupKey, CpuState>>

/** Notes that the states are spread over: one may have 400 KB. */
const shards = '0123456789abcdef'
/** A state that nobody has confirmed for so long is forgotten: it would start its work again. */
const keptMs = 6 * hourMs

export interface StateChanges {
  readonly changed: ReadonlyMap<GroupKey, CpuState>
  /** Stores the states, once their work is done: a run that died before starts it again. */
  readonly remember: () => Promise<void>
}

/**
 * Groups that have come into a state since the last look, at most `limit`: the rest count as new in the next look. Like
 * an alarm, a state that goes on starts nothing again.
 */
export async function stateChanges(
  { notebook, clock }: Pick<Deps, 'notebook' | 'clock'>,
  states: ReadonlyMap<GroupKey, CpuState>,
  limit: number,
): Promise<StateChanges> {
  const changed = new Map<GroupKey, CpuState>()
  const notes = new Map<string, States>()
  for (const shard of shards) {
    const key = `cpu-states#${shard}`
    const before = await notebook.read<States>(key)
    const next: Record<GroupKey, CpuState> = {}
    for (const [groupKey, state] of states) {
      if (!shortHash(groupKey).startsWith(shard)) continue
      const isNew = before?.[groupKey] !== state
      if (isNew && changed.size >= limit) continue
      if (isNew) changed.set(groupKey, state)
      next[groupKey] = state
    }
    if (before || Object.keys(next).length > 0) notes.set(key, next)
  }
  const expiresAt = new Date(clock.now().getTime() + keptMs)
  const remember = async () => {
    for (const [key, next] of notes) await notebook.write(key, next, expiresAt)
  }
  return { changed, remember }
}
