import { describe, expect, it } from '@jest/globals'
import { hourOfWeek, hourOfWeekProfile } from '../../../src/core/analysis/hour-of-week.js'
import { mannKendallConfidence, theilSenSlope, trendOf } from '../../../src/core/analysis/trend.js'
import type { Series } from '../../../src/core/model/series.js'
import { type Shape, signalsOf } from './signals-builder.js'

function cpuSeries(shape: Shape): Series {
  const fact = signalsOf({ cpuAverage: shape }).series.cpuAverage
  if (fact.kind === 'unknown') throw new Error(fact.why)
  return fact.value
}

describe('trendOf', () => {
  it('S14: measures a ramp of one point a day as seven a week, with high confidence', () => {
    const trend = trendOf(
      'cpuAverage',
      cpuSeries((step) => 40 + step / 288),
    )
    expect(trend?.slopePerWeek).toBeCloseTo(7, 3)
    expect(trend?.confidencePercent).toBeGreaterThan(99)
  })

  it('S14: gives a flat series no slope and no confidence', () => {
    expect(trendOf('cpuAverage', cpuSeries(50))).toEqual({
      metric: 'cpuAverage',
      slopePerWeek: 0,
      confidencePercent: 0,
    })
  })

  it('is not moved by one wild day', () => {
    const trend = trendOf(
      'cpuAverage',
      cpuSeries((step) => (step < 288 ? 100 : 50)),
    )
    expect(trend?.slopePerWeek).toBe(0)
  })

  it('states no trend with fewer than five measured days', () => {
    expect(
      trendOf(
        'cpuAverage',
        cpuSeries((step) => (step < 4 * 288 ? 50 : undefined)),
      ),
    ).toBeUndefined()
  })

  it('leaves a day out when most of it is a gap, rather than counting it low', () => {
    const trend = trendOf(
      'cpuAverage',
      cpuSeries((step) => (step % 2016 < 200 ? undefined : 50)),
    )
    expect(trend?.slopePerWeek).toBe(0)
  })

  it('agrees with a worked example of the Mann–Kendall test', () => {
    // S = 9 of 10 pairs up, one down: S = 8, variance 16.67, z = 7 / 4.082 = 1.715, two-sided p = 0.0864
    expect(mannKendallConfidence([1, 2, 3, 5, 4])).toBeCloseTo(91.4, 1)
    expect(
      theilSenSlope([
        { day: 0, mean: 1 },
        { day: 1, mean: 2 },
        { day: 4, mean: 5 },
      ]),
    ).toBe(1)
  })
})

describe('hourOfWeek', () => {
  it.each([
    ['2026-11-23T00:00:00Z', 0],
    ['2026-11-23T09:05:00Z', 9],
    ['2026-11-29T23:59:59Z', 167],
    ['1969-12-29T00:00:00Z', 0],
  ])('%s is hour %d', (at, hour) => {
    expect(hourOfWeek(Date.parse(at))).toBe(hour)
  })

  it('averages the same hour of several weeks and leaves unmeasured hours out', () => {
    const profile = hourOfWeekProfile(cpuSeries((step) => (step % 2016 < 12 ? undefined : step < 2016 ? 40 : 60)))
    expect(profile).toHaveLength(168)
    expect(profile[0]).toBeUndefined()
    expect(profile.slice(1)).toEqual(Array(167).fill(50))
  })
})
