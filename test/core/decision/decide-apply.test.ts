import { describe, expect, test } from '@jest/globals'
import { applyChecks, applyOrder } from '../../../src/core/decision/apply-checks.js'
import type { ApplyFacts } from '../../../src/core/decision/apply-facts.js'
import { decideApply } from '../../../src/core/decision/decide-apply.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { HoldReason } from '../../../src/core/model/hold.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { policyOf } from '../../support/policy.js'
import { downOf, now, openFacts, scaleUpOf } from './builders.js'

function decideWith(facts: Partial<ApplyFacts>, recommendation: Recommendation = scaleUpOf()) {
  return decideApply({ recommendation, policy: policyOf(), now, facts: openFacts(facts) })
}

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const freeze = { from: '2026-11-24T00:00:00Z', until: '2026-11-30T00:00:00Z', why: 'Black Friday' }

/** For each fact: values that hold, each with its reason, and values at the edge that pass. */
const cases: {
  readonly [K in keyof ApplyFacts]: {
    readonly holds: readonly (readonly [ApplyFacts[K], HoldReason])[]
    readonly passes: readonly ApplyFacts[K][]
  }
} = {
  mode: {
    holds: [
      [known('observe'), 'mode-observe'],
      [known('propose'), 'mode-observe'],
    ],
    passes: [known('apply')],
  },
  deploymentEnabled: { holds: [[known(false), 'not-enabled']], passes: [known(true)] },
  killSwitch: { holds: [[known(true), 'kill-switch']], passes: [known(false)] },
  freeze: { holds: [[known(freeze), 'freeze-window']], passes: [known(undefined)] },
  optInTag: {
    holds: [
      [known(undefined), 'opt-in-tag-missing'],
      [known('True'), 'opt-in-tag-missing'],
      [known(''), 'opt-in-tag-missing'],
    ],
    passes: [known('true')],
  },
  instances: {
    holds: [
      [known({ total: 4, healthyInService: 3 }), 'instances-unhealthy'],
      [known({ total: 0, healthyInService: 0 }), 'instances-unhealthy'],
    ],
    passes: [known({ total: 1, healthyInService: 1 })],
  },
  activityInProgress: { holds: [[known('Launching i-1'), 'activity-in-progress']], passes: [known(undefined)] },
  refreshInProgress: { holds: [[known('refresh r-1'), 'refresh-in-progress']], passes: [known(undefined)] },
  stackUpdateInProgress: { holds: [[known(true), 'stack-update-in-progress']], passes: [known(false)] },
  suspendedProcesses: {
    holds: (['Launch', 'HealthCheck', 'ReplaceUnhealthy', 'AddToLoadBalancer'] as const).map((process) => [
      known(['AlarmNotification', process]),
      'process-suspended',
    ]),
    passes: [known(['AlarmNotification', 'AZRebalance'])],
  },
  lastActionAt: {
    holds: [
      [known(minutesAgo(29.9)), 'cooldown'],
      [known('not a time'), 'cooldown'],
    ],
    passes: [known(minutesAgo(30)), known(undefined)],
  },
  groupCooldownEndsAt: {
    holds: [
      [known(minutesAgo(-0.1)), 'group-cooldown'],
      [known('not a time'), 'group-cooldown'],
    ],
    passes: [known(minutesAgo(0))],
  },
  capacity: {
    holds: [
      [known({ desired: 6, inService: 6, max: 10 }), 'not-an-increase'],
      [known({ desired: 9, inService: 9, max: 10 }), 'not-an-increase'],
      [known({ desired: Number.NaN, inService: 4, max: 10 }), 'not-an-increase'],
      [known({ desired: 4, inService: 4, max: 5 }), 'above-max'],
      [known({ desired: 4, inService: 4, max: Number.NaN }), 'above-max'],
      [known({ desired: 3, inService: 4, max: 10 }), 'step-too-large'],
      [known({ desired: 4, inService: 3, max: 10 }), 'step-too-large'],
      [known({ desired: 4, inService: Number.NaN, max: 10 }), 'step-too-large'],
    ],
    passes: [known({ desired: 4, inService: 4, max: 6 }), known({ desired: 5, inService: 1, max: 6 })],
  },
  need: {
    holds: [
      [known(undefined), 'no-longer-needed'],
      [known(5), 'no-longer-needed'],
      [known(Number.NaN), 'no-longer-needed'],
    ],
    passes: [known(6), known(9)],
  },
  hourlyCost: {
    holds: [
      [known({ environmentUsd: 48.01, counted: 4, instanceUsd: 1 }), 'hourly-cost-limit'],
      [known({ environmentUsd: Number.NaN, counted: 4, instanceUsd: 1 }), 'hourly-cost-limit'],
      [known({ environmentUsd: 10, counted: 4, instanceUsd: -1 }), 'hourly-cost-limit'],
    ],
    passes: [known({ environmentUsd: 48, counted: 4, instanceUsd: 1 })],
  },
  actionsToday: {
    holds: [
      [known(3), 'action-budget-spent'],
      [known(Number.NaN), 'action-budget-spent'],
    ],
    passes: [known(2)],
  },
  leaseHeld: { holds: [[known(false), 'change-in-flight']], passes: [known(true)] },
}

