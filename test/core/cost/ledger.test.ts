import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { calibrationOf } from '../../../src/core/cost/calibration.js'
import { adviseCommitment } from '../../../src/core/cost/commitments.js'
import { groupCost } from '../../../src/core/cost/group-cost.js'
import { type LedgerEntry, ledgerOf, openSavingByGroup, savingsPotential } from '../../../src/core/cost/ledger.js'
import { type Change, changeStates } from '../../../src/core/model/change.js'
import type { Series } from '../../../src/core/model/series.js'

function entry(groupKey: string, monthlyUsd: number, state: Change['state'], saved?: number): LedgerEntry {
  return {
    groupKey,
    monthlyUsd,
    change: {
      state,
      ...(saved !== undefined && {
        verification: { verdict: 'improved', at: '2026-11-23T00:00:00.000Z', savedUsdPerMonth: saved, summary: '' },
      }),
    },
  }
}

describe('ledgerOf', () => {
  it('counts the largest open saving of a group once, and adds merged ones', () => {
    const ledger = ledgerOf([
      entry('web', 300, 'recorded'),
      entry('web', 200, 'proposed'),
      entry('web', 100, 'verified', 90),
      entry('api', 50, 'refused'),
      entry('jobs', 70, 'deployed'),
      entry('old', 500, 'declined'),
      entry('bad', 400, 'regressed', -20),
      entry('busy', -80, 'applied'),
    ])
    expect(ledger).toEqual({ identified: 170 + 300 + 50, proposed: 170 + 200, merged: 170, verified: 90 })
  })

  const anyEntry = fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.double({ min: -500, max: 5000, noNaN: true }),
      fc.constantFrom(...changeStates),
      fc.option(fc.double({ min: -500, max: 5000, noNaN: true }), { nil: undefined }),
    )
    .map((parts) => entry(...parts))

  it('narrows from identified to proposed to merged', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        const { identified, proposed, merged } = ledgerOf(entries)
        expect(identified).toBeGreaterThanOrEqual(proposed)
        expect(proposed).toBeGreaterThanOrEqual(merged)
        expect(merged).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('S42: keeps the potential within 0–100 %, whatever the savings and costs', () => {
    const costs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'd'), fc.double({ min: -10, max: 5000, noNaN: true })))
    fc.assert(
      fc.property(fc.array(anyEntry), costs, (entries, pairs) => {
        const potential = savingsPotential(entries, new Map(pairs))
        if (potential === undefined) return
        expect(potential).toBeGreaterThanOrEqual(0)
        expect(potential).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('S42: combines, does not sum', () => {
    const entries = [entry('web', 300, 'recorded'), entry('web', 280, 'recorded'), entry('gone', 900, 'recorded')]
    expect(savingsPotential(entries, new Map([['web', 1000]]))).toBe(30)
    expect(savingsPotential(entries, new Map())).toBeUndefined()
    expect([...openSavingByGroup(entries)]).toEqual([
      ['web', 300],
      ['gone', 900],
    ])
  })
})

const price = { usdPerHour: 0.2, source: 'shipped price list', asOf: '2026-07-20' }

function series(days: number, count: (step: number) => number | undefined): Series {
  const samples = Float32Array.from({ length: days * 288 }, (_, step) => count(step) ?? Number.NaN)
  return { startAt: '2026-11-09T12:00:00.000Z', periodSeconds: 300, unit: 'count', samples }
}

describe('groupCost', () => {
  it('prices instance-hours, by the day and by the month of 730 hours', () => {
    const cost = groupCost(
      series(2, () => 5),
      price,
    )
    expect(cost).toMatchObject({ usdPerMonth: 730, coveragePercent: 100, netOfCommitments: false })
    expect(cost?.instanceHours).toBeCloseTo(240)
    expect(cost?.days.map(({ day, usd }) => [day, Math.round(usd)])).toEqual([
      ['2026-11-09', 12],
      ['2026-11-10', 24],
      ['2026-11-11', 12],
    ])
  })

  it('takes a gap neither for zero nor for a day, and says how much was known', () => {
    const cost = groupCost(
      series(2, (step) => (step < 144 || step % 2 ? undefined : 5)),
      price,
      50,
    )
    expect(cost).toMatchObject({ usdPerMonth: 365, coveragePercent: 37.5, netOfCommitments: true })
    expect(cost?.days.map(({ day }) => day)).toEqual(['2026-11-10', '2026-11-11'])
    expect(
      groupCost(
        series(2, () => undefined),
        price,
      ),
    ).toBeUndefined()
  })
})

describe('adviseCommitment', () => {
  const wave = series(14, (step) => (step % 288 < 100 ? 4 : 10))

  it('S37: covers the floor, not the peak, and names no saving without an offer', () => {
    expect(adviseCommitment({ inService: wave, price, coveredPercent: 0 })).toEqual({
      kind: 'cover',
      instances: 4,
      usdPerHour: 0.8,
      savingUsdPerMonth: undefined,
      why: '4 instances ran in 99 % of 14 days at on-demand price (shipped price list, 2026-07-20)',
    })
  })

  it('S37: takes the saving from the offer, the covered share and the planned floor into account', () => {
    const offer = { name: 'Compute Savings Plan, 1 year', discountPercent: 25, source: 'AWS', asOf: '2026-11-01' }
    expect(adviseCommitment({ inService: wave, price, offer, plannedFloor: 2 })).toMatchObject({
      instances: 2,
      savingUsdPerMonth: expect.closeTo(0.4 * 730 * 0.25),
      why: expect.stringContaining('commitments cover already is unknown'),
    })
    expect(adviseCommitment({ inService: wave, price, coveredPercent: 60 })).toEqual({
      kind: 'none',
      why: 'no uncovered instance runs all the time',
    })
  })

  it('wants two weeks with few gaps', () => {
    expect(adviseCommitment({ inService: series(13, () => 4), price }).kind).toBe('none')
    expect(adviseCommitment({ inService: series(14, (step) => (step % 2 ? 4 : undefined)), price }).kind).toBe('none')
  })
})

describe('calibrationOf', () => {
  it('S91: learns from verified dollars, three at least', () => {
    const done = [0.9, 1, 0.4].map((ratio) => ({
      type: 'SCALE_DOWN' as const,
      ...entry('web', 100, 'verified', ratio * 100),
    }))
    expect(calibrationOf('SCALE_DOWN', done)).toEqual({
      type: 'SCALE_DOWN',
      changes: 3,
      kept: 2,
      factor: 0.9,
      errorPercent: expect.closeTo(10),
    })
    expect(calibrationOf('SCALE_DOWN', done.slice(1))).toBeUndefined()
    expect(calibrationOf('INSTANCE_TYPE_CHANGE', done)).toBeUndefined()
  })
})
