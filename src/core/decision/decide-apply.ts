import type { Decision } from '../model/decision.js'
import { type Hold, hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import { type ApplyCheck, applyChecks, applyOrder, type Wish } from './apply-checks.js'
import type { ApplyFacts, ValueOf } from './apply-facts.js'
import { changeHold } from './change-hold.js'

export interface ApplyInput {
  readonly recommendation: Recommendation
  readonly policy: Policy
  readonly now: Date
  readonly facts: ApplyFacts
}

/** Whether this is the one kind of advice that may be applied without review: adding instances, within limits. */
export function mayBeApplied(recommendation: Recommendation): boolean {
  const { type, property, implementation, to } = recommendation
  const onlyDesired = Object.keys(to).length === 1 && to.desiredCapacity !== undefined
  return type === 'SCALE_UP' && property === 'capacity' && implementation.automated && onlyDesired
}

/**
 * Apply, or the first hold of the ladder in `applyOrder`. Unknown facts hold; nothing but a larger desired capacity
 * ever comes out.
 */
export function decideApply({ recommendation, policy, now, facts }: ApplyInput): Decision {
  const { desiredCapacity } = recommendation.to
  if (!mayBeApplied(recommendation) || desiredCapacity === undefined) {
    return hold('not-an-increase', `${recommendation.type} of ${recommendation.property} needs a reviewed change`)
  }
  const ended = changeHold(recommendation, now)
  if (ended) return ended
  const wish = { desiredCapacity, policy, now }
  for (const name of applyOrder) {
    const held = checkApplyFact(name, facts, wish)
    if (held) return held
  }
  const { from } = recommendation
  const reason = `every check passed: ${from.desiredCapacity ?? 'present'} → ${desiredCapacity} instances`
  return { kind: 'apply', reason, desiredCapacity }
}

/** What one fact of the ladder says against applying; undefined where it lets it pass. */
export function checkApplyFact<K extends keyof ApplyFacts>(name: K, facts: ApplyFacts, wish: Wish): Hold | undefined {
  const fact = facts[name]
  if (fact.kind === 'unknown') return hold('fact-unknown', `${name}: ${fact.why}`)
  for (const check of applyChecks[name] as unknown as readonly ApplyCheck<K>[]) {
    const detail = check.against(fact.value as ValueOf<ApplyFacts[K]>, wish)
    if (detail !== undefined) return hold(check.reason, detail)
  }
  return undefined
}
