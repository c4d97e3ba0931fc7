import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { catalogueWith, cpuTracking, daily, groupWith, policyWith, signalsWith, unscored } from './builders.js'

describe('plan', () => {
  test('an over-provisioned group without a policy gets fewer instances, with both back-tests', () => {
    const group = groupWith({ minSize: 10, desiredCapacity: 10 })
    const signals = signalsWith(group, { cpuAverage: daily(8, 25), cpuMaximum: daily(12, 32), memory: () => 30 })
    const { advice } = plan({ group, signals, catalogue: catalogueWith(), policy: policyWith(), scored: unscored })
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

  test('an over-provisioned group with target tracking gets a lower floor, never a lower desired capacity', () => {
    const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })
    const signals = signalsWith(group, { cpuAverage: daily(8, 35), memory: () => 45 })
    const { advice } = plan({ group, signals, catalogue: catalogueWith(), policy: policyWith(), scored: unscored })
    expect(advice.map(({ property, to }) => ({ property, to }))).toEqual([{ property: 'minSize', to: { minSize: 5 } }])
  })
})
