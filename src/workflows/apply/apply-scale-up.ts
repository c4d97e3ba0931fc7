import { decideApply } from '../../core/decision/decide-apply.js'
import type { Application } from '../../core/model/change.js'
import { type Group, healthyInServiceCount } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Applied } from '../pass/pass.js'
import { actionsExpiry, actionsKey } from './action-notes.js'
import { type ApplicationRow, type ApplyDeps, store, type Underway } from './application-row.js'
import { carryOn } from './carry-on.js'
import { readApplyFacts } from './gather-apply-facts.js'
import { begunBy } from './raise-capacity.js'
import { environmentLease, type Guard, groupLease, withLease } from './with-lease.js'

/**
 * Applies one scale-up: fresh facts under the group's lease, the whole ladder again, the intent recorded, then the act
 * until its end. Undefined when it holds, or when another run works on the group. Twice, at once or after a crash: one
 * scale-up. Throws `conflict` when the lease or the row was lost on the way.
 */
export async function applyScaleUp(
  deps: ApplyDeps,
  analysis: Pick<GroupAnalysis, 'policy'>,
  recommendation: Recommendation,
): Promise<Applied | undefined> {
  const { environment, scaleUp } = analysis.policy
  return withLease(deps, groupLease(recommendation.groupKey), scaleUp.leaseMinutes, async (guard) => {
    const begun = await withLease(deps, environmentLease(environment), scaleUp.leaseMinutes, () =>
      begin(deps, guard, analysis, recommendation),
    )
    return begun && carryOn(begun)
  })
}

/**
 * From fresh facts to the raised capacity, alone in the environment: what one run adds is in the hourly cost that the
 * next one reads. Undefined when it holds.
 */
async function begin(
  deps: ApplyDeps,
  guard: Guard,
  analysis: Pick<GroupAnalysis, 'policy'>,
  { id }: Recommendation,
): Promise<Underway | undefined> {
  const { policy } = analysis
  const recommendation = await deps.recommendations.find(id)
  if (!recommendation) return undefined
  const { at, facts, group } = await readApplyFacts(deps, analysis, recommendation)

  const now = deps.clock.now()
  const decision = decideApply({ recommendation, policy, now, facts })
  if (decision.kind !== 'apply' || !group) {
    const reason = decision.kind === 'hold' ? `${decision.reason}: ${decision.detail}` : decision.reason
    deps.journal.outcome('live scale-up held', {
      groupKey: recommendation.groupKey,
      changeId: recommendation.changeId,
      reason,
    })
    return undefined
  }

  const { groupKey } = recommendation
  const allowed = await deps.notebook.take(actionsKey(groupKey, now), policy.scaleUp.actionsPerDay, actionsExpiry(now))
  if (!allowed) return undefined
  await guard.check()
  const application = intentOf(group, decision.desiredCapacity, at)
  const row: ApplicationRow = {
    ...recommendation,
    change: { ...recommendation.change, state: 'applying', application },
  }
  const underway: Underway = { deps, guard, policy, row: await store(deps, row) }
  return begunBy(underway)
}

function intentOf(group: Group, to: number, at: Date): Application {
  return {
    from: group.desiredCapacity,
    to,
    minSizeBefore: group.minSize,
    healthyBefore: healthyInServiceCount(group),
    instancesBefore: group.instances.map(({ instanceId }) => instanceId),
    startedAt: at.toISOString(),
  }
}
