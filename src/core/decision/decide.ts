import type { Decision } from '../model/decision.js'
import { hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Recommendation } from '../model/recommendation.js'
import type { ApplyFacts } from './apply-facts.js'
import { decideApply, mayBeApplied } from './decide-apply.js'
import { decidePropose, type ProposeFacts } from './decide-propose.js'

export interface DecisionInput {
  readonly recommendation: Recommendation
  readonly policy: Policy
  readonly now: Date
  /** Needed for advice on the way `apply` only. */
  readonly apply?: ApplyFacts
  /** Needed for advice on the way `propose` only. */
  readonly propose?: ProposeFacts
}

/** Which ladder a piece of advice climbs: a scale-up that may be applied does so in mode apply, all else is proposed. */
export function routeOf(recommendation: Recommendation, policy: Policy): 'apply' | 'propose' {
  return policy.mode === 'apply' && mayBeApplied(recommendation) ? 'apply' : 'propose'
}

/** What to do with one recommendation now. Total: every input gives a decision, and missing facts hold. */
export function decide({ recommendation, policy, now, apply, propose }: DecisionInput): Decision {
  if (routeOf(recommendation, policy) === 'apply') {
    if (!apply) return hold('fact-unknown', 'the group was not read freshly')
    return decideApply({ recommendation, policy, now, facts: apply })
  }
  if (!propose) return hold('fact-unknown', 'nothing was read of the repository')
  return decidePropose({ recommendation, policy, now, facts: propose })
}
