import { expect, it } from '@jest/globals'
import { applyOrder } from '../../../src/core/decision/apply-checks.js'
import { type DecisionInput, decide } from '../../../src/core/decision/decide.js'
import { proposeOrder } from '../../../src/core/decision/decide-propose.js'
import { ladderOf } from '../../../src/core/decision/ladder.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import { policyOf } from '../../support/policy.js'
import { downOf, now, openFacts, openProposeFacts, scaleUpOf } from './builders.js'

const apply: DecisionInput = { recommendation: scaleUpOf(), policy: policyOf(), now, apply: openFacts() }
const propose: DecisionInput = { recommendation: downOf(), policy: policyOf(), now, propose: openProposeFacts() }

it('has a rung for every fact of its way, and all let an open world pass', () => {
  expect(ladderOf(apply).map(({ check }) => check)).toEqual(['changeState', ...applyOrder])
  expect(ladderOf(propose).map(({ check }) => check)).toEqual(['kind', 'switch', 'changeState', ...proposeOrder])
  expect([...ladderOf(apply), ...ladderOf(propose)].filter(({ hold }) => hold)).toEqual([])
})

it.each([
  ['a fact that holds', { ...apply, apply: openFacts({ killSwitch: known(true), actionsToday: known(3) }) }],
  ['a fact that is unknown', { ...apply, apply: openFacts({ need: unknown('no answer') }) }],
  [
    'a proposal over its limits',
    { ...propose, propose: openProposeFacts({ openPullRequests: known(5), openedToday: known(2) }) },
  ],
  ['advice that is switched off', { ...propose, policy: policyOf({ enableCostOptimization: false }) }],
  ['a no', { ...propose, recommendation: downOf({ change: { state: 'declined' } }) }],
] as const satisfies readonly (readonly [string, DecisionInput])[])(
  'the first hold is the decision, later ones are told too: %s',
  (_what, input) => {
    const holds = ladderOf(input).flatMap(({ hold }) => hold ?? [])
    expect(holds[0]).toEqual(decide(input))
  },
)

it('has no rungs where nothing was read', () => {
  expect(ladderOf({ recommendation: downOf(), policy: policyOf(), now })).toEqual([])
})
