import type { Recommendation } from '../../core/model/recommendation.js'
import { hourMs } from '../../core/model/units.js'
import { own } from '../../core/proposal/markdown.js'
import { noticeView } from '../../core/proposal/notice-page.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'

/** Advice must be missing this long before a pull request of it is closed: one odd window closes nothing. */
const patienceMs = 24 * hourMs

/**
 * Ends advice that the newest analysis no longer gives: rows at once, a pull request or issue after a day without it.
 * Groups that could not be judged in this pass keep theirs: unknown means hold.
 */
export async function retireAdvice(
  deps: Deps,
  analyses: readonly GroupAnalysis[],
  advised: readonly Recommendation[],
): Promise<void> {
  const judged = new Set(
    analyses
      .filter(({ scored, hold }) => scored.kind === 'scored' && hold?.reason !== 'fact-unknown')
      .map(({ group }) => group.groupKey),
  )
  const current = new Set(advised.map(({ id }) => id))
  const stale = (await deps.recommendations.list({ status: 'PENDING', limit: Number.POSITIVE_INFINITY })).filter(
    (one) => judged.has(one.groupKey) && ['recorded', 'proposed', 'refused'].includes(one.change.state),
  )
  for (const one of stale) {
    const key = `unadvised#${one.changeId}`
    if (current.has(one.id)) {
      await forget(deps, key)
      continue
    }
    if (one.change.state === 'recorded') await supersede(deps, one)
    else if (await unadvisedFor(deps, key, patienceMs)) await withdraw(deps, one)
  }
}

/** Advice that came back starts a new clock the next time it is missing. */
async function forget(deps: Deps, key: string): Promise<void> {
  if (await deps.notebook.read(key)) await deps.notebook.write(key, {}, deps.clock.now())
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
  if (!(await supersede(deps, recommendation)) || !deps.host) return
  const { pullRequest, issue } = recommendation.change
  const text = own('The demand of the last days no longer asks for this change. It is raised again if it does.')
  const body = deps.render(
    'notice',
    noticeView(`${recommendation.changeId}.superseded`, own('Closed as obsolete.'), text),
  )
  if (pullRequest) await deps.host.pullRequests.close(pullRequest.repository, pullRequest.number, body)
  if (issue) await deps.host.issues.close(issue.repository, issue.number)
  deps.journal.outcome('change withdrawn', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
}
