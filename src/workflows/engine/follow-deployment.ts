import type { Group } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { isLive } from '../../core/verification/is-live.js'
import type { Deps } from '../deps.js'

/** A merged change is deployed when the live group has its values: merging alone changes nothing in AWS. */
export async function followDeployment(
  deps: Pick<Deps, 'recommendations' | 'clock' | 'journal'>,
  recommendation: Recommendation,
  group: Group,
): Promise<Recommendation> {
  if (!isLive(group, recommendation.to)) return recommendation
  const deployedAt = deps.clock.now().toISOString()
  const change = { ...recommendation.change, state: 'deployed' as const, deployedAt }
  const saved = await deps.recommendations.save({ ...recommendation, status: 'COMPLETED', change })
  deps.journal.outcome('change deployed', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
  return saved ?? recommendation
}
