import { describe, expect, test } from '@jest/globals'
import { known, unknown } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, daily, signalsWith, unscored } from './builders.js'

const catalogue = catalogueWith()
const policy = policyOf()
const scored = unscored
const idle = { cpuAverage: daily(8, 25), cpuMaximum: daily(12, 32), memory: () => 20 }
const wide = groupWith({ minSize: 10, desiredCapacity: 10 })
const scaled = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })

describe('plan', () => {
  test('gives an over-provisioned group without a policy fewer instances, with both back-tests', () => {
    const signals = signalsWith(wide, { ...idle, memory: () => 30 })
    const { advice } = plan({ group: wide, signals, catalogue, policy, scored })
    expect(advice).toMatchObject([
      {
        type: 'SCALE_DOWN',
        property: 'capacity',
        from: { desiredCapacity: 10, minSize: 10 },
        to: { desiredCapacity: 4, minSize: 4 },
        implementation: { automated: false },
        evidence: { memory: 'measured', today: { instanceHours: 3360 }, proposed: { instanceHours: 1344 } },
      },
    ])
  })

  test('leaves the minimum alone where it does not stand in the way', () => {
    const group = groupWith({ minSize: 2, desiredCapacity: 10 })
    const { advice } = plan({ group, signals: signalsWith(group, idle), catalogue, policy, scored })
    expect(advice[0]).toMatchObject({ from: { desiredCapacity: 10 }, to: { desiredCapacity: 4 } })
    expect(Object.keys(advice[0]?.to ?? {})).toEqual(['desiredCapacity'])
  })

  test('lowers the floor of a group with target tracking, never its desired capacity', () => {
    const signals = signalsWith(scaled, { cpuAverage: daily(8, 35), memory: () => 45 })
    const { advice } = plan({ group: scaled, signals, catalogue, policy, scored })
    expect(advice.map(({ property, to }) => ({ property, to }))).toEqual([{ property: 'minSize', to: { minSize: 2 } }])
    expect(advice[0]?.evidence.reproduce).toBe(
      'npx trimtab backtest --group shop-web --set minSize=2 --until 2026-11-23T00:00:00.000Z',
    )
  })

  test('moves processor work off memory-rich machines', () => {
    const group = groupWith({
      instanceType: 'r6i.xlarge',
      minSize: 2,
      desiredCapacity: 6,
      scalingPolicies: known([cpuTracking(60)]),
    })
    const signals = signalsWith(group, { cpuAverage: () => 55, memory: () => 12 })
    const { advice } = plan({ group, signals, catalogue, policy, scored })
    expect(advice).toMatchObject([
      { type: 'INSTANCE_TYPE_CHANGE', from: { instanceType: 'r6i.xlarge' }, to: { instanceType: 'c6i.xlarge' } },
    ])
    expect(advice[0]?.evidence.notes.join(' ')).toContain('instance refresh')
  })

  test('raises a target that is far too careful, and counts it without what else is advised', () => {
    const group = groupWith({ minSize: 2, desiredCapacity: 12, scalingPolicies: known([cpuTracking(30)]) })
    const signals = signalsWith(group, { cpuAverage: () => 28, memory: () => 30 })
    const { advice } = plan({ group, signals, catalogue, policy, scored })
    expect(advice).toMatchObject([{ type: 'COST_OPTIMIZATION', property: 'scalingPolicy', from: { targetValue: 30 } }])
    expect(advice[0]?.evidence.notes.join(' ')).toContain('response time at that load is not known')
  })

  test('says which rule stood in for unknown memory', () => {
    const group = groupWith({ minSize: 2, desiredCapacity: 6, scalingPolicies: known([cpuTracking(60)]) })
    const signals = signalsWith(group, { cpuAverage: () => 55 })
    const r6i = {
      ...group,
      instances: [],
      launch: known({ kind: 'launch-template' as const, source: 'lt', instanceType: 'r6i.xlarge' }),
    }
    const { advice } = plan({ group: r6i, signals: { ...signals, group: r6i }, catalogue, policy, scored })
    expect(advice).toEqual([])
  })

  test('carries a range that holds the saving', () => {
    const weekend = (step: number) => (Math.floor(step / 288) % 7 < 5 ? 40 : 8)
    const signals = signalsWith(scaled, { cpuAverage: weekend, memory: () => 30 })
    const [advice] = plan({ group: scaled, signals, catalogue, policy, scored }).advice
    const [low, high] = advice?.monthlyUsdRange ?? [NaN, NaN]
    expect(low).toBeLessThan(advice?.monthlyUsd ?? NaN)
    expect(high).toBeGreaterThan(advice?.monthlyUsd ?? NaN)
  })
})

describe('plan holds', () => {
  const gappy = (step: number) => (step % 3 === 0 ? undefined : 10)
  test.each([
    ['without CPU', wide, {}, policy, 'no-cpu-data'],
    [
      'with six days of data',
      wide,
      { cpuAverage: (s: number) => (s < 2304 ? undefined : 10) },
      policy,
      'short-history',
    ],
    ['with a third of the steps missing', wide, { cpuAverage: gappy }, policy, 'low-coverage'],
    ['with no instances', groupWith({ desiredCapacity: 0 }), idle, policy, 'empty-group'],
    ['with cost advice switched off', wide, idle, policyOf({ enableCostOptimization: false }), 'switched-off'],
    ['when busy enough', wide, { cpuAverage: () => 62, memory: () => 60 }, policy, 'busy-enough'],
    ['when memory leaves no room', wide, { ...idle, memory: () => 80 }, policy, 'memory-bound'],
    ['when memory is unknown and load was never higher', wide, { cpuAverage: daily(8, 25) }, policy, 'memory-unknown'],
    [
      'when the demand may be cut off',
      wide,
      { ...idle, cpuAverage: (s: number) => (s === 9 ? 96 : 10) },
      policy,
      'not-safe',
    ],
    ['when well sized', groupWith(), { cpuAverage: daily(40, 66), memory: () => 60 }, policy, 'well-sized'],
    ['when the type is unknown', groupWith({ instanceType: 'z9.large' }), idle, policy, 'unknown-type'],
    ['when policies are unknown', groupWith({ scalingPolicies: unknown('denied') }), idle, policy, 'fact-unknown'],
    ['when schedules are unknown', groupWith({ scheduledActions: unknown('denied') }), idle, policy, 'fact-unknown'],
  ])('%s', (_name, group, waves, own, reason) => {
    const result = plan({ group, signals: signalsWith(group, waves), catalogue, policy: own, scored })
    expect(result.advice.map(({ description }) => description)).toEqual([])
    expect(result.hold).toMatchObject({ kind: 'hold', reason })
    expect(result.hold?.detail).not.toBe('')
  })

  test('where the price is unknown: a saving without a price is a guess', () => {
    const unpriced = { ...catalogue, onDemand: new Map() }
    const result = plan({ group: wide, signals: signalsWith(wide, idle), catalogue: unpriced, policy, scored })
    expect(result.hold).toMatchObject({ reason: 'no-price' })
  })

  test('where the saving is worth the share but not the dollars', () => {
    const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })
    const cheap = new Map([...catalogue.onDemand].map(([name, one]) => [name, { ...one, usdPerHour: 0.001 }]))
    const signals = signalsWith(group, { cpuAverage: daily(8, 35), memory: () => 45 })
    const result = plan({ group, signals, catalogue: { ...catalogue, onDemand: cheap }, policy, scored })
    expect(result.hold).toMatchObject({ reason: 'saving-too-small' })
  })
})
