import { describe, expect, it } from '@jest/globals'
import { mondayOf } from '../../../src/core/cost/iso-week.js'
import { longerLooksOf, periodCost, quarterOf } from '../../../src/core/cost/periods.js'
import { monthsAfter } from '../../../src/core/model/cost.js'

describe('periods', () => {
  it('S83: a quarter is known when each of its months is', () => {
    const months = ['2026-07-01', '2026-08-01', '2026-09-01'].map((day) => ({ day, usd: 10 }))
    expect(periodCost(months, '2026-07', 3).usd).toBe(30)
    expect(periodCost(months.slice(1), '2026-07', 3).usd).toBeUndefined()
  })

  it.each([
    ['2026-11', -12, '2025-11'],
    ['2026-01', -1, '2025-12'],
    ['2025-12', 1, '2026-01'],
  ])('%s and %i months is %s', (month, count, wanted) => expect(monthsAfter(month, count)).toBe(wanted))

  it.each([
    ['2026-10-05', '2026-10-05', { running: '2026-10', quarterly: true }],
    ['2026-10-05', '2026-10-11', { running: '2026-10', quarterly: true }],
    ['2026-09-28', '2026-09-30', undefined],
    ['2026-09-28', '2026-10-01', { running: '2026-10', quarterly: true }],
    ['2026-11-02', '2026-11-02', { running: '2026-11', quarterly: false }],
    ['2026-11-09', '2026-11-12', undefined],
  ])('S82: the issue of the week of %s has on %s the looks %j', (monday, today, looks) =>
    expect(longerLooksOf(monday, today)).toEqual(looks),
  )

  it('a week begins on its Monday, in years of 52 and of 53 weeks', () => {
    expect(['2026-W01', '2026-W48', '2026-W53', '2027-W01'].map(mondayOf)).toEqual([
      '2025-12-29',
      '2026-11-23',
      '2026-12-28',
      '2027-01-04',
    ])
    expect(['2026-01', '2026-05', '2026-12'].map(quarterOf)).toEqual(['2026-01', '2026-04', '2026-10'])
  })
})
