import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, daily, signalsWith, unscored } from './builders.js'

const group = groupWith({ minSize: 2, desiredCapacity: 10, maxSize: 12, scalingPolicies: known([cpuTracking(50)]) })

function forecastOf(growthPerDay: number, maxSize = 12) {
  const wave = daily(10, 30)
  const cpu = (step: number) => wave(step) * (1 + (growthPerDay * Math.floor(step / 288)) / 100)
  const own = { ...group, maxSize }
  const signals = signalsWith(own, { cpuAverage: cpu, memory: () => 50 })
  return plan({ group: own, signals, catalogue: catalogueWith(), policy: policyOf(), scored: unscored }).forecast
}

describe('the capacity forecast', () => {
  test('names the day on which a ramp meets the maximum', () => {
    const forecast = forecastOf(3)
    expect(forecast?.growthPerDay).toBeCloseTo(0.18, 2)
    expect(forecast?.confidencePercent).toBeGreaterThan(99)
    // 6 instances on the first day, 0.18 more each day: 12 on day 33.3 of the window
    expect(forecast?.reachesMaxAt.slice(0, 10)).toBe('2026-12-12')
  })

  test('is silent about a flat or falling group', () => {
    expect(forecastOf(0)).toBeUndefined()
    expect(forecastOf(-2)).toBeUndefined()
  })

  test('is silent about a date more than a year away', () => {
    expect(forecastOf(0.1, 40)).toBeUndefined()
  })

  test('says now for a group that needs more already', () => {
    expect(forecastOf(3, 7)?.reachesMaxAt).toBe('2026-11-23T00:00:00.000Z')
  })
})
