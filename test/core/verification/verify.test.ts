import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { SignalName } from '../../../src/core/model/signals.js'
import type { ChangePromise } from '../../../src/core/verification/promise.js'
import { verify } from '../../../src/core/verification/verify.js'
import { policyOf } from '../../support/policy.js'
import { type Shape, signalsOf } from '../analysis/signals-builder.js'

type Shapes = Partial<Record<SignalName, Shape>>

const week = 2016
const policy = policyOf()
const promise: ChangePromise = {
  monthlyUsd: 300,
  instanceHoursPercent: -25,
  usdPerHour: { before: 0.2, after: 0.2 },
}
/** Two days in tenths between 0 and 1: the same in every week. */
const dayWave = (step: number) => (1 + Math.sin((step / 288) * 2 * Math.PI)) / 2
/** Small noise that repeats nowhere within a week. */
const noise = (step: number) => ((step * 7919) % 101) / 101

const before: Shapes = {
  cpuAverage: 40,
  inService: 8,
  requests: (step) => 100 + 50 * dayWave(step),
  responseTime: (step) => 180 + 10 * noise(step),
}

function check(after: Shapes, options: { promise?: ChangePromise; steps?: number; before?: Shapes } = {}) {
  return verify({
    before: { signals: signalsOf(options.before ?? before, { steps: 2 * week }) },
    after: { signals: signalsOf(after, { steps: options.steps ?? week }) },
    promise: options.promise ?? promise,
    policy,
    at: '2026-12-02T10:00:00.000Z',
  })
}

