import { calibrationOf } from '../../core/cost/calibration.js'
import { provedInStaging } from '../../core/decision/roll-out.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import type { CodeHost, Deps } from '../deps.js'
import { decideAndNote } from '../inputs/note-decision.js'
import { type Guard, repositoryLease, withLease } from '../lease.js'
import type { DecidedGroup, ProposedPage } from '../pass/pass.js'
import { proposeChange } from '../propose/propose-change.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import { type Turn, turnFaults } from './turn.js'

interface ProposeOutcome {
  readonly decisions: readonly DecidedGroup[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Takes the turns of each repository under its lease, because limits and ranking belong to the repository. One that
 * another run works on is left to that run: what would be decided is still said.
 */
export async function proposeInRepositories(deps: Deps, turns: readonly Turn[]): Promise<ProposeOutcome> {
  const outcomes: ProposeOutcome[] = []
  for (const [repository, own] of byRepository(turns)) {
    const { host } = deps
    const acts = host && repository !== '' && own.some(({ placed }) => placed.policy.mode !== 'observe')
    const done = acts
      ? await withLease(deps, repositoryLease(repository), (guard) => takeTurns(deps, own, { host, guard }))
      : undefined
    outcomes.push(done ?? (await takeTurns(deps, own)))
  }
  return {
    decisions: outcomes.flatMap(({ decisions }) => decisions),
    proposed: outcomes.flatMap(({ proposed }) => proposed),
    faults: outcomes.flatMap(({ faults }) => faults),
  }
}

/** The name is empty for groups without a repository. */
function byRepository(turns: readonly Turn[]): ReadonlyMap<string, readonly Turn[]> {
  const grouped = new Map<string, Turn[]>()
  for (const turn of turns) {
    const name = turn.placed.code.repository?.name ?? ''
    grouped.set(name, [...(grouped.get(name) ?? []), turn])
  }
  return grouped
}

interface Acting {
  readonly host: CodeHost
  readonly guard: Guard
}

/** The rows are read once, under the lease; what this run does itself is added to them. */
async function takeTurns(deps: Deps, turns: readonly Turn[], acting?: Acting): Promise<ProposeOutcome> {
  const decisions: DecidedGroup[] = []
  const proposed: ProposedPage[] = []
  const faults: AnalysisFault[] = []
  let rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  for (const { recommendation: recorded, placed } of halfDoneFirst(turns, rows)) {
    if (timeIsUp(deps)) return { decisions, proposed, faults: [...faults, leftUndone('not every proposal was made')] }
    const recommendation = newest(rows, recorded)
    try {
      const open = { recommendations: rows, now: deps.clock.now() }
      const decision = await decideAndNote(deps, placed, recommendation, open)
      decisions.push({ groupKey: recommendation.groupKey, recommendationId: recommendation.id, decision })
      if (decision.kind !== 'propose' || !acting) continue
      const done = await propose(deps, acting, placed, recommendation, rows)
      if (done) proposed.push(done.page)
      if (done) rows = withRow(rows, done.row)
    } catch (error) {
      faults.push(...turnFaults(deps, recommendation, error))
      rows = withRow(rows, asClaimed(deps, recommendation, placed))
    }
  }
  return { decisions, proposed, faults }
}

/** What an earlier run claimed and did not finish comes before anything new may take its place under the limits. */
function halfDoneFirst(turns: readonly Turn[], rows: readonly Recommendation[]): readonly Turn[] {
  const claimed = ({ recommendation }: Turn) => newest(rows, recommendation).change.state === 'claimed'
  return [...turns.filter(claimed), ...turns.filter((turn) => !claimed(turn))]
}

/** An index may lag behind what this run has just recorded. */
function newest(rows: readonly Recommendation[], recorded: Recommendation): Recommendation {
  const listed = rows.find(({ id }) => id === recorded.id)
  return listed && listed.revision > recorded.revision ? listed : recorded
}

function withRow(rows: readonly Recommendation[], row: Recommendation): readonly Recommendation[] {
  return [...rows.filter(({ id }) => id !== row.id), row]
}

/** A turn that failed half-way may have opened its page: it keeps a place under the limits. */
function asClaimed({ clock }: Deps, recommendation: Recommendation, { code }: PlacedGroup): Recommendation {
  const { change } = recommendation
  if (change.state !== 'recorded' || !code.repository) return recommendation
  const claimed = { state: 'claimed' as const, claimedIn: code.repository.name, claimedAt: clock.now().toISOString() }
  return { ...recommendation, change: { ...change, ...claimed } }
}

async function propose(
  deps: Deps,
  { host, guard }: Acting,
  { group, policy, code }: PlacedGroup,
  recommendation: Recommendation,
  rows: readonly Recommendation[],
): Promise<{ readonly page: ProposedPage; readonly row: Recommendation } | undefined> {
  const { declined: earlierNo } = recommendation.change
  const promises = calibrationOf(recommendation.type, rows)
  const staged = provedInStaging(recommendation, rows, policy.promoteFrom)
  const proposal = { recommendation, group, policy, code, earlierNo, promises, staged }
  const done = await proposeChange(deps, host, proposal, guard)
  const row = done?.recommendation
  const ref = row && (row.change.pullRequest ?? row.change.issue)
  if (!done || !row || !ref) return undefined
  const { id: recommendationId, groupKey } = row
  return { row, page: { groupKey, recommendationId, repository: ref.repository, number: ref.number, kind: done.kind } }
}
