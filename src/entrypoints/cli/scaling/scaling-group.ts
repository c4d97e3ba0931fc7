import { standingHolds } from '../../../core/decision/standing-holds.js'
import { factValue } from '../../../core/model/fact.js'
import { type Group, healthyInServiceCount, inServiceCount, type ScalingPolicy } from '../../../core/model/group.js'
import type { PlacedGroup } from '../../../workflows/analyse/place-group.js'
import { rounded } from '../documents/document.js'
import type { ScalingGroup } from '../documents/scaling.js'

/** How a group can scale now, from a fresh read of it. */
export function scalingGroup({ group, policy }: Pick<PlacedGroup, 'group' | 'policy'>, now: Date): ScalingGroup {
  const inService = inServiceCount(group)
  const policies = factValue(group.scalingPolicies)
  return {
    groupKey: group.groupKey,
    environment: group.environment,
    instanceType: factValue(group.launch)?.instanceType ?? null,
    minSize: group.minSize,
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    inService,
    healthy: healthyInServiceCount(group),
    usedPercent: group.maxSize > 0 ? rounded((inService / group.maxSize) * 100, 1) : null,
    policies: policies ? policies.map(policyRow) : null,
    suspendedProcesses: group.suspendedProcesses,
    lastActivity: lastActivity(group),
    liveScaleUp: standingHolds(group, policy, now).map(({ reason, detail }) => ({ reason, detail })),
    unread: [group.launch, group.scalingPolicies, group.activities].flatMap((fact) =>
      fact.kind === 'unknown' ? [fact.why] : [],
    ),
  }
}

function policyRow(policy: ScalingPolicy): NonNullable<ScalingGroup['policies']>[number] {
  const { name, kind, enabled } = policy
  return { name, kind, enabled, watches: watchedBy(policy) }
}

function watchedBy(policy: ScalingPolicy): string {
  if (policy.kind === 'target-tracking') return `${policy.metric} at ${policy.targetValue}`
  if (policy.kind === 'predictive') return 'a forecast'
  const { alarm } = policy
  return alarm ? `${alarm.metric} ${alarm.comparison} ${alarm.threshold}` : 'no alarm'
}

function lastActivity({ activities }: Group): ScalingGroup['lastActivity'] {
  const newest = [...(factValue(activities) ?? [])].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0]
  return newest ? { startedAt: newest.startedAt, status: newest.statusCode, description: newest.description } : null
}
