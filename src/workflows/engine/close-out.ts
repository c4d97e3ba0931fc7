import type { Change } from '../../core/model/change.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayOf } from '../../core/proposal/figures.js'
import { code, escaped, type Markdown, md, own } from '../../core/proposal/markdown.js'
import { noticeView } from '../../core/proposal/notice-page.js'
import type { CodeHost, Deps } from '../deps.js'

/** Whether a change was ended from outside its pull request or issue, and one of them may still be open. */
export function isLeftOpen({ change }: Recommendation): boolean {
  const ended = change.state === 'declined' || change.state === 'superseded'
  const out = change.pullRequest !== undefined || change.issue !== undefined
  return ended && out && change.closedOutAt === undefined
}

/**
 * Closes the pull request and the issue of a change that has ended, with one comment that says why, and remembers that
 * it is done. The end is stored before; whatever dies in between is finished by the next run.
 */
export async function closeOut(
  deps: Pick<Deps, 'recommendations' | 'render' | 'journal' | 'clock'>,
  host: CodeHost,
  ended: Recommendation,
): Promise<Recommendation> {
  const { change, changeId } = ended
  const { headline, text } = wordsOf(change)
  const body = deps.render('notice', noticeView(`${changeId}.${change.state}`, headline, text))
  if (change.pullRequest) await host.pullRequests.close(change.pullRequest.repository, change.pullRequest.number, body)
  if (change.issue) await host.issues.close(change.issue.repository, change.issue.number)
  const closedOutAt = deps.clock.now().toISOString()
  const saved = await deps.recommendations.save({ ...ended, change: { ...change, closedOutAt } })
  deps.journal.outcome('change closed', { changeId, groupKey: ended.groupKey, state: change.state })
  return saved ?? ended
}

function wordsOf({ state, declined, why }: Change): { readonly headline: Markdown; readonly text: Markdown } {
  if (state === 'declined' && declined) {
    const because = declined.because ? md`: ${escaped(declined.because)}` : own('')
    return { headline: own('Closed.'), text: md`${code(declined.by)} said no on ${dayOf(declined.at)}${because}.` }
  }
  const reason = why === undefined ? own('') : md` (${escaped(why)})`
  return {
    headline: own('Closed as obsolete.'),
    text: md`The demand of the last days no longer asks for this change${reason}. It is raised again if it does.`,
  }
}
