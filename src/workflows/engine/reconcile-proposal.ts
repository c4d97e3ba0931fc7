import type { Delivery } from '../../core/commands/delivery.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { CodeHost, Deps } from '../deps.js'
import { declineChange } from './decline-change.js'

/**
 * Brings one proposed change up to date with what became of its pull request or issue: merged, or closed, which is a
 * no. `closed` is the webhook that told us, where there was one; without it GitHub is asked, so a lost webhook costs
 * nothing but time.
 */
export async function reconcileProposal(
  deps: Pick<Deps, 'recommendations' | 'render' | 'journal' | 'clock' | 'deployment'>,
  host: CodeHost,
  recommendation: Recommendation,
  closed?: Extract<Delivery, { kind: 'closed' }>,
): Promise<Recommendation> {
  const { change } = recommendation
  const { pullRequest, issue } = change
  if (change.state === 'refused' && issue && closed?.number === issue.number) {
    return (await declineChange(deps, host, recommendation, { by: closed.by, at: closed.at })) ?? recommendation
  }
  if (!['proposed', 'snoozed'].includes(change.state) || !pullRequest) return recommendation

  const state = await host.pullRequests.find(pullRequest.repository, pullRequest.branch)
  if (!state || state.state === 'open') return recommendation
  if (state.state === 'closed') {
    const no = { by: state.closedBy ?? closed?.by ?? 'someone', at: state.closedAt ?? deps.clock.now().toISOString() }
    return (await declineChange(deps, host, recommendation, no)) ?? recommendation
  }
  const mergedAt = state.mergedAt ?? deps.clock.now().toISOString()
  const saved = await deps.recommendations.save({ ...recommendation, change: { ...change, state: 'merged', mergedAt } })
  deps.journal.outcome('pull request merged', {
    changeId: recommendation.changeId,
    groupKey: recommendation.groupKey,
    number: pullRequest.number,
  })
  return saved ?? recommendation
}
