import { describe, expect, test } from '@jest/globals'
import { analyse } from '../../../src/core/analysis/analyse.js'
import { known } from '../../../src/core/model/fact.js'
import type { Group, ScalingPolicy } from '../../../src/core/model/group.js'
import { plan } from '../../../src/core/planning/plan.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, daily, signalsWith } from './builders.js'

const calm = { cpuAverage: daily(40, 66), memory: () => 60 }

function tuned(waves: Parameters<typeof signalsWith>[1], group: Group) {
  const input = { group, signals: signalsWith(group, waves), catalogue: catalogueWith(), policy: policyOf() }
  return plan({ ...input, scored: analyse(input.signals, input.policy) }).advice.filter(
    ({ type }) => type === 'PERFORMANCE_TUNING',
  )
}

describe('performance tuning', () => {
  test('asks for group metrics where they are off', () => {
    const blind = groupWith({ enabledMetrics: [], minSize: 4, desiredCapacity: 4, maxSize: 4 })
    const [advice] = tuned({ ...calm, inService: () => undefined }, blind)
    expect(advice).toMatchObject({ property: 'observability', priority: 'LOW', monthlyUsd: 0 })
    expect(advice?.description).toContain('GroupInServiceInstances')
  })

  test('says nothing of a group without CPU data, whatever else it lacks', () => {
    const blind = groupWith({ enabledMetrics: [] })
    expect(tuned({ memory: () => 60, cpuAverage: () => undefined, inService: () => undefined }, blind)).toEqual([])
  })

  test('asks for a warm-up as long as instances take to serve', () => {
    const launch = {
      activityId: 'a',
      startedAt: '2026-11-20T00:00:00.000Z',
      endedAt: '2026-11-20T00:06:00.000Z',
      statusCode: 'Successful',
      cause: '',
      description: 'Launching a new EC2 instance: i-1',
    }
    const policy = { ...cpuTracking(), warmupSeconds: 60 } as ScalingPolicy
    const group = groupWith({ scalingPolicies: known([policy]), activities: known([launch, launch, launch]) })
    expect(tuned(calm, group)).toMatchObject([
      { property: 'scalingPolicy', description: expect.stringContaining('from 60 to 360') },
    ])
    expect(tuned(calm, { ...group, scalingPolicies: known([cpuTracking()]) })).toEqual([])
  })

  test('lowers a target that let the work run hot, and says what it costs', () => {
    const group = groupWith({ minSize: 2, desiredCapacity: 6, scalingPolicies: known([cpuTracking(85)]) })
    const jumps = (step: number) => (step % 24 < 3 ? 96 : 60)
    const [advice] = tuned({ cpuAverage: jumps, memory: () => 40, inService: () => 6 }, group)
    expect(advice).toMatchObject({ property: 'scalingPolicy', priority: 'MEDIUM', from: { targetValue: 85 } })
    expect(advice?.to.targetValue).toBeLessThan(85)
    expect(advice?.monthlyUsd).toBeLessThan(0)
  })

  test('points behind the group when answers are slow while CPU idles', () => {
    const [advice] = tuned(
      { ...calm, cpuAverage: () => 30, responseTime: (step) => (step % 5 === 0 ? 900 : 100) },
      groupWith(),
    )
    expect(advice).toMatchObject({ property: 'scalingPolicy', priority: 'MEDIUM' })
    expect(advice?.description).toContain('20% of the time')
  })

  test('is silent about a calm group', () => {
    expect(tuned({ ...calm, responseTime: () => 100 }, groupWith())).toEqual([])
  })
})
