import { describe, expect, test } from '@jest/globals'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { ScalingPolicy } from '../../../src/core/model/group.js'
import { observedBootSeconds } from '../../../src/core/planning/boot-time.js'
import { hasWorkingPolicy, scalingModelOf } from '../../../src/core/planning/scaling-model.js'
import { cpuTracking, groupWith } from '../../support/group.js'

const groupOf = (...policies: ScalingPolicy[]) => groupWith({ scalingPolicies: known(policies) })
const step: ScalingPolicy = {
  kind: 'step',
  name: 'step',
  enabled: true,
  adjustment: 'ChangeInCapacity',
  steps: [{ change: 1 }],
  alarm: { metric: 'CPUUtilization', threshold: 70, comparison: 'above', periodSeconds: 60, evaluationPeriods: 7 },
}

describe('the scaling model of a group', () => {
  test('credits new instances with alarm and warm-up before they serve', () => {
    expect(scalingModelOf(groupOf(cpuTracking()), 300)).toMatchObject({ lagSteps: 2, warmupSeconds: 300 })
    const slow: ScalingPolicy = { ...cpuTracking(), kind: 'target-tracking', warmupSeconds: 900 } as ScalingPolicy
    expect(scalingModelOf(groupOf(slow), 300)).toMatchObject({ lagSteps: 4 })
  })

  test('believes the recorded launches where they took longer than the warm-up', () => {
    const launch = (seconds: number) => ({
      activityId: 'a',
      startedAt: '2026-11-20T00:00:00.000Z',
      endedAt: new Date(Date.parse('2026-11-20T00:00:00.000Z') + seconds * 1000).toISOString(),
      statusCode: 'Successful',
      cause: '',
      description: 'Launching a new EC2 instance: i-1',
    })
    const group = { ...groupOf(cpuTracking()), activities: known([launch(700), launch(800), launch(600)]) }
    expect(observedBootSeconds(group)).toBe(700)
    expect(scalingModelOf(group, 300)).toMatchObject({ warmupSeconds: 700, lagSteps: 3 })
    expect(observedBootSeconds({ activities: known([launch(700)]) })).toBeUndefined()
    expect(observedBootSeconds({ activities: unknown('denied') })).toBeUndefined()
  })

  test('reads step policies behind CPU alarms', () => {
    expect(scalingModelOf(groupOf(step), 300)).toMatchObject({ rules: [{ persistSteps: 2, thresholdPercent: 70 }] })
  })

  test('notes a predictive policy and leaves it out', () => {
    const model = scalingModelOf(groupOf({ kind: 'predictive', name: 'p', enabled: true }, cpuTracking()), 300)
    expect(model).toMatchObject({
      tracks: [{ metric: 'cpu', target: 70 }],
      notes: [expect.stringContaining('predictive')],
    })
  })

  test.each([
    ['a metric of its own', groupOf({ ...cpuTracking(), metric: 'custom' } as ScalingPolicy), 'unsupported-group'],
    ['both kinds together', groupOf(cpuTracking(), step), 'unsupported-group'],
    ['a suspended process', { ...groupOf(cpuTracking()), suspendedProcesses: ['Launch'] }, 'process-suspended'],
    ['policies nobody could read', groupWith({ scalingPolicies: unknown('denied') }), 'fact-unknown'],
  ])('is refused for %s', (_name, group, reason) => {
    expect(scalingModelOf(group, 300)).toMatchObject({ kind: 'hold', reason })
  })

  test('a disabled policy is no policy', () => {
    const off = groupOf({ ...cpuTracking(), enabled: false } as ScalingPolicy)
    expect(hasWorkingPolicy(off)).toBe(false)
    expect(scalingModelOf(off, 300)).toMatchObject({ tracks: [], rules: [] })
  })
})
