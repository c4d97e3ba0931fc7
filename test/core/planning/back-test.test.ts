import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/core/model/fact.js'
import { backTest } from '../../../src/core/planning/back-test.js'
import { plan } from '../../../src/core/planning/plan.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, daily, signalsWith, typeOf, unscored } from './builders.js'

const catalogue = catalogueWith()
const policy = policyOf()
const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })
const signals = signalsWith(group, { cpuAverage: daily(8, 35), memory: () => 40 })
const input = { signals, catalogue, policy, group }

function answer(change: Partial<Parameters<typeof backTest>[0]> = {}) {
  const result = backTest({ ...input, settings: {}, ...change })
  if ('kind' in result) throw new Error(result.detail)
  return result
}

function violations(change: Partial<Parameters<typeof backTest>[0]>): string[] {
  return answer(change).safe.violations.map(({ kind }) => kind)
}

describe('a back-test', () => {
  test('gives the same table as the advice', () => {
    const [advice] = plan({ ...input, scored: unscored }).advice
    if (!advice) throw new Error('no advice')
    const { today, proposed, safe } = answer({ settings: advice.to })
    expect(safe).toEqual({ safe: true, violations: [] })
    expect(today).toEqual(advice.evidence.today)
    expect(proposed).toEqual(advice.evidence.proposed)
    expect(advice.monthlyUsd).toBeCloseTo((today.usdPerMonth ?? NaN) - (proposed.usdPerMonth ?? NaN), 6)
  })

  test('of nothing changed equals today', () => {
    const { today, proposed } = answer()
    expect(proposed).toEqual(today)
  })

  test('costs instance-hours per hour × 730 × price', () => {
    const { today } = answer()
    expect(today.instanceHours).toBe(8 * 24 * 14)
    expect(today.usdPerMonth).toBeCloseTo(8 * 730 * 0.192, 6)
  })

  test('shows the worst day in half hours', () => {
    const { worstDay } = answer().today
    expect(worstDay.demand).toHaveLength(48)
    expect(worstDay.capacity[0]).toBe(32)
  })

  test('holds with a type that nobody knows, and with limits that contradict each other', () => {
    expect(backTest({ ...input, settings: { instanceType: 'z9.large' } })).toMatchObject({ reason: 'unknown-type' })
    expect(backTest({ ...input, settings: { minSize: 50 } })).toMatchObject({ reason: 'above-max' })
  })
})

describe('safety', () => {
  const fixed = groupWith({ minSize: 4, desiredCapacity: 4 })
  const at = (cpu: number, more: Parameters<typeof signalsWith>[1] = {}, on = fixed) => ({
    group: on,
    signals: signalsWith(on, { cpuAverage: () => cpu, memory: () => 20, ...more }),
  })

  test('allows no minute over 100 % and few over 90 %', () => {
    expect(violations({ ...at(45), settings: { desiredCapacity: 2, minSize: 2 } })).toEqual([
      'over-100',
      'strained',
      'zone-loss',
    ])
    expect(violations({ ...at(40), settings: { desiredCapacity: 2, minSize: 2 } })).toEqual(['strained'])
    expect(violations({ ...at(35), settings: { desiredCapacity: 2, minSize: 2 } })).toEqual([])
  })

  test('knows memory that a group of fixed size may share', () => {
    const cache = at(10, { memory: () => 60 })
    expect(violations({ ...cache, settings: { desiredCapacity: 2, minSize: 2 } })).toEqual(['memory'])
  })

  test('takes idle memory of a scaled group as each instance’s own', () => {
    const scaled = groupWith({ minSize: 4, desiredCapacity: 4, scalingPolicies: known([cpuTracking(60)]) })
    expect(violations({ ...at(10, { memory: () => 60 }, scaled), settings: { minSize: 2 } })).toEqual([])
  })

  test('never gives less memory, nor more load than was survived, where memory is unknown', () => {
    const blind = at(20, { memory: () => undefined })
    expect(violations({ ...blind, settings: { instanceType: 'c6i.xlarge' } })).toEqual(['less-memory'])
    expect(violations({ ...blind, settings: { desiredCapacity: 3, minSize: 3 } })).toEqual(['survived-load'])
    const ignored = policyOf({ sizing: { ...policy.sizing, memoryUnknown: 'ignore' } })
    expect(violations({ ...blind, policy: ignored, settings: { desiredCapacity: 3, minSize: 3 } })).toEqual([])
    expect(violations({ ...blind, policy: ignored, settings: { instanceType: 'c6i.xlarge' } })).toEqual(['less-memory'])
  })

  test('keeps the network under the baseline of the type', () => {
    const bytes = () => 4 * 1.2 * 125_000_000
    const busy = at(10, { networkIn: bytes, networkOut: bytes })
    expect(violations({ ...busy, settings: { desiredCapacity: 4, minSize: 4 } })).toEqual([])
    expect(violations({ ...busy, settings: { desiredCapacity: 3, minSize: 3 } })).toEqual(['network'])
  })

  test('does not trust a type whose network nobody knows', () => {
    const { networkBaselineGbps: _unknown, ...blind } = typeOf('m6a.xlarge', 4, 16)
    const types = new Map([...catalogue.types, ['m6a.xlarge', blind]])
    const change = { ...at(10), catalogue: { ...catalogue, types }, settings: { instanceType: 'm6a.xlarge' } }
    expect(violations(change)).toEqual(['network'])
  })

  test('never plans down on a demand that the machines may have cut off', () => {
    const censored = at(10, { cpuAverage: (step) => (step === 40 ? 96 : 10) })
    expect(violations({ ...censored, settings: { desiredCapacity: 3, minSize: 3 } })).toContain('censored')
    expect(violations({ ...censored, settings: { instanceType: 'm6a.xlarge' } })).not.toContain('censored')
  })

  test('leaves no lone instance in production, and says what the loss of a zone does', () => {
    expect(violations({ ...at(5), settings: { desiredCapacity: 1, minSize: 1 } })).toEqual(['lone-instance'])
    const answered = answer({ ...at(30), settings: { desiredCapacity: 3, minSize: 3 } })
    expect(answered.today.zoneLoss).toEqual({ kind: 'survives' })
    const half = answer({ ...at(60), settings: {} })
    expect(half.today.zoneLoss).toEqual({ kind: 'recovers', breachMinutes: 10, replacementMinutes: 10 })
    const strict = policyOf({ sizing: { ...policy.sizing, zoneLoss: 'hold' } })
    expect(violations({ ...at(60), policy: strict, settings: {} })).toEqual(['zone-loss'])
    const oneZone = groupWith({ minSize: 4, desiredCapacity: 4, availabilityZones: ['us-east-1a'] })
    expect(answer({ ...at(30, {}, oneZone), settings: {} }).today.zoneLoss.kind).toBe('not-tested')
  })

  test('counts only the baseline of a burstable type as lasting capacity', () => {
    const burst = groupWith({ instanceType: 't3.xlarge', minSize: 4, desiredCapacity: 4 })
    expect(violations({ ...at(30, {}, burst), settings: {} })).toEqual([])
    expect(violations({ ...at(30, {}, burst), settings: { desiredCapacity: 2, minSize: 2 } })).toEqual([
      'burst-baseline',
    ])
  })
})
