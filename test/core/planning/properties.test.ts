import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { known } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { policyOf } from '../../support/policy.js'
import { anyGroup, anyWork } from './arbitraries.js'
import { catalogueWith, unscored, waveSeries } from './builders.js'
import { planFor, recorded } from './world.js'

const catalogue = catalogueWith(0.4)
const policy = policyOf()
const options = { numRuns: 12, seed: 7, endOnFailure: true }

/** Every number that is not finite, by its path. */
function oddNumbers(value: unknown, path = 'plan'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => oddNumbers(inner, `${path}.${key}`))
}

describe('any plan', () => {
  test('keeps min ≤ desired ≤ max, holds only keys that change, and holds no odd number', () => {
    fc.assert(
      fc.property(anyWork, anyGroup, (work, group) => {
        const result = planFor(work, group, catalogue, policy)
        expect(oddNumbers(result)).toEqual([])
        expect(result.advice.length > 0).toBe(result.hold === undefined)
        expect(new Set(result.advice.map(({ property }) => property)).size).toBe(result.advice.length)
        for (const { type, to, from, monthlyUsd, implementation } of result.advice) {
          const after = { ...group, ...to }
          expect(after.minSize).toBeGreaterThanOrEqual(1)
          expect(after.minSize).toBeLessThanOrEqual(after.maxSize)
          expect(after.desiredCapacity).toBeLessThanOrEqual(after.maxSize)
          expect(Object.keys(to).sort()).toEqual(Object.keys(from).sort())
          if (type === 'SCALE_UP') expect(monthlyUsd).toBeLessThan(0)
          else expect(implementation.automated).toBe(false)
          if (type === 'SCALE_DOWN') expect(monthlyUsd).toBeGreaterThanOrEqual(policy.saving.minUsdPerMonth)
        }
      }),
      options,
    )
  })

  test('never gives an instance less memory, nor more load than was survived, where memory is unknown', () => {
    fc.assert(
      fc.property(anyWork, anyGroup, ({ memory: _memory, ...work }, group) => {
        const present = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
        const before = catalogue.types.get(present ?? '')?.memoryGiB ?? Number.POSITIVE_INFINITY
        for (const { to, evidence } of planFor(work, group, catalogue, policy).advice) {
          const names = [to.instanceType, ...(to.spotMix?.overrides ?? [])].filter((name) => name !== undefined)
          for (const name of names) expect(catalogue.types.get(name)?.memoryGiB).toBeGreaterThanOrEqual(before)
          if (evidence.proposed) expect(evidence.proposed.loadToSurvived).toBeLessThanOrEqual(1.00001)
          expect(evidence.memory).toBe('survivedLoad')
        }
      }),
      options,
    )
  })

  test('is not bolder for the same shape of more demand', () => {
    fc.assert(
      fc.property(anyWork, anyGroup, fc.double({ min: 1.02, max: 1.6, noNaN: true }), (work, group, factor) => {
        const signals = recorded(work, group, catalogue, policy)
        const floorOf = (scale: number) => {
          const cpu = signals.series.cpuAverage
          if (cpu.kind === 'unknown') throw new Error('the test has CPU')
          const samples = cpu.value.samples.map((value) => value * scale)
          const series = { ...signals.series, cpuAverage: known({ ...cpu.value, samples }) }
          const { advice } = plan({ group, signals: { ...signals, series }, catalogue, policy, scored: unscored })
          const down = advice.find(({ type }) => type === 'SCALE_DOWN')
          return down?.to.minSize ?? down?.to.desiredCapacity ?? group.minSize
        }
        expect(floorOf(1)).toBeGreaterThanOrEqual(floorOf(1 / factor))
      }),
      options,
    )
  })

  test('is not bolder with points missing, as long as the busiest of them are there', () => {
    fc.assert(
      fc.property(anyWork, anyGroup, fc.integer({ min: 20, max: 60 }), (work, group, every) => {
        const signals = recorded(work, group, catalogue, policy)
        const cpu = signals.series.cpuAverage
        if (cpu.kind === 'unknown') throw new Error('the test has CPU')
        const { samples } = cpu.value
        const limit = [...samples].sort((a, b) => b - a)[Math.floor(samples.length / 20)] ?? 0
        const thinned = waveSeries(signals.window, 'cpuAverage', (step) => {
          const value = samples[step] as number
          return step % every === 0 && value < limit ? undefined : value
        })
        const series = { ...signals.series, cpuAverage: known(thinned) }
        const whole = plan({ group, signals, catalogue, policy, scored: unscored })
        const thin = plan({ group, signals: { ...signals, series }, catalogue, policy, scored: unscored })
        const saved = ({ advice }: typeof whole) => advice.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)
        const room = 0.05 * Math.abs(saved(whole)) + policy.saving.minUsdPerMonth * 2
        expect(saved(thin)).toBeLessThanOrEqual(saved(whole) + room)
      }),
      options,
    )
  })

  test('is the same for the same input', () => {
    fc.assert(
      fc.property(anyWork, anyGroup, (work, group) => {
        expect(planFor(work, group, catalogue, policy)).toEqual(planFor(work, group, catalogue, policy))
      }),
      { ...options, numRuns: 3 },
    )
  })
})
