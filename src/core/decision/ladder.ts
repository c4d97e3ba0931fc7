import type { Fact } from '../model/fact.js'
import type { Hold } from '../model/hold.js'
import { applyOrder } from './apply-checks.js'
import { changeHold } from './change-hold.js'
import { type DecisionInput, routeOf } from './decide.js'
import { checkApplyFact } from './decide-apply.js'
import { checkProposeFact, kindHold, proposeOrder, switchHold } from './decide-propose.js'

/** One check of a ladder: what it met, and the hold where it does not let the advice pass. */
export interface Rung {
  readonly check: string
  /** What was read; absent for checks of the advice itself. */
  readonly met?: Fact<unknown>
  readonly hold?: Hold
}

/**
 * Every check of the ladder that decides about one recommendation, in order, whether or not an earlier one holds; the
 * first hold is the decision's (`decide`). Empty where the facts of its way were not read.
 */
export function ladderOf(input: DecisionInput): readonly Rung[] {
  const { recommendation, policy, now, apply, propose } = input
  const life = rung('changeState', changeHold(recommendation, now))
  if (routeOf(recommendation, policy) === 'apply') {
    const { desiredCapacity } = recommendation.to
    if (!apply || desiredCapacity === undefined) return []
    const wish = { desiredCapacity, policy, now }
    return [life, ...applyOrder.map((name) => rung(name, checkApplyFact(name, apply, wish), apply[name]))]
  }
  if (!propose) return []
  const asked = { recommendation, policy, now, facts: propose }
  return [
    rung('kind', kindHold(recommendation)),
    rung('switch', switchHold(asked)),
    life,
    ...proposeOrder.map((name) => rung(name, checkProposeFact(name, propose, asked), propose[name])),
  ]
}

function rung(check: string, hold: Hold | undefined, met?: Fact<unknown>): Rung {
  return { check, ...(met && { met }), ...(hold && { hold }) }
}
