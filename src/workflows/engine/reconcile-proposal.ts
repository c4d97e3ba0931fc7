import type { Delivery } from '../../core/commands/delivery.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { markerOf } from '../../core/proposal/marker.js'
import type { CodeHost, Deps } from '../deps.js'
import { declineChange } from './decline-change.js'

type ReconcileDeps = Pick<Deps, 'recommendations' | 'render' | 'journal' | 'clock' | 'deployment'>
type Closed = Extract<Delivery, { kind: 'closed' }>

/**
 * Brings one change that waits for people up to date with what became of its pull request or issue: merged, or closed,
 * which is a no. `closed` is the webhook that told us, where there was one; GitHub is asked in any case, so a lost
 * webhook costs nothing but time.
 */
export async function reconcileProposal(
  deps: ReconcileDeps,
  host: CodeHost,
  recommendation: Recommendation,
  closed?: Closed,
): Promise<Recommendation> {
  const { state, pullRequest, issue } = recommendation.change
  if (!['proposed', 'refused', 'snoozed'].includes(state)) return recommendation
  if (pullRequest) return reconcilePullRequest(deps, host, recommendation, closed)
  return issue ? reconcileIssue(deps, host, recommendation, closed) : recommendation
}

async function reconcilePullRequest(
  deps: ReconcileDeps,
  host: CodeHost,
  recommendation: Recommendation,
  closed: Closed | undefined,
): Promise<Recommendation> {
  const { change } = recommendation
  const { pullRequest } = change
  const seen = pullRequest && (await host.pullRequests.find(pullRequest.repository, pullRequest.branch))
  if (!seen || seen.state === 'open') return recommendation
  if (seen.state === 'closed') return decline(deps, host, recommendation, seen, closed)
  const mergedAt = seen.mergedAt ?? deps.clock.now().toISOString()
  const saved = await deps.recommendations.save({ ...recommendation, change: { ...change, state: 'merged', mergedAt } })
  if (!saved) return recommendation
  const { changeId, groupKey } = recommendation
  deps.journal.outcome('pull request merged', { changeId, groupKey, number: seen.number })
  return saved
}

async function reconcileIssue(
  deps: ReconcileDeps,
  host: CodeHost,
  recommendation: Recommendation,
  closed: Closed | undefined,
): Promise<Recommendation> {
  const { changeId, change } = recommendation
  const seen = change.issue && (await host.issues.find(change.issue.repository, markerOf('refusal', changeId)))
  return seen?.state === 'closed' ? decline(deps, host, recommendation, seen, closed) : recommendation
}

async function decline(
  deps: ReconcileDeps,
  host: CodeHost,
  recommendation: Recommendation,
  seen: { readonly closedBy?: string; readonly closedAt?: string },
  closed: Closed | undefined,
): Promise<Recommendation> {
  const by = seen.closedBy ?? closed?.by ?? 'someone'
  const at = seen.closedAt ?? closed?.at ?? deps.clock.now().toISOString()
  return (await declineChange(deps, host, recommendation, { by, at })) ?? recommendation
}
