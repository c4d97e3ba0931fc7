import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { bestCpu, bestMemory, marksOf, rangeMark, type StepUse, scoreOf } from '../../../src/core/analysis/score.js'

const percent = fc.double({ min: 0, max: 130, noNaN: true })
const use: fc.Arbitrary<StepUse> = fc.record({
  cpu: percent,
  memory: fc.option(percent, { nil: undefined }),
  capacity: fc.option(percent, { nil: undefined }),
  responseTime: fc.option(fc.double({ min: 0, max: 400, noNaN: true }), { nil: undefined }),
})
const score = (step: StepUse) => scoreOf(marksOf(step))

describe('score', () => {
  it('S59: gives 100 where every factor is in its best range', () => {
    expect(score({ cpu: 70, memory: 80, capacity: 60, responseTime: 90 })).toBe(100)
  })

  it('S59: gives 0 where every factor is at its worst', () => {
    expect(score({ cpu: 100, memory: 0, capacity: 100, responseTime: 200 })).toBe(0)
  })

  it.each([
    [0, 0],
    [30, 50],
    [60, 100],
    [80, 100],
    [90, 50],
    [100, 0],
    [120, 0],
  ])('S59: CPU of %d %% has the mark %d', (cpu, mark) => {
    expect(rangeMark(cpu, bestCpu)).toBeCloseTo(mark, 9)
  })

  it.each([
    [35, 50],
    [70, 100],
    [85, 100],
    [92.5, 50],
    [100, 0],
  ])('S59: memory of %d %% has the mark %d', (memory, mark) => {
    expect(rangeMark(memory, bestMemory)).toBeCloseTo(mark, 9)
  })

  it.each([
    [100, 40, 100],
    [100, 70, 100],
    [100, 80, 50],
    [100, 90, 0],
    [90, 95, 50],
    [80, 95, 100],
    [110, 95, 0],
  ])('S59: %d %% of the maximum at CPU %d %% has the capacity mark %d', (capacity, cpu, mark) => {
    expect(marksOf({ cpu, memory: undefined, capacity, responseTime: undefined }).capacity).toBeCloseTo(mark, 9)
  })

  it.each([
    [0, 100],
    [100, 100],
    [150, 50],
    [200, 0],
    [900, 0],
  ])('S59: response time at %d %% of its target has the mark %d', (responseTime, mark) => {
    expect(marksOf({ cpu: 70, memory: undefined, capacity: undefined, responseTime }).responseTime).toBeCloseTo(mark, 9)
  })

  it('re-weights over the known factors: an unmeasured one neither helps nor hurts', () => {
    expect(score({ cpu: 30, memory: undefined, capacity: undefined, responseTime: undefined })).toBeCloseTo(50)
    expect(score({ cpu: 30, memory: 0, capacity: undefined, responseTime: undefined })).toBeCloseTo((50 * 40) / 70)
  })

  it('stays within 0–100 and never becomes NaN', () => {
    fc.assert(
      fc.property(use, (step) => {
        const value = score(step)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100)
      }),
      { numRuns: 2000 },
    )
  })

  it('moves at most one point for a tenth of a point of any input', () => {
    const keys = ['cpu', 'memory', 'capacity', 'responseTime'] as const
    fc.assert(
      fc.property(use, fc.constantFrom(...keys), (step, key) => {
        const value = step[key]
        if (value === undefined) return
        expect(Math.abs(score({ ...step, [key]: value + 0.1 }) - score(step))).toBeLessThanOrEqual(1)
      }),
      { numRuns: 4000 },
    )
  })

  it('falls, never rises, the further a factor is outside its best range', () => {
    const outside = (low: number, high: number) =>
      fc.tuple(fc.constantFrom(low, high), percent, percent).map(([edge, a, b]) => {
        const [near, far] = [a, b].sort((x, y) => x - y) as [number, number]
        return edge === low ? [low - near, low - far] : [high + near, high + far]
      })
    fc.assert(
      fc.property(use, outside(bestMemory.low, bestMemory.high), (step, [near, far]) => {
        expect(score({ ...step, memory: far })).toBeLessThanOrEqual(score({ ...step, memory: near }) + 1e-9)
      }),
    )
    fc.assert(
      fc.property(use, outside(bestCpu.low, bestCpu.high), (step, [near, far]) => {
        expect(score({ ...step, cpu: far as number })).toBeLessThanOrEqual(
          score({ ...step, cpu: near as number }) + 1e-9,
        )
      }),
    )
    fc.assert(
      fc.property(use, percent, percent, (step, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(score({ ...step, capacity: more })).toBeLessThanOrEqual(score({ ...step, capacity: less }) + 1e-9)
        expect(score({ ...step, responseTime: more })).toBeLessThanOrEqual(
          score({ ...step, responseTime: less }) + 1e-9,
        )
      }),
    )
  })
})
