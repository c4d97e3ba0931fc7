import type { Settings } from '../../core/model/configuration.js'
import { factValue } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../deps.js'

/** A merged change is deployed when the live group has its values: merging alone changes nothing in AWS. */
export async function followDeployment(
  deps: Pick<Deps, 'recommendations' | 'clock' | 'journal'>,
  recommendation: Recommendation,
  group: Group,
): Promise<Recommendation> {
  if (!holds(group, recommendation.to)) return recommendation
  const deployedAt = deps.clock.now().toISOString()
  const change = { ...recommendation.change, state: 'deployed' as const, deployedAt }
  const saved = await deps.recommendations.save({ ...recommendation, status: 'COMPLETED', change })
  deps.journal.outcome('change deployed', { changeId: recommendation.changeId, groupKey: recommendation.groupKey })
  return saved ?? recommendation
}

/** Whether every setting of `wanted` is live; one that cannot be read is not. */
export function holds(group: Group, wanted: Settings): boolean {
  const live = liveSettings(group)
  return Object.entries(wanted).every(([key, value]) => live[key as keyof Settings] === value)
}

function liveSettings(group: Group): Settings {
  const instanceType = factValue(group.launch)?.instanceType
  const tracking = factValue(group.scalingPolicies)?.find(
    (policy) => policy.kind === 'target-tracking' && policy.metric === 'ASGAverageCPUUtilization',
  )
  return {
    minSize: group.minSize,
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    ...(instanceType !== undefined && { instanceType }),
    ...(tracking?.kind === 'target-tracking' && { targetValue: tracking.targetValue }),
  }
}
