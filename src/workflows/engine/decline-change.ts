import { policyFor } from '../../config/policy-for.js'
import type { Declined } from '../../core/model/change.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import { dayOf } from '../../core/proposal/figures.js'
import { code, escaped, md, own } from '../../core/proposal/markdown.js'
import { noticeView } from '../../core/proposal/notice-page.js'
import type { CodeHost, Deps } from '../deps.js'
import { readRepository } from '../estate/read-estate.js'

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
  deps: Pick<Deps, 'recommendations' | 'render' | 'journal' | 'deployment'>,
  host: CodeHost,
  recommendation: Recommendation,
  no: No,
): Promise<Recommendation | undefined> {
  const { change } = recommendation
  const saved =
    change.state === 'declined'
      ? recommendation
      : await deps.recommendations.save({
          ...recommendation,
          status: 'FAILED',
          change: { ...change, state: 'declined', declined: await termsOf(deps, host, recommendation, no) },
        })
  if (!saved) return undefined

  const why = md`${code(no.by)} said no on ${dayOf(no.at)}${no.because ? md`: ${escaped(no.because)}` : own('')}.`
  const body = deps.render('notice', noticeView(`${recommendation.changeId}.declined`, own('Closed.'), why))
  if (change.pullRequest) await host.pullRequests.close(change.pullRequest.repository, change.pullRequest.number, body)
  if (change.issue) await host.issues.close(change.issue.repository, change.issue.number)
  deps.journal.outcome('change declined', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
  return saved
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
