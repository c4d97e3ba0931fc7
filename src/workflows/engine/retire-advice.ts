import type { HoldReason } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { hourMs } from '../../core/model/units.js'
import type { AnalysisFault, GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'
import { adoptClaim } from './adopt-claim.js'
import { closeOut, isLeftOpen } from './close-out.js'

/** Advice must be missing this long before a pull request of it is closed: one odd window closes nothing. */
const patienceMs = 24 * hourMs

/** Holds of a group about whose other advice this pass says nothing. */
const unjudged: readonly HoldReason[] = ['fact-unknown', 'change-in-flight']

const waiting: readonly string[] = ['recorded', 'claimed', 'proposed', 'refused']

/**
 * Ends advice that the newest analysis no longer gives: rows at once, a pull request or issue after a day without it.
 * Groups that could not be judged in this pass keep theirs: unknown means hold. What an earlier run ended without
 * closing its page is closed too. One failing change fails alone.
 */
export async function retireAdvice(
  deps: Deps,
  analyses: readonly GroupAnalysis[],
  advised: readonly Recommendation[],
  unrecorded: readonly string[] = [],
): Promise<readonly AnalysisFault[]> {
  const judged = judgedGroups(analyses, unrecorded)
  const current = new Set(advised.map(({ id }) => id))
  const faults: AnalysisFault[] = []
  for (const one of await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })) {
    try {
      if (isLeftOpen(one)) await closeLeftOpen(deps, one)
      else if (judged.has(one.groupKey) && waiting.includes(one.change.state)) {
        if (current.has(one.id)) await forget(deps, one)
        else await retireOne(deps, one)
      }
    } catch (error) {
      faults.push({ scope: one.groupKey, error: error instanceof Error ? error : new Error(String(error)) })
      deps.journal.failure('advice could not be retired', error, { changeId: one.changeId })
    }
  }
  return faults
}

function judgedGroups(analyses: readonly GroupAnalysis[], unrecorded: readonly string[]): ReadonlySet<string> {
  const judged = analyses.filter(
    ({ scored, hold }) => scored.kind === 'scored' && !(hold && unjudged.includes(hold.reason)),
  )
  return new Set(judged.map(({ group }) => group.groupKey).filter((key) => !unrecorded.includes(key)))
}

async function closeLeftOpen(deps: Deps, ended: Recommendation): Promise<void> {
  if (deps.host) await closeOut(deps, deps.host, ended)
}

async function retireOne(deps: Deps, one: Recommendation): Promise<void> {
  const { state } = one.change
  if (state === 'claimed' && deps.host && (await adoptClaim(deps, deps.host, one))) return
  if (state === 'recorded' || state === 'claimed') {
    await supersede(deps, one)
    return
  }
  if (await unadvisedFor(deps, keyOf(one), patienceMs)) await withdraw(deps, one)
}

function keyOf({ changeId }: Recommendation): string {
  return `unadvised#${changeId}`
}

/** Advice that came back starts a new clock the next time it is missing. */
async function forget(deps: Deps, one: Recommendation): Promise<void> {
  if (one.change.state === 'recorded') return
  if (await deps.notebook.read(keyOf(one))) await deps.notebook.write(keyOf(one), {}, deps.clock.now())
}

/** Whether this change has been without advice for so long; the first look starts the clock. */
async function unadvisedFor(deps: Deps, key: string, ms: number): Promise<boolean> {
  const now = deps.clock.now()
  const since = await deps.notebook.read<{ readonly at: string }>(key)
  if (since) return now.getTime() - Date.parse(since.at) >= ms
  await deps.notebook.write(key, { at: now.toISOString() }, new Date(now.getTime() + 3 * ms))
  return false
}

async function supersede(deps: Deps, recommendation: Recommendation): Promise<Recommendation | undefined> {
  const why = 'the newest analysis no longer asks for it'
  return deps.recommendations.save({
    ...recommendation,
    status: 'FAILED',
    change: { ...recommendation.change, state: 'superseded', why },
  })
}

async function withdraw(deps: Deps, recommendation: Recommendation): Promise<void> {
  const ended = await supersede(deps, recommendation)
  if (ended && deps.host) await closeOut(deps, deps.host, ended)
  deps.journal.outcome('change withdrawn', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
}