test('with every guard open the advised capacity is applied', () => {
  expect(decideWith({})).toMatchObject({ kind: 'apply', desiredCapacity: 6 })
})

test('every fact has at least one check, and the ladder asks for each once', () => {
  expect([...applyOrder].sort()).toEqual(Object.keys(openFacts()).sort())
  for (const name of applyOrder) expect(applyChecks[name].length).toBeGreaterThan(0)
})

describe.each(applyOrder)('%s', (name) => {
  test('unknown, alone, holds and is named with its reason', () => {
    const decision = decideWith({ [name]: unknown('the call was denied') })
    expect(decision).toEqual({ kind: 'hold', reason: 'fact-unknown', detail: `${name}: the call was denied` })
  })

  test('unknown together with any other unknown or failing fact holds', () => {
    for (const other of applyOrder) {
      const facts = { [name]: unknown('no answer'), [other]: unknown('no answer either') }
      expect(decideWith(facts)).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
      for (const [bad] of cases[other].holds) {
        expect(decideWith({ [other]: bad, [name]: unknown('no answer') }).kind).toBe('hold')
      }
    }
  })

  test('holds with its own reason, and its detail names the value or the way out', () => {
    for (const [fact, reason] of cases[name].holds) {
      const decision = decideWith({ [name]: fact })
      expect(decision).toMatchObject({ kind: 'hold', reason })
      expect(decision.kind === 'hold' && decision.detail.length).toBeGreaterThan(20)
    }
  })

  test('passes at the edge', () => {
    for (const fact of cases[name].passes) expect(decideWith({ [name]: fact })).toMatchObject({ kind: 'apply' })
  })

  test('is asked before everything that comes later in the ladder', () => {
    const later = applyOrder.slice(applyOrder.indexOf(name) + 1)
    for (const [fact, reason] of cases[name].holds) {
      for (const other of later)
        expect(decideWith({ [name]: fact, [other]: unknown('later') })).toMatchObject({ reason })
    }
  })
})

test.each([
  ['a scale-down', downOf()],
  ['a raised maximum', scaleUpOf({ property: 'maxSize', to: { maxSize: 12 } })],
  [
    'a scale-up that needs review',
    scaleUpOf({ implementation: { automated: false, steps: [], estimatedDuration: '' } }),
  ],
  ['a scale-up that also changes the type', scaleUpOf({ to: { desiredCapacity: 6, instanceType: 'm5.xlarge' } })],
  ['a capacity that is no whole number', scaleUpOf({ to: { desiredCapacity: 5.5 } })],
  ['an automated scale-down', downOf({ property: 'capacity', implementation: scaleUpOf().implementation })],
])('%s is never applied, with every guard open', (_what, recommendation) => {
  expect(decideWith({}, recommendation)).toMatchObject({ kind: 'hold', reason: 'not-an-increase' })
})

test.each([
  ['declined', {}, 'declined'],
  ['snoozed', { snoozedUntil: minutesAgo(-1) }, 'snoozed'],
  ['applied', {}, 'superseded'],
  ['superseded', {}, 'superseded'],
  ['applying', {}, 'change-in-flight'],
  ['merged', {}, 'change-in-flight'],
] as const)('a change that is %s holds', (state, more, reason) => {
  expect(decideWith({}, scaleUpOf({ change: { state, ...more } }))).toMatchObject({ kind: 'hold', reason })
})

test('a snooze that is over holds no longer', () => {
  const recommendation = scaleUpOf({ change: { state: 'snoozed', snoozedUntil: minutesAgo(0) } })
  expect(decideWith({}, recommendation).kind).toBe('apply')
})
