import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { demandShapes } from '../../../src/sandbox/demand/demand-figures.js'
import { demandFrom } from '../../../src/sandbox/demand/demand-source.js'
import { figuresOf, fittedFigures } from '../../../src/sandbox/demand/fitted-figures.js'
import { generateDemand } from '../../../src/sandbox/demand/generate-demand.js'
import { measureSeries, percentileOf } from '../../../src/sandbox/demand/measure-series.js'

const anchorMs = Date.parse('2026-11-02T00:00:00Z')
const stepMs = 300_000
const daySteps = 288

function series(seed: number, shape: (typeof demandShapes)[number], days: number): Float64Array {
  const demand = generateDemand(seed, figuresOf(shape), anchorMs)
  return Float64Array.from({ length: days * daySteps }, (_, step) => demand(anchorMs + step * stepMs))
}

describe('generateDemand', () => {
  it('gives the same value for the same seed, figures and time, in whatever order it is read', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(...demandShapes),
        fc.array(fc.nat(8000), { minLength: 2, maxLength: 5 }),
        (seed, shape, steps) => {
          const forwards = generateDemand(seed, figuresOf(shape), anchorMs)
          const alone = (step: number) => generateDemand(seed, figuresOf(shape), anchorMs)(anchorMs + step * stepMs)
          for (const step of steps) expect(forwards(anchorMs + step * stepMs)).toBe(alone(step))
        },
      ),
      { numRuns: 10 },
    )
  })

  it('gives other values for another seed', () => {
    expect([...series(1, 'diurnal', 1)]).not.toEqual([...series(2, 'diurnal', 1)])
  })

  it.each(demandShapes)('never falls below zero and always has a value: %s', (shape) => {
    expect([...series(3, shape, 14)].every((value) => value >= 0 && Number.isFinite(value))).toBe(true)
  })

  it('is constant within five minutes', () => {
    const demand = generateDemand(4, figuresOf('bursty'), anchorMs)
    expect(demand(anchorMs + 299_999)).toBe(demand(anchorMs))
  })

  it('keeps the noise as wide and as slow as its figures say, over any block boundary', () => {
    const figures = { ...figuresOf('flat'), harmonics: [], weekendFactor: 1, noise: { ar1: 0.8, sigma: 0.2 } }
    const calm = { ...figures, bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 } }
    const demand = generateDemand(5, calm, anchorMs)
    const logs = Array.from({ length: 60 * daySteps }, (_, step) => Math.log(demand(anchorMs + step * stepMs)))
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
    const sigma = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length)
    const lagged = logs.slice(1).reduce((sum, log, index) => sum + (log - mean) * ((logs[index] ?? 0) - mean), 0)
    expect(sigma).toBeCloseTo(0.2, 1)
    expect(lagged / logs.length / sigma ** 2).toBeCloseTo(0.8, 1)
  })

  it('grows by the weekly rate from the anchor on', () => {
    const figures = { ...figuresOf('flat'), harmonics: [], noise: { ar1: 0, sigma: 0 }, growthPerWeek: 0.5 }
    const calm = { ...figures, bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 } }
    const demand = generateDemand(6, calm, anchorMs)
    expect(demand(anchorMs + 14 * 86_400_000) / demand(anchorMs)).toBeCloseTo(2.25, 6)
  })
})

describe('the shapes', () => {
  // Median measures of the recordings (docs/demand.md); the generator's are those of one seed over eight weeks.
  it.each([
    ['diurnal', { cv: [0.35, 0.55], acfDay: [0.8, 1], p95ToMean: [1.7, 2.2] }],
    ['weekly', { cv: [0.4, 0.6], acfWeek: [0.65, 1], p95ToMean: [1.5, 1.9] }],
    ['bursty', { cv: [0.4, 0.65], p95ToMean: [1.5, 2], peakToMedian: [6, 90] }],
    ['flat', { cv: [0.15, 0.27], p95ToMean: [1.2, 1.5] }],
    ['onOff', { cv: [0.6, 1.2], p95ToMean: [1.4, 2.6] }],
    ['launchSpike', { cv: [0.6, 1.6], p995ToMean: [4, 9], peakToMedian: [7, 22] }],
  ] as const)('%s stays near its recording', (shape, bounds) => {
    const measures = measureSeries(series(7, shape, 56), 300)
    for (const [name, [low, high]] of Object.entries(bounds)) {
      const value = measures[name as keyof typeof measures]
      expect({ name, inside: value >= low && value <= high, value }).toMatchObject({ inside: true })
    }
  })

  it('carry the recording, the source and the date that they were fitted to', () => {
    for (const { source, fittedOn, trace } of fittedFigures) {
      expect(source).toMatch(/^https:/)
      expect(fittedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(trace).not.toBe('')
    }
    expect(new Set(fittedFigures.map(({ shape }) => shape))).toEqual(new Set(demandShapes))
  })
})

describe('demandFrom', () => {
  it.each(demandShapes)('puts P99 of the fortnight before the anchor where it was asked for: %s', (shape) => {
    const demand = demandFrom({ kind: 'generated', shape, seed: 8, p99: 12 }, anchorMs)
    const fortnight = Float64Array.from({ length: 4032 }, (_, step) => demand(anchorMs - (step + 1) * stepMs))
    expect(percentileOf(fortnight.sort(), 99)).toBeCloseTo(12, 6)
  })
})
