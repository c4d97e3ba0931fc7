import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import { plan } from '../../../src/core/planning/plan.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, signalsWith, stagingPolicy, unscored } from './builders.js'

const group = groupWith({ environment: 'staging', minSize: 4, desiredCapacity: 4 })

/** Work from Monday to Friday, 06:00 to 20:00 UTC. */
function office(step: number) {
  const [day, hour] = [Math.floor(step / 288) % 7, Math.floor((step % 288) / 12)]
  return day < 5 && hour >= 6 && hour < 20 ? 50 : 0.2
}

function scheduleOf(wave: (step: number) => number, on: Group = group, policy = stagingPolicy) {
  const signals = signalsWith(on, { cpuAverage: wave, memory: () => 40 })
  const { advice } = plan({ group: on, signals, catalogue: catalogueWith(), policy, scored: unscored })
  return advice.find(({ property }) => property === 'schedule')
}

describe('off-hours', () => {
  test('finds the idle hours of the week and what they cost', () => {
    const advice = scheduleOf(office)
    expect(advice).toMatchObject({ type: 'COST_OPTIMIZATION', implementation: { automated: false } })
    expect(advice?.to.schedule).toBe(
      'stopped Mon 20:00–Tue 06:00, Tue 20:00–Wed 06:00, Wed 20:00–Thu 06:00, Thu 20:00–Fri 06:00, Fri 20:00–Mon 06:00 UTC',
    )
    expect(advice?.expectedImpact.costSavings).toBeCloseTo((98 / 168) * 100, 6)
  })

  test.each([
    ['one busy night in two weeks', (step: number) => (step === 2 * 288 + 12 ? 30 : 40), group, stagingPolicy],
    ['production', office, groupWith({ minSize: 4, desiredCapacity: 4 }), policyOf()],
    ['a guessed environment', office, { ...group, environmentFrom: 'default' as const }, stagingPolicy],
    ['a group with a schedule', office, { ...group, scheduledActions: known([{ name: 'night' }]) }, stagingPolicy],
  ])('are not advised for %s', (_name, wave, on, policy) => {
    expect(scheduleOf(wave, on, policy)).toBeUndefined()
  })

  test('an hour that worked in one week only is not idle', () => {
    const once = (step: number) => (step >= 288 * 7 + 12 && step < 288 * 7 + 24 ? 20 : office(step))
    expect(scheduleOf(once)?.to.schedule).toContain('Fri 20:00–Mon 01:00')
  })
})
