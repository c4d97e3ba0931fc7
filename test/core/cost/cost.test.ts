import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { breakdownOf } from '../../../src/core/cost/breakdown.js'
import { budgetVerdict } from '../../../src/core/cost/budget.js'
import { daysOfMonth, weekdayOf } from '../../../src/core/cost/calendar.js'
import { projectMonth } from '../../../src/core/cost/projection.js'
import { costTrend } from '../../../src/core/cost/trend.js'
import type { CostPoint } from '../../../src/core/model/cost.js'
import { dayMs } from '../../../src/core/model/units.js'

/** `count` days up to 23 November 2026, a Monday. */
function days(count: number, usd: (index: number, weekday: number) => number): readonly CostPoint[] {
  const last = Date.parse('2026-11-23T00:00:00Z')
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(last - (count - 1 - index) * dayMs).toISOString().slice(0, 10)
    return { day, usd: usd(index, weekdayOf(day)) }
  })
}

const ripple = (index: number) => ((index * 37) % 11) - 5

describe('costTrend', () => {
  it.each([
    ['rising', (index: number) => 100 + index],
    ['falling', (index: number) => 100 - index],
    ['stable', () => 100],
    ['stable', (index: number) => 100 + ripple(index)],
    ['rising', (index: number) => 100 + index + ripple(index)],
  ] as const)('S34: calls a series %s by its slope', (direction, usd) => {
    expect(costTrend(days(28, usd))?.direction).toBe(direction)
  })

  it('measures the slope over the dates, so that a missing day changes nothing', () => {
    const all = days(28, (index) => 100 + 2 * index)
    expect(costTrend(all)?.usdPerDay).toBeCloseTo(2)
    expect(costTrend(all.filter((_, index) => index % 5 !== 2))?.usdPerDay).toBeCloseTo(2)
    expect(costTrend(all)?.percentPer30Days).toBeCloseTo((60 / 127) * 100)
  })

  it('leaves days out that are not settled yet', () => {
    const late = days(28, (index) => (index > 25 ? 5 : 100))
    expect(costTrend(late, '2026-11-21')?.direction).toBe('stable')
    expect(costTrend(late)?.direction).toBe('falling')
  })

  it('does not take longer months for higher cost', () => {
    const months = ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']
    const points = months.map((day) => ({ day, usd: 10 * daysOfMonth(day).length }))
    expect(costTrend(points)?.direction).toBe('stable')
  })

  it('states nothing of two points or of no cost', () => {
    expect(costTrend(days(2, () => 5))).toBeUndefined()
    expect(costTrend(days(9, () => 0))).toBeUndefined()
    expect(costTrend([])).toBeUndefined()
  })
})

describe('projectMonth', () => {
  it('S38: expects of each open day what its weekday cost', () => {
    const weekly = (_: number, weekday: number) => (weekday >= 5 ? 40 : 100)
    const projection = projectMonth(days(28, weekly), '2026-11-23')
    // November 2026 has 30 days, of which 9 are at weekends.
    expect(projection).toMatchObject({ month: '2026-11', expectedDays: 7, settledUntil: '2026-11-23' })
    expect(projection?.usd).toBeCloseTo(21 * 100 + 9 * 40)
    expect(projection?.plusMinusUsd).toBeCloseTo(0)
  })

  it('does not use days that are not settled, and expects missing ones', () => {
    const late = days(28, (index) => (index === 27 ? 3 : 100))
    const projection = projectMonth(
      late.filter((point) => point.day !== '2026-11-10'),
      '2026-11-22',
    )
    expect(projection).toMatchObject({ expectedDays: 9, settledUntil: '2026-11-22' })
    expect(projection?.usd).toBeCloseTo(3000)
  })

  it('is wider the noisier the days and the more of them are open', () => {
    const calm = projectMonth(
      days(28, (index) => 100 + ripple(index)),
      '2026-11-23',
    )
    const wild = projectMonth(
      days(28, (index) => 100 + 5 * ripple(index)),
      '2026-11-23',
    )
    const early = projectMonth(
      days(28, (index) => 100 + ripple(index)),
      '2026-11-15',
    )
    expect(wild?.plusMinusUsd).toBeGreaterThan(4 * (calm?.plusMinusUsd ?? Number.POSITIVE_INFINITY))
    expect(early?.plusMinusUsd).toBeGreaterThan(calm?.plusMinusUsd ?? Number.POSITIVE_INFINITY)
  })

  it('needs a week', () => {
    expect(
      projectMonth(
        days(6, () => 100),
        '2026-11-23',
      ),
    ).toBeUndefined()
  })
})

describe('budgetVerdict', () => {
  const month = { month: '2026-11', usd: 20_900, plusMinusUsd: 600 }

  it.each([
    [24_000, 'under', false],
    [21_000, 'near', false],
    [20_900, 'near', false],
    [20_899, 'over', true],
  ] as const)('S38: holds $20,900 ± 600 against %d: %s', (budget, kind, alert) => {
    expect(budgetVerdict(month, budget)).toMatchObject({ kind, alert })
  })

  it('says it in a sentence', () => {
    expect(budgetVerdict(month, 24_000).sentence).toBe('2026-11 lands at $20,900 ± $600, under the budget of $24,000')
  })
})

describe('breakdownOf', () => {
  it('S69: names the largest first and the rest as one, with credits apart', () => {
    const lines = [
      { name: 'EC2', usd: 60 },
      { name: 'credit', usd: -20 },
      { name: 'S3', usd: 30 },
      { name: 'Lambda', usd: 6 },
      { name: 'SNS', usd: 4 },
    ]
    expect(breakdownOf(lines, 2)).toEqual([
      { name: 'EC2', usd: 60, sharePercent: 60 },
      { name: 'S3', usd: 30, sharePercent: 30 },
      { name: 'other (2)', usd: 10, sharePercent: 10 },
      { name: 'credit', usd: -20, sharePercent: undefined },
    ])
  })

  it('keeps the sum, and never divides by nothing', () => {
    const line = fc.record({ name: fc.string(), usd: fc.double({ min: -1e4, max: 1e4, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (lines, limit) => {
        const sum = (items: readonly { usd: number }[]) => items.reduce((total, item) => total + item.usd, 0)
        const broken = breakdownOf(lines, limit)
        expect(sum(broken)).toBeCloseTo(sum(lines), 4)
        for (const { sharePercent } of broken) expect(Number.isNaN(sharePercent)).toBe(false)
      }),
    )
  })
})
