import { policyFor } from '../../config/policy-for.js'
import type { ChangeState, Declined } from '../../core/model/change.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import type { CodeHost, Deps } from '../deps.js'
import { readRepository } from '../estate/read-estate.js'
import { closeOut, isLeftOpen } from './close-out.js'

export interface No {
  readonly by: string
  readonly at: string
  readonly because?: string
}

/** States in which a change still waits for people. */
export const waitingStates: readonly ChangeState[] = ['recorded', 'claimed', 'proposed', 'refused', 'snoozed']

const attempts = 3

/**
 * A person's no: remembered with who, when, why and the saving of that day; what is still open of it is closed.
 * Remembering comes first, so that a crash in between forgets nothing. Undefined where the change waits for nobody any
 * more, or another run was first each time.
 */
export async function declineChange(
  deps: Pick<Deps, 'recommendations' | 'render' | 'journal' | 'deployment' | 'clock'>,
  host: CodeHost,
  { id }: Pick<Recommendation, 'id'>,
  no: No,
): Promise<Recommendation | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const row = await deps.recommendations.find(id)
    if (!row) return undefined
    if (row.change.state === 'declined') return isLeftOpen(row) ? closeOut(deps, host, row) : row
    if (!waitingStates.includes(row.change.state)) return undefined
    const declined = await termsOf(deps, host, row, no)
    const change = { ...row.change, state: 'declined' as const, declined }
    const saved = await deps.recommendations.save({ ...row, status: 'FAILED', change })
    if (!saved) continue
    deps.journal.outcome('change declined', { changeId: row.changeId, groupKey: row.groupKey })
    return closeOut(deps, host, saved)
  }
  return undefined
}

/** The no with the terms that the repository's settings give it on that day. */
async function termsOf(
  deps: Pick<Deps, 'deployment'>,
  host: CodeHost,
  { change, environment, monthlyUsd }: Recommendation,
  no: No,
): Promise<Declined> {
  const name = (change.pullRequest ?? change.issue)?.repository
  const config = name === undefined ? undefined : (await readRepository(host, name)).config
  const { declinedDays, reraiseFactor } = policyFor(config, environment, deps.deployment).pullRequests
  const untilAt = new Date(Date.parse(no.at) + declinedDays * dayMs).toISOString()
  return { ...no, monthlyUsd, untilAt, reraiseFactor }
}
