import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/core/decision/decide.js'
import { decidePropose, type ProposeFacts, proposeOrder } from '../../../src/core/decision/decide-propose.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { HoldReason } from '../../../src/core/model/hold.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { policyOf } from '../../support/policy.js'
import { downOf, now, openProposeFacts, scaleUpOf } from './builders.js'

function proposeWith(
  facts: Partial<ProposeFacts>,
  recommendation: Recommendation = downOf(),
  policy: Partial<Policy> = {},
) {
  return decidePropose({ recommendation, policy: policyOf(policy), now, facts: openProposeFacts(facts) })
}

const holds: { readonly [K in keyof ProposeFacts]: readonly [ProposeFacts[K], HoldReason] } = {
  mode: [known('observe'), 'mode-observe'],
  killSwitch: [known(true), 'kill-switch'],
  freeze: [known({ from: 'a', until: 'b', why: 'peak' }), 'freeze-window'],
  codeMissing: [known('no repository holds it'), 'code-unknown'],
  otherChangeInFlight: [known('type-1'), 'change-in-flight'],
  unprovedInStaging: [known({ id: 'down-2', state: 'deployed' }), 'staging-first'],
  replacementsUnderWay: [known(['type-1']), 'one-wave'],
  openPullRequests: [known(5), 'open-limit'],
  openedToday: [known(2), 'daily-limit'],
}

test('with every guard open a reduction is proposed, in mode propose and in mode apply', () => {
  expect(proposeWith({}).kind).toBe('propose')
  expect(proposeWith({ mode: known('apply'), openPullRequests: known(4), openedToday: known(1) }).kind).toBe('propose')
})

describe.each(proposeOrder)('%s', (name) => {
  test('holds with its own reason, and when unknown, alone or with another', () => {
    const [fact, reason] = holds[name]
    expect(proposeWith({ [name]: fact })).toMatchObject({ kind: 'hold', reason })
    for (const other of proposeOrder) {
      const facts = { [name]: unknown('no answer'), [other]: unknown('no answer') }
      expect(proposeWith(facts)).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
    }
  })
})

test('limits do not hold back the update of what is out already', () => {
  const pullRequest = { repository: 'o/r', number: 1, branch: 'b', contentHash: 'c', openedAt: now.toISOString() }
  const recommendation = downOf({ change: { state: 'proposed', pullRequest } })
  expect(proposeWith({ openPullRequests: known(9), openedToday: known(9) }, recommendation).kind).toBe('propose')
})

test.each([
  ['enableAutoScalingOptimization', 'SCALE_UP'],
  ['enableCostOptimization', 'SCALE_DOWN'],
  ['enableCostOptimization', 'INSTANCE_TYPE_CHANGE'],
  ['enableCostOptimization', 'COST_OPTIMIZATION'],
  ['enablePerformanceMonitoring', 'PERFORMANCE_TUNING'],
] as const)('%s off switches %s off', (name, type) => {
  expect(proposeWith({}, downOf({ type }), { [name]: false })).toMatchObject({ reason: 'switched-off' })
  expect(proposeWith({}, downOf({ type })).kind).toBe('propose')
})

test('advice on observability, and advice that no code can carry, is reported only', () => {
  const observability = downOf({ type: 'PERFORMANCE_TUNING', property: 'observability' })
  expect(proposeWith({}, observability)).toMatchObject({ reason: 'report-only' })
  expect(proposeWith({}, downOf({ type: 'COST_OPTIMIZATION', to: {} }))).toMatchObject({ reason: 'report-only' })
})

test('a refusal is quoted with who, when and why', () => {
  const declined = { by: 'ada', at: '2026-11-01T00:00:00Z', because: 'peak season', monthlyUsd: 210 }
  expect(proposeWith({}, downOf({ change: { state: 'declined', declined } }))).toEqual({
    kind: 'hold',
    reason: 'declined',
    detail: 'by ada at 2026-11-01T00:00:00Z, because peak season; raised again on materially new evidence only',
  })
})

test('a scale-up outside mode apply is proposed as code, and facts that nobody gathered hold', () => {
  const input = { recommendation: scaleUpOf(), now, propose: openProposeFacts() }
  expect(decide({ ...input, policy: policyOf({ mode: 'propose' }) }).kind).toBe('propose')
  expect(decide({ ...input, policy: policyOf() })).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
  expect(decide({ recommendation: downOf(), now, policy: policyOf() })).toMatchObject({ reason: 'fact-unknown' })
})
