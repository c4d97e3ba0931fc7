import type { Recommendation } from '../../core/model/recommendation.js'
import { dayOf } from '../../core/proposal/figures.js'
import { code, escaped, md, own } from '../../core/proposal/markdown.js'
import { noticeView } from '../../core/proposal/notice-page.js'
import type { CodeHost, Deps } from '../deps.js'

export interface No {
  readonly by: string
  readonly at: string
  readonly because?: string
}

/**
 * A person's no: remembered with who, when, why and the saving of that day; what is still open of it is closed.
 * Remembering comes first, so that a crash in between forgets nothing.
 */
export async function declineChange(
  deps: Pick<Deps, 'recommendations' | 'render' | 'journal'>,
  host: CodeHost,
  recommendation: Recommendation,
  no: No,
): Promise<Recommendation | undefined> {
  const { change } = recommendation
  const declined = { ...no, monthlyUsd: recommendation.monthlyUsd }
  const saved = change.declined
    ? recommendation
    : await deps.recommendations.save({
        ...recommendation,
        status: 'FAILED',
        change: { ...change, state: 'declined', declined },
      })
  if (!saved) return undefined

  const why = md`${code(no.by)} said no on ${dayOf(no.at)}${no.because ? md`: ${escaped(no.because)}` : own('')}.`
  const body = deps.render('notice', noticeView(`${recommendation.changeId}.declined`, own('Closed.'), why))
  if (change.pullRequest) await host.pullRequests.close(change.pullRequest.repository, change.pullRequest.number, body)
  if (change.issue) await host.issues.close(change.issue.repository, change.issue.number)
  deps.journal.outcome('change declined', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
  return saved
}
