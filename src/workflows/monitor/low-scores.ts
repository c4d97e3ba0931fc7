import type { GroupKey } from '../../core/model/group.js'
import { hourMs } from '../../core/model/units.js'
import type { Deps } from '../deps.js'

/** A score under this is investigated (S75). */
export const investigatedBelow = 70

/** The worst are kept: a note has room for some thousand. */
const mostNoted = 1000
const keptMs = 2 * hourMs
const key = 'low-scores'

type Scores = readonly (readonly [GroupKey, number])[]

/** The groups whose last score is under 70, worst first, as the monitoring runs note them. */
export function lowScores({ notebook, clock }: Pick<Deps, 'notebook' | 'clock'>): {
  note(scores: ReadonlyMap<GroupKey, number>): Promise<void>
  /** Undefined where no monitoring run has looked lately. */
  read(): Promise<Scores | undefined>
} {
  return {
    async note(scores) {
      const low = [...scores].filter(([, score]) => score < investigatedBelow).sort((a, b) => a[1] - b[1])
      await notebook.write(key, low.slice(0, mostNoted), new Date(clock.now().getTime() + keptMs))
    },
    read: () => notebook.read<Scores>(key),
  }
}
