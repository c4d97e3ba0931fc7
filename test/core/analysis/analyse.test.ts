import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { analyse } from '../../../src/core/analysis/analyse.js'
import type { Group } from '../../../src/core/model/group.js'
import type { InstanceType } from '../../../src/core/model/instance-type.js'
import type { Scorecard } from '../../../src/core/model/scorecard.js'
import type { SignalName } from '../../../src/core/model/signals.js'
import { policyOf } from '../../support/policy.js'
import { m5large, type Shape, signalsOf, twoWeeks } from './signals-builder.js'

const policy = policyOf()

type Shapes = Partial<Record<SignalName, Shape>>

function card(
  shapes: Shapes,
  options: { type?: InstanceType; group?: Partial<Group>; steps?: number } = {},
): Scorecard {
  const scored = analyse(signalsOf(shapes, options), policy, options.type)
  if (scored.kind === 'unscored') throw new Error(scored.why)
  return scored.scorecard
}

const healthy: Shapes = { cpuAverage: 65, cpuMaximum: 80, memory: 75, inService: 6, max: 10, responseTime: 200 }

describe('analyse', () => {
  it('S13: scores a healthy group 100, balanced, with the designed shares and no notes', () => {
    const result = card(healthy)
    expect(result.score).toBe(100)
    expect(result.currentScore).toBe(100)
    expect(result.factors.map((factor) => factor.sharePercent)).toEqual([40, 30, 20, 10])
    expect(result.diagnosis).toBe('balanced')
    expect(result.bottlenecks).toEqual([])
    expect(result.efficiency).toBe(100)
    expect(result.breachMinutes).toBe(0)
    expect(result.notes).toEqual([])
  })

  it('has no score without CPU, whatever else is known', () => {
    expect(analyse(signalsOf({ memory: 50, inService: 3 }), policy)).toEqual({
      kind: 'unscored',
      why: 'CPU is unknown: cpuAverage was not asked for',
    })
    expect(analyse(signalsOf({ cpuAverage: () => undefined }), policy).kind).toBe('unscored')
    expect(analyse(signalsOf({ cpuAverage: 50 }, { steps: 0 }), policy).kind).toBe('unscored')
  })

  it('S19 S22: leaves an unknown factor out, re-weights and says so', () => {
    const result = card({ cpuAverage: 30, inService: 6 })
    expect(result.factors.map((factor) => Math.round(factor.sharePercent))).toEqual([67, 0, 33, 0])
    expect(result.factors[1]).toMatchObject({ mark: undefined, missing: 'memory was not asked for' })
    expect(result.score).toBeCloseTo((50 * 40 + 100 * 20) / 60)
    expect(result.notes).toContain(
      'memory is unknown (memory was not asked for): the score is re-weighted over CPU, capacity',
    )
    expect(result.usage.map((summary) => summary.metric)).toEqual(['cpuAverage', 'inService'])
  })

  it('S60: has no efficiency where the maximum is 0, and says so', () => {
    const result = card({ cpuAverage: 65, inService: 0, max: 0 }, { group: { maxSize: 0 } })
    expect(result.efficiency).toBeUndefined()
    expect(result.efficiencyBand).toBeUndefined()
    expect(result.notes).toContain('the maximum size is 0: there is no efficiency rating')
  })

  it('takes the instances of the fresh read for efficiency where their record is missing, and says so', () => {
    const result = card({ cpuAverage: 60, memory: 60 })
    expect(result.efficiency).toBe(100)
    expect(result.notes.join()).toContain('efficiency uses the instances in service now')
  })

  it('scores the current state by the last three steps only', () => {
    const result = card({ ...healthy, cpuAverage: (step) => (step >= twoWeeks - 3 ? 90 : 70) })
    expect(result.currentScore).toBeCloseTo(80)
    expect(result.score).toBeGreaterThan(99.9)
  })

  it('has no current score where the last three steps lack CPU', () => {
    expect(
      card({ ...healthy, cpuAverage: (step) => (step >= twoWeeks - 3 ? undefined : 70) }).currentScore,
    ).toBeUndefined()
  })

  it('S18: summarises mean and peak with the time of the peak', () => {
    const result = card({ ...healthy, cpuMaximum: (step) => (step === 12 ? 89 : 70) })
    expect(result.usage.find((summary) => summary.metric === 'cpuMaximum')).toMatchObject({
      max: 89,
      maxAt: '2026-11-09T01:00:00.000Z',
      p995: 70,
      coveragePercent: 100,
    })
  })

  it.each<[string, number, 'under' | 'at' | 'over']>([
    ['cpuUtilizationTarget', 69.9, 'under'],
    ['cpuUtilizationTarget', 70, 'at'],
    ['cpuUtilizationTarget', 70.1, 'over'],
    ['memoryUtilizationTarget', 79.9, 'under'],
    ['memoryUtilizationTarget', 80, 'at'],
    ['memoryUtilizationTarget', 80.1, 'over'],
    ['responseTimeTarget', 499.9, 'under'],
    ['responseTimeTarget', 500, 'at'],
    ['responseTimeTarget', 500.1, 'over'],
    ['throughputTarget', 999 / 60, 'under'],
    ['throughputTarget', 1000 / 60, 'at'],
    ['throughputTarget', 1001 / 60, 'over'],
  ])('S15: %s at %d is %s', (threshold, value, verdict) => {
    const signal = {
      cpuUtilizationTarget: 'cpuAverage',
      memoryUtilizationTarget: 'memory',
      responseTimeTarget: 'responseTime',
      throughputTarget: 'requests',
    }[threshold] as SignalName
    const check = card({ ...healthy, [signal]: value }).breaches.find((breach) => breach.threshold === threshold)
    expect(check?.verdict).toBe(verdict)
  })

  it('counts a step that is hot and slow once in the breach minutes', () => {
    const result = card({
      ...healthy,
      cpuAverage: (step) => (step < 4 ? 91 : 65),
      responseTime: (step) => (step >= 2 && step < 6 ? 501 : 200),
    })
    expect(result.breachMinutes).toBe(30)
  })

  it('says how much of the window is known where much is missing', () => {
    const result = card({ ...healthy, cpuAverage: (step) => (step % 2 === 0 ? 65 : undefined) })
    expect(result.notes).toContain('CPU is known in 50.0 % of the window: the figures rest on those steps alone')
  })

  it('never turns missing data into a number and never gives NaN', () => {
    const shape = fc.option(
      fc.tuple(fc.double({ min: 0, max: 200, noNaN: true }), fc.integer({ min: 1, max: 9 })).map(
        ([level, hole]): Shape =>
          (step) =>
            step % 10 < hole ? undefined : level,
      ),
      { nil: undefined },
    )
    const shapes = fc.record({ cpuAverage: shape, memory: shape, inService: shape, max: shape, responseTime: shape })
    fc.assert(
      fc.property(shapes, (drawn) => {
        const known = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined))
        const scored = analyse(signalsOf(known, { steps: 600 }), policy, m5large)
        expect(scored.kind).toBe(known.cpuAverage === undefined ? 'unscored' : 'scored')
        expect(hasNaN(scored)).toBe(false)
        if (scored.kind === 'scored')
          expect(scored.scorecard.usage.map((summary) => summary.metric).sort()).toEqual(Object.keys(known).sort())
      }),
      { numRuns: 200 },
    )
  })
})

function hasNaN(value: unknown): boolean {
  if (typeof value === 'number') return Number.isNaN(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNaN)
}
