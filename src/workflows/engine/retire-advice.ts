import type { GroupReport } from '../../core/model/group-report.js'
import type { HoldReason } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { isCurrent } from '../../core/model/report-rules.js'
import { hourMs } from '../../core/model/units.js'
import { type AnalysisFault, faultOf } from '../analyse/group-analysis.js'
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
 * Groups that could not be judged, and those without a new report, keep theirs: unknown means hold. So does advice that
 * a newer analysis has recorded whose report is still to come. What an earlier run ended without
 * closing its page is closed too. One failing change fails alone.
 */
export async function retireAdvice(deps: Deps, reports: readonly GroupReport[]): Promise<readonly AnalysisFault[]> {
  const now = deps.clock.now()
  const judgedAt = new Map(
    reports.filter((report) => isJudgement(report, now)).map(({ group, at }) => [group.groupKey, at]),
  )
  const current = new Set(reports.flatMap(({ advised }) => advised ?? []))
  const faults: AnalysisFault[] = []
  for (const one of await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })) {
    try {
      if (isLeftOpen(one)) await closeLeftOpen(deps, one)
      else if (one.timestamp <= (judgedAt.get(one.groupKey) ?? '') && waiting.includes(one.change.state)) {
        if (current.has(one.id)) await forget(deps, one)
        else await retireOne(deps, one)
      }
    } catch (error) {
      faults.push(faultOf(one.groupKey, error))
      deps.journal.failure('advice could not be retired', error, { changeId: one.changeId })
    }
  }
  return faults
}

function isJudgement(report: GroupReport, now: Date): boolean {
  const { scored, hold, advised } = report
  const looked = advised !== undefined && scored.kind === 'scored' && !(hold && unjudged.includes(hold.reason))
  return looked && isCurrent(report, now)
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
