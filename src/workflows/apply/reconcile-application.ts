import { decideApply } from '../../core/decision/decide-apply.js'
import { known } from '../../core/model/fact.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { bothHeld, environmentLease, groupLease, takeLease, withLease } from '../lease.js'
import type { ApplicationRow, ApplyDeps, Underway } from './application-row.js'
import { type Begun, heldWhileBegun } from './begun.js'
import { readApplyFacts } from './gather-apply-facts.js'
import { begunBy, isRaised, withdrawIntent } from './raise-capacity.js'

/**
 * Takes up a live change that an earlier run left half-done, to be finished or undone by `carryOnTogether`. An intent of
 * which nothing has happened yet is acted on only if the whole ladder still lets it pass; otherwise it is withdrawn.
 * Undefined when nothing was left to do, or when a live run is at work on it.
 */
export async function reconcileApplication(
  deps: ApplyDeps,
  placed: Pick<PlacedGroup, 'policy'>,
  recommendation: Recommendation,
): Promise<Begun | undefined> {
  const { policy } = placed
  const { leaseMinutes } = policy.scaleUp
  const { changeId } = recommendation
  const held = await takeLease(deps, groupLease(recommendation.groupKey, changeId, leaseMinutes))
  if (!held) return undefined
  return heldWhileBegun(held, async () => {
    const row = await deps.recommendations.find(recommendation.id)
    if (!row || !isUnderWay(row)) return undefined
    return withLease(deps, environmentLease(policy.environment, changeId, leaseMinutes), async (guard) => {
      const begun = await beginAgain({ deps, guard: bothHeld(held.guard, guard), policy, row })
      return begun && { ...begun, guard: held.guard }
    })
  })
}

async function beginAgain(underway: Underway): Promise<Underway | undefined> {
  const why = await whyNotBegun(underway)
  if (why === undefined) return begunBy(underway)
  await withdrawIntent(underway, why)
  return undefined
}

function isUnderWay(row: Recommendation): row is ApplicationRow {
  const { state, application } = row.change
  return application !== undefined && (state === 'applying' || state === 'rollingBack')
}

/** The hold of an intent that was never begun; undefined when it was begun, or may begin now. */
async function whyNotBegun({ deps, row, policy }: Underway): Promise<string | undefined> {
  const { application } = row.change
  if (row.change.state === 'rollingBack' || application.raisedAt) return undefined
  // The cooldown and the budget were spent by this very intent.
  const spent = { lastActionAt: known(undefined), actionsToday: known(0) }
  const recommendation = { ...row, change: { state: 'recorded' as const } }
  const { facts, group } = await readApplyFacts(deps, { policy }, recommendation, spent)
  if (!group) return undefined
  if (isRaised(application, group) || group.minSize === application.to) return undefined
  const decision = decideApply({ recommendation, policy, now: deps.clock.now(), facts })
  if (decision.kind === 'hold') return `${decision.reason}: ${decision.detail}`
  return undefined
}