describe('verify', () => {
  it('S79: says improved where the saving came and nothing got worse', () => {
    const { record } = check({ ...before, inService: 6, cpuAverage: 53 })
    expect(record.verdict).toBe('improved')
    expect(record.savedUsdPerMonth).toBeCloseTo(2 * 0.2 * 730)
    expect(record.summary).toBe(
      'Same hours of the week, 7 days: instance-hours −25.0 % (promised −25.0 %), breach minutes a week 0 → 0, ' +
        'P90 response 185 → 186 ms (no difference at 95 %). Demand was the same, by requests.',
    )
  })

  it('says neutral where less than half of the saving came', () => {
    expect(check({ ...before, inService: 7.5 }).record.verdict).toBe('neutral')
  })

  it('says regressed where breach minutes grew, whatever was saved', () => {
    const { record } = check({ ...before, inService: 5, cpuAverage: (step) => (step % 288 < 6 ? 95 : 60) })
    expect(record.verdict).toBe('regressed')
    expect(record.summary).toContain('breach minutes a week 0 → 210')
  })

  it('allows the strain that the page promised', () => {
    expect(check({ ...before, inService: 6, cpuAverage: (step) => (step < 9 ? 95 : 55) }).record.verdict).toBe(
      'improved',
    )
  })

  it('says regressed where response time is higher at 95 % and over the promise', () => {
    const slow = { ...before, inService: 6, responseTime: (step: number) => 320 + 10 * noise(step) }
    const alone = check(slow).record
    expect(alone.verdict).toBe('regressed')
    expect(alone.summary).toMatch(/→ 3\d\d ms \(higher at 95 %, over the limit of 2\d\d ms\)/)
    const promised = check(slow, { promise: { ...promise, responseTimeMs: 400 } }).record
    expect(promised.verdict).toBe('improved')
    expect(promised.summary).toContain('ms (higher at 95 %, within the promised 400 ms)')
  })

  it('takes a rise of less than a tenth of the target for no harm, however sure it is', () => {
    const quick = { ...before, responseTime: (step: number) => 80 + 5 * noise(step) }
    const slower = { ...quick, inService: 6, responseTime: (step: number) => 110 + 5 * noise(step) }
    const { record } = check(slower, { before: quick })
    expect(record.verdict).toBe('improved')
    expect(record.summary).toContain('(higher at 95 %, within the limit of 13')
  })

  it('does not take noise for a slower response', () => {
    const { comparison } = check({ ...before, inService: 6, responseTime: (step) => 180 + 10 * noise(step + 333) })
    expect(comparison?.response?.difference).toBe('none')
  })

  it('waits for seven days', () => {
    const { record, comparison } = check({ ...before, inService: 6 }, { steps: week - 12 })
    expect(record).toMatchObject({
      verdict: 'unclear',
      summary: 'Not compared: 167 of 168 hours have passed since the deployment.',
    })
    expect(comparison).toBeUndefined()
  })

  it('concludes nothing where too few hours are measured on both sides', () => {
    const gappy = { ...before, inService: (step: number) => (step < week / 2 ? 6 : undefined) }
    expect(check(gappy).record.summary).toContain('only 84 of 168 hours of the week')
    expect(check({}).record.summary).toContain('only no of 168 hours')
    expect(check({ ...before, inService: 6 }, { steps: 0 }).record.verdict).toBe('unclear')
  })

  it('concludes nothing where demand is another one', () => {
    expect(check({ ...before, inService: 6, requests: 400 }).record.verdict).toBe('unclear')
  })

  it('corrects an autoscaled group for demand: more instances for more work are no lost saving', () => {
    const autoscaled: Shapes = { ...before, inService: (step) => (100 + 50 * dayWave(step)) / 10 }
    const after = {
      ...autoscaled,
      requests: (step: number) => 1.2 * (100 + 50 * dayWave(step)),
      inService: (step: number) => 0.75 * 1.2 * ((100 + 50 * dayWave(step)) / 10),
    }
    const { comparison, record } = check(after, { before: autoscaled })
    expect(comparison?.demandChangePercent).toBeCloseTo(20, 1)
    expect(comparison?.instanceHoursPercent).toBeCloseTo(-25, 0)
    expect(record.summary).toContain('Demand was 20.0 % higher, by requests; corrected.')
  })

  it('does not correct a group at its floor: it would have run the same instances', () => {
    const { comparison } = check({ ...before, inService: 6, requests: (step) => 1.3 * (100 + 50 * dayWave(step)) })
    expect(comparison?.expectedInstances).toBeCloseTo(8)
  })

  it('falls back to CPU work without requests, and says when even that is not comparable', () => {
    const { requests: _requests, ...noRequests } = before
    const { comparison } = check({ ...noRequests, inService: 6, cpuAverage: 53.3 }, { before: noRequests })
    expect(comparison?.demandFrom).toBe('CPU')
    const oneSide = verify({
      before: { signals: signalsOf(noRequests), vcpus: 4 },
      after: { signals: signalsOf(noRequests, { steps: week }) },
      promise,
      policy,
      at: '2026-12-02T10:00:00.000Z',
    })
    expect(oneSide.record.summary).toContain('Demand is unknown on one side; not corrected.')
  })

  it('verifies no dollars without prices, but hours', () => {
    const { usdPerHour: _usdPerHour, ...unpriced } = promise
    const { record } = check({ ...before, inService: 6 }, { promise: unpriced })
    expect(record).toMatchObject({ verdict: 'improved' })
    expect(record).not.toHaveProperty('savedUsdPerMonth')
  })

  it('judges a change that costs by what it was for: fewer breaches', () => {
    const strained = { ...before, cpuAverage: (step: number) => (step % 20 === 0 ? 95 : 75) }
    const costs = { ...promise, monthlyUsd: -150 }
    expect(check({ ...before, inService: 10 }, { before: strained, promise: costs }).record.verdict).toBe('improved')
    expect(check({ ...before, inService: 10 }, { promise: costs }).record.verdict).toBe('neutral')
  })

  it('never gives NaN', () => {
    const shape = fc.option(fc.double({ min: 0, max: 150, noNaN: true }), { nil: undefined })
    const side = fc.record({ cpuAverage: shape, inService: shape, requests: shape, responseTime: shape })
    const known = (drawn: Record<string, number | undefined>): Shapes =>
      Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined))
    fc.assert(
      fc.property(side, side, (first, second) => {
        const text = JSON.stringify(check(known(second), { before: known(first) }), (_, value) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value,
        )
        expect(text).not.toMatch(/BAD|NaN|Infinity/)
      }),
      { numRuns: 60 },
    )
  })
})
