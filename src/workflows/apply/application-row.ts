import type { Application, ChangeState } from '../../core/model/change.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../deps.js'
import type { Guard } from '../lease.js'
import type { Applied } from '../pass/pass.js'

/** What live work on one group needs from outside. */
export type ApplyDeps = Pick<
  Deps,
  | 'clock'
  | 'fleet'
  | 'signals'
  | 'market'
  | 'journal'
  | 'selection'
  | 'recommendations'
  | 'leases'
  | 'notebook'
  | 'capacity'
  | 'owner'
>

/** A row whose intent is recorded. */
export interface ApplicationRow extends Recommendation {
  readonly change: Recommendation['change'] & { readonly application: Application }
}

/** One live change under way: the row as last stored, and the proof that this run may write. */
export interface Underway {
  readonly deps: ApplyDeps
  readonly guard: Guard
  readonly policy: Policy
  readonly row: ApplicationRow
}

/** Stores how far the change came. Throws `conflict` when another run was first: the next run takes it from there. */
export async function noteProgress(
  underway: Underway,
  progress: Partial<Application>,
  state?: ChangeState,
): Promise<Underway> {
  const { row } = underway
  const application = { ...row.change.application, ...progress }
  return {
    ...underway,
    row: await store(underway.deps, {
      ...row,
      change: { ...row.change, application, state: state ?? row.change.state },
    }),
  }
}

/** Stores the row, or throws `conflict` when its revision has moved on. */
export async function store<R extends Recommendation>(deps: Pick<Deps, 'recommendations'>, row: R): Promise<R> {
  const saved = await deps.recommendations.save(row)
  if (saved) return saved as R
  throw new TrimtabError('conflict', `storing ${row.id}: another run changed it first; the next run goes on from there`)
}

const ends = {
  succeeded: { state: 'applied', status: 'COMPLETED' },
  rolledBack: { state: 'rolledBack', status: 'FAILED' },
  failed: { state: 'failed', status: 'FAILED' },
} as const

/** Ends the change with its result and why. */
export async function endApplication(underway: Underway, result: Applied['result'], why: string): Promise<Applied> {
  const { deps, row } = underway
  const { state, status } = ends[result]
  const application = { ...row.change.application, result, resultAt: deps.clock.now().toISOString() }
  await store(deps, { ...row, status, change: { ...row.change, application, state, why } })
  const { groupKey, changeId } = row
  deps.journal.outcome('live scale-up ended', { groupKey, changeId, result, reason: why })
  return { groupKey, from: application.from, to: application.to, result }
}
