import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ApplyFacts } from '../../../src/core/decision/apply-facts.js'
import { decide, routeOf } from '../../../src/core/decision/decide.js'
import type { ProposeFacts } from '../../../src/core/decision/decide-propose.js'
import { changeStates } from '../../../src/core/model/change.js'
import { type Fact, known, unknown } from '../../../src/core/model/fact.js'
import { holdReasons } from '../../../src/core/model/hold.js'
import { recommendationTypes } from '../../../src/core/model/recommendation.js'
import { policyOf } from '../../support/policy.js'
import { now, scaleUpOf } from './builders.js'

const runs = 20_000

/** Mostly `likely`, so that random worlds reach the deep end of the ladder too. */
function mostly<T>(likely: T, other: fc.Arbitrary<T>) {
  return fc.oneof({ weight: 40, arbitrary: fc.constant(likely) }, { weight: 1, arbitrary: other })
}

function fact<T>(likely: T, other: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> {
  return fc.oneof(
    { weight: 80, arbitrary: mostly(likely, other).map(known) },
    { weight: 1, arbitrary: fc.constant(unknown('x')) },
  )
}

const odd = fc.constantFrom(Number.NaN, -1, 0, 0.5, 7, 1e9, Number.POSITIVE_INFINITY)
const count = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) }, { weight: 1, arbitrary: odd })
const time = fc.constantFrom('2026-11-24T11:59:00Z', '2026-11-24T10:00:00Z', '2026-11-25T00:00:00Z', 'never')
const freeze = fc.constant({ from: 'a', until: 'b', why: 'c' })

const shared = {
  mode: fact<'observe' | 'propose' | 'apply'>('apply', fc.constantFrom('observe', 'propose')),
  killSwitch: fact(false, fc.constant(true)),
  freeze: fact<{ from: string; until: string; why: string } | undefined>(undefined, freeze),
}
const applyFacts: fc.Arbitrary<ApplyFacts> = fc.record({
  ...shared,
  deploymentEnabled: fact(true, fc.constant(false)),
  optInTag: fact<string | undefined>('true', fc.constantFrom(undefined, 'false')),
  instances: fact({ total: 4, healthyInService: 4 }, fc.record({ total: count, healthyInService: count })),
  activityInProgress: fact<string | undefined>(undefined, fc.constant('Launching')),
  refreshInProgress: fact<string | undefined>(undefined, fc.constant('InProgress')),
  stackUpdateInProgress: fact(false, fc.constant(true)),
  suspendedProcesses: fact<readonly string[]>([], fc.constantFrom(['Launch'], ['HealthCheck'], ['AZRebalance'])),
  lastActionAt: fact<string | undefined>(undefined, time),
  groupCooldownEndsAt: fact<string | undefined>(undefined, time),
  capacity: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }).map((n) => known({ desired: n, inService: n, max: 16 })) },
    { weight: 1, arbitrary: fc.record({ desired: count, inService: count, max: count }).map(known) },
  ),
  need: fact<number | undefined>(20, fc.oneof(count, fc.constant(undefined))),
  hourlyCost: fact(
    { environmentUsd: 10, counted: 4, instanceUsd: 0.1 },
    fc.record({ environmentUsd: odd, counted: odd, instanceUsd: odd }),
  ),
  actionsToday: fact(0, count),
  leaseHeld: fact(true, fc.constant(false)),
})
const proposeFacts: fc.Arbitrary<ProposeFacts> = fc.record({
  ...shared,
  codeMissing: fact<string | undefined>(undefined, fc.constant('no repository')),
  unprovedInStaging: fact<{ id: string; state: string } | undefined>(
    undefined,
    fc.constant({ id: 'down-2', state: 'merged' }),
  ),
  replacementsUnderWay: fact<readonly string[]>([], fc.constant(['type-1'])),
  otherChangeInFlight: fact<string | undefined>(undefined, fc.constant('up-1')),
  openPullRequests: fact(0, count),
  openedToday: fact(0, count),
})
const policies = fc
  .record({
    mode: fc.constantFrom('observe', 'propose', 'apply', 'apply', 'apply'),
    enableAutoScalingOptimization: mostly(true, fc.constant(false)),
    enableCostOptimization: mostly(true, fc.constant(false)),
    maxStepPercent: fc.integer({ min: 1, max: 100 }),
    maxHourlyCost: mostly(50, fc.double({ min: 0, max: 100, noNaN: true })),
  })
  .map(({ mode, maxStepPercent, maxHourlyCost, ...enabled }) => {
    const base = policyOf()
    return policyOf({
      ...enabled,
      mode: mode as 'apply',
      scaleUp: { ...base.scaleUp, maxStepPercent },
      cost: { ...base.cost, maxHourlyCost },
    })
  })
const recommendations = fc
  .record({
    type: mostly('SCALE_UP', fc.constantFrom(...recommendationTypes)),
    property: mostly('capacity', fc.constantFrom('minSize', 'maxSize', 'instanceType', 'observability')),
    automated: mostly(true, fc.constant(false)),
    state: mostly('recorded', fc.constantFrom(...changeStates)),
    to: fc.oneof(
      { weight: 9, arbitrary: count.map((desiredCapacity) => ({ desiredCapacity })) },
      { weight: 1, arbitrary: fc.constantFrom({}, { minSize: 1 }, { instanceType: 'm5.large', desiredCapacity: 9 }) },
    ),
  })
  .map(({ automated, state, ...rest }) =>
    scaleUpOf({
      ...(rest as object),
      change: { state: state as 'recorded' },
      implementation: { automated, steps: [], estimatedDuration: '' },
    }),
  )

test('over random policies, facts and advice, apply only ever raises desired, within max, step and cost', () => {
  let applied = 0
  let held = 0
  fc.assert(
    fc.property(policies, applyFacts, proposeFacts, recommendations, (policy, apply, propose, recommendation) => {
      const decision = decide({ recommendation, policy, now, apply, propose })
      if (decision.kind === 'hold') {
        held += 1
        expect(holdReasons).toHaveProperty(decision.reason)
      }
      if (decision.kind !== 'apply') return
      applied += 1
      expect(routeOf(recommendation, policy)).toBe('apply')
      expect([recommendation.type, policy.mode, recommendation.implementation.automated]).toEqual([
        'SCALE_UP',
        'apply',
        true,
      ])
      expect(Object.values(apply).every((each) => each.kind === 'known')).toBe(true)
      if (apply.capacity.kind !== 'known' || apply.hourlyCost.kind !== 'known') return
      const { desired, inService, max } = apply.capacity.value
      const { environmentUsd, counted, instanceUsd } = apply.hourlyCost.value
      expect(decision.desiredCapacity).toBe(recommendation.to.desiredCapacity)
      expect(decision.desiredCapacity).toBeGreaterThan(desired)
      expect(decision.desiredCapacity).toBeLessThanOrEqual(max)
      const step = Math.max(1, (inService * policy.scaleUp.maxStepPercent) / 100)
      expect(decision.desiredCapacity - desired).toBeLessThanOrEqual(step)
      const projected = environmentUsd + (decision.desiredCapacity - counted) * instanceUsd
      expect(projected).toBeLessThanOrEqual(policy.cost.maxHourlyCost)
    }),
    { numRuns: runs, seed: 20261124 },
  )
  expect(applied).toBeGreaterThan(100)
  expect(held).toBeGreaterThan(1000)
})
