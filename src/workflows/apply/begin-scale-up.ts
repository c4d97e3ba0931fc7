import { decideApply } from '../../core/decision/decide-apply.js'
import type { Application } from '../../core/model/change.js'
import { type Group, healthyInServiceCount } from '../../core/model/group.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { bothHeld, environmentLease, type Guard, groupLease, takeLease, withLease } from '../lease.js'
import { actionsExpiry, actionsKey } from './action-notes.js'
import { type ApplicationRow, type ApplyDeps, store, type Underway } from './application-row.js'
import { type Begun, heldWhileBegun } from './begun.js'
import { readApplyFacts } from './gather-apply-facts.js'
import { begunBy } from './raise-capacity.js'

/**
 * Begins one scale-up: fresh facts under the group's lease, the whole ladder again, the intent recorded, the capacity
 * raised. Undefined when it holds, or when another run works on the group. What has begun is carried on to its end by
 * `carryOnTogether`. Twice, at once or after a crash: one scale-up.
 */
export async function beginScaleUp(
  deps: ApplyDeps,
  placed: Pick<PlacedGroup, 'policy'>,
  recommendation: Recommendation,
): Promise<Begun | undefined> {
  const { environment, scaleUp } = placed.policy
  const { groupKey, changeId } = recommendation
  const held = await takeLease(deps, groupLease(groupKey, changeId, scaleUp.leaseMinutes))
  if (!held) return undefined
  return heldWhileBegun(held, () =>
    withLease(deps, environmentLease(environment, changeId, scaleUp.leaseMinutes), async (guard) => {
      const begun = await begin(deps, bothHeld(held.guard, guard), placed, recommendation)
      return begun && { ...begun, guard: held.guard }
    }),
  )
}

/**
 * From fresh facts to the raised capacity, alone in the environment: what one run adds is in the hourly cost that the
 * next one reads. Undefined when it holds.
 */
async function begin(
  deps: ApplyDeps,
  guard: Guard,
  placed: Pick<PlacedGroup, 'policy'>,
  { id }: Recommendation,
): Promise<Underway | undefined> {
  const { policy } = placed
  const recommendation = await deps.recommendations.find(id)
  if (!recommendation) return undefined
  const { at, facts, group } = await readApplyFacts(deps, placed, recommendation)

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
