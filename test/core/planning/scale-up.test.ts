import { describe, expect, test } from '@jest/globals'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import { plan } from '../../../src/core/planning/plan.js'
import { cpuTracking, groupWith, instancesOf } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, daily, signalsWith, spanOf, unscored, type Wave } from './builders.js'

const catalogue = catalogueWith()
const last = spanOf(1).steps

/** 50 % until the last steps of the day, then the given values. */
function ending(...values: readonly (number | undefined)[]): Wave {
  return (step) => (step < last - values.length ? 50 : values[step - last + values.length])
}

const hot = ending(90, 91, 92, 91, 90, 91)

function planned(waves: Parameters<typeof signalsWith>[1], group: Group = groupWith(), policy = policyOf()) {
  return plan({ group, signals: signalsWith(group, waves, 1), catalogue, policy, scored: unscored })
}

describe('scale-up', () => {
  test('adds what the target needs after thirty hot minutes, costs money and needs no review', () => {
    const { advice } = planned({ cpuAverage: hot })
    expect(advice).toMatchObject([
      {
        type: 'SCALE_UP',
        priority: 'HIGH',
        property: 'capacity',
        from: { desiredCapacity: 4 },
        to: { desiredCapacity: 6 },
        implementation: { automated: true },
      },
    ])
    expect(advice[0]?.monthlyUsd).toBeCloseTo(-2 * 0.192 * 730, 6)
  })

  test.each([
    ['one spike', { cpuAverage: ending(99) }],
    ['five hot steps', { cpuAverage: ending(90, 90, 90, 90, 90) }],
    ['a gap among the last steps', { cpuAverage: ending(90, 90, undefined, 90, 90, 90, 90) }],
    ['CPU just under target + 10', { cpuAverage: ending(79, 79, 79, 79, 79, 79) }],
    ['slow answers at low CPU', { cpuAverage: () => 40, responseTime: () => 900 }],
    ['memory that does not follow the load', { cpuAverage: daily(10, 60), memory: () => 85 }],
    [
      'capacity that came within the thirty minutes',
      { cpuAverage: hot, inService: (step: number) => (step < last - 2 ? 3 : 4) },
    ],
  ])('does not happen on %s', (_name, waves) => {
    expect(planned(waves).advice.map(({ type }) => type)).not.toContain('SCALE_UP')
  })

  test('reads points that are two steps late', () => {
    expect(planned({ cpuAverage: ending(90, 90, 90, 90, 90, 90, undefined, undefined) }).advice).toHaveLength(1)
    const older = ending(90, 90, 90, 90, 90, 90, undefined, undefined, undefined)
    expect(planned({ cpuAverage: older }).advice).toHaveLength(0)
  })

  test('happens on slow answers with CPU at its target', () => {
    const { advice } = planned({ cpuAverage: ending(71, 72, 71, 72, 71, 72), responseTime: () => 900 })
    expect(advice).toMatchObject([{ type: 'SCALE_UP', to: { desiredCapacity: 5 } }])
  })

  test('happens on memory that follows the load', () => {
    const load: Wave = (step) => 20 + (step / last) * 40
    const { advice } = planned({ cpuAverage: load, memory: (step) => 40 + (step / last) * 55 })
    expect(advice).toMatchObject([{ type: 'SCALE_UP', to: { desiredCapacity: 5 } }])
    expect(advice[0]?.description).toContain('memory')
  })

  test('is left to a policy that can act, not to one that is suspended or at its limit', () => {
    const scaled = groupWith({ scalingPolicies: known([cpuTracking()]) })
    expect(planned({ cpuAverage: hot }, scaled).advice).toEqual([])
    const suspended = { ...scaled, suspendedProcesses: ['AlarmNotification'] }
    expect(planned({ cpuAverage: hot }, suspended).advice).toMatchObject([{ to: { desiredCapacity: 6 } }])
    const atMax = { ...scaled, maxSize: 4 }
    expect(planned({ cpuAverage: hot }, atMax).advice).toMatchObject([
      { property: 'maxSize', from: { maxSize: 4 }, to: { maxSize: 6 }, implementation: { automated: false } },
    ])
  })

  test('goes to the maximum and no further', () => {
    expect(planned({ cpuAverage: hot }, groupWith({ maxSize: 5 })).advice).toMatchObject([
      { to: { desiredCapacity: 5 } },
    ])
  })

  test('adds at most half of what serves, and at least one', () => {
    const two = groupWith({ desiredCapacity: 2, minSize: 1 })
    expect(planned({ cpuAverage: ending(99, 99, 99, 99, 99, 99) }, two).advice).toMatchObject([
      { to: { desiredCapacity: 3 } },
    ])
  })

  test('waits for instances that are already on their way', () => {
    const launching = groupWith({ desiredCapacity: 6, instances: instancesOf(4) })
    expect(planned({ cpuAverage: hot, inService: () => 4 }, launching).advice).toEqual([])
  })

  test('holds where it is switched off, where policies are unknown and where the price is', () => {
    const off = policyOf({ enableAutoScalingOptimization: false })
    expect(planned({ cpuAverage: hot }, groupWith(), off).hold).toMatchObject({ reason: 'switched-off' })
    expect(planned({ cpuAverage: hot }, groupWith({ scalingPolicies: unknown('denied') })).hold).toMatchObject({
      reason: 'fact-unknown',
    })
    expect(planned({ cpuAverage: hot }, groupWith({ instanceType: 'z9.large' })).hold).toMatchObject({
      reason: 'no-price',
    })
  })
})
