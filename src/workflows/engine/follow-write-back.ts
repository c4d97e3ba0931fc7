import type { GroupKey } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import type { CodeHost, Deps } from '../deps.js'

/** A no to one write-back holds for later ones of the group, unless they are this much larger. */
const reraiseFactor = 1.5
const declinedDays = 180

interface WriteBackNo {
  readonly by: string
  readonly at: string
  readonly to: number
}

/** Sees what became of a write-back's pull request; closed unmerged is a no, remembered for the group. */
export async function followWriteBack(
  deps: Pick<Deps, 'recommendations' | 'notebook' | 'clock' | 'journal'>,
  host: CodeHost,
  recommendation: Recommendation,
): Promise<void> {
  const { writeBack, writeBackEnded, application } = recommendation.change
  if (!writeBack || writeBackEnded || !application) return
  const seen = await host.pullRequests.find(writeBack.repository, writeBack.branch)
  if (!seen || seen.state === 'open') return
  const at = seen.mergedAt ?? seen.closedAt ?? deps.clock.now().toISOString()
  const by = seen.state === 'closed' ? (seen.closedBy ?? 'someone') : undefined
  const { groupKey, changeId } = recommendation
  if (by !== undefined) {
    const no: WriteBackNo = { by, at, to: application.to }
    await deps.notebook.write(noKey(groupKey), no, new Date(deps.clock.now().getTime() + declinedDays * dayMs))
  }
  const ended = { kind: seen.state, at, ...(by !== undefined && { by }) }
  await deps.recommendations.save({ ...recommendation, change: { ...recommendation.change, writeBackEnded: ended } })
  deps.journal.outcome('write-back ended', { changeId, groupKey, state: seen.state })
}

/** Why a capacity is not proposed for the code: somebody said no to about as much before. */
export async function writeBackNo(
  deps: Pick<Deps, 'notebook'>,
  groupKey: GroupKey,
  to: number,
): Promise<string | undefined> {
  const no = await deps.notebook.read<WriteBackNo>(noKey(groupKey))
  return no && to < no.to * reraiseFactor ? `${no.by} closed the one for ${no.to} at ${no.at}` : undefined
}

function noKey(groupKey: GroupKey): string {
  return `write-back-no#${groupKey}`
}
