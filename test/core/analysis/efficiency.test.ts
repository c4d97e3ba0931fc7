import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cpuBandOf, efficiencyBandOf, overallBandOf, scoreBandOf } from '../../../src/core/analysis/bands.js'
import { efficiencyOf } from '../../../src/core/analysis/efficiency.js'

describe('efficiencyOf', () => {
  it('S60: gives the numbers of the specified formula for 1,000 random inputs', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(percent, percent, fc.nat(60), fc.integer({ min: 1, max: 60 }), (cpu, memory, instances, maxSize) => {
        const a = ((cpu + memory) / 2 + (instances / maxSize) * 100) / 2
        const specified = a >= 60 && a <= 80 ? 100 : a < 60 ? (a / 60) * 100 : Math.max(100 - (a - 80), 0)
        expect(efficiencyOf({ cpu, memory, instances, maxSize })).toBe(specified)
      }),
      { numRuns: 1000 },
    )
  })

  it('S60: has no rating where the maximum size is 0', () => {
    expect(efficiencyOf({ cpu: 50, memory: 50, instances: 0, maxSize: 0 })).toBeUndefined()
  })

  it('counts CPU alone where memory is unknown', () => {
    expect(efficiencyOf({ cpu: 30, memory: undefined, instances: 3, maxSize: 10 })).toBe(50)
  })

  it.each([
    [0, 0, 0],
    [59.9999, 6, 100],
    [70, 7, 100],
    [100, 10, 80],
  ])('rates a mean use of %d %% with %d of 10 instances at %d', (use, instances, rating) => {
    expect(efficiencyOf({ cpu: use, memory: use, instances, maxSize: 10 })).toBeCloseTo(rating, 3)
  })
})

describe('bands', () => {
  it('S59: prints the sample of the specification as it stands there', () => {
    expect(scoreBandOf(85.3)).toBe('GOOD')
    expect(efficiencyBandOf(78.9)).toBe('GOOD')
    expect(overallBandOf(85.3, 78.9)).toBe('GOOD')
    expect(cpuBandOf(65.2)).toBe('OPTIMAL')
    expect(cpuBandOf(89.1)).toBe('HIGH')
  })

  it.each([
    [90, 'EXCELLENT', 'EXCELLENT'],
    [89.99, 'GOOD', 'GOOD'],
    [80, 'GOOD', 'GOOD'],
    [79.99, 'FAIR', 'GOOD'],
    [75, 'FAIR', 'GOOD'],
    [74.99, 'FAIR', 'FAIR'],
    [69.99, 'POOR', 'FAIR'],
    [60, 'POOR', 'FAIR'],
    [59.99, 'POOR', 'POOR'],
    [50, 'POOR', 'POOR'],
    [49.99, 'CRITICAL', 'POOR'],
    [39.99, 'CRITICAL', 'CRITICAL'],
  ])('a score of %d is %s, an efficiency of it %s', (value, score, efficiency) => {
    expect(scoreBandOf(value)).toBe(score)
    expect(efficiencyBandOf(value)).toBe(efficiency)
  })

  it.each([
    [90, 'CRITICAL'],
    [89.9, 'HIGH'],
    [80, 'HIGH'],
    [79.9, 'OPTIMAL'],
    [60, 'OPTIMAL'],
    [59.9, 'LOW'],
    [20, 'LOW'],
    [19.9, 'VERY LOW'],
  ])('CPU of %d %% is %s', (cpu, band) => {
    expect(cpuBandOf(cpu)).toBe(band)
  })

  it('takes the score alone where there is no efficiency', () => {
    expect(overallBandOf(95, undefined)).toBe('EXCELLENT')
  })
})
