import { describe, expect, it } from '@jest/globals'
import type { MetricColumn } from '../../../src/sandbox/world/metric-store.js'
import { fleet, fleetRoles, groupFor } from '../../../src/sandbox/world/scenarios.js'
import { createWorld } from '../../../src/sandbox/world/world.js'
import { nowAt } from './build-scenario.js'

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

const worlds = seeds.map((seed) => createWorld({ seed, nowAt, groups: fleet(seed), historyDays: 2 }))

/** Lowest and highest mean of a group over two days, and the largest share of steps with a value, over the seeds. */
function acrossSeeds(role: (typeof fleetRoles)[number], column: MetricColumn) {
  const runs = worlds.map((world) => {
    const { name } = groupFor(role, world.seed)
    const groups = world.groups().filter(({ scenario }) => scenario.name === name)
    const values = groups.flatMap((group) => world.points(group, column, { fromMs: 0, untilMs: world.now() }))
    return { mean: values.reduce((sum, { value }) => sum + value, 0) / values.length, known: values.length / 576 }
  })
  const means = runs.map(({ mean }) => mean)
  return { low: Math.min(...means), high: Math.max(...means), known: Math.max(...runs.map(({ known }) => known)) }
}

describe('the fleet', () => {
  it('has one group for each role, each with its own name and an Environment tag', () => {
    const groups = fleet(1)
    expect(groups).toHaveLength(fleetRoles.length)
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length)
    for (const { tags } of groups) expect(['production', 'staging', 'development']).toContain(tags.Environment)
  })

  it('opens exactly the two saturated groups to live action, with room below max and no policy', () => {
    const open = fleet(1).filter(({ tags }) => tags['trimtab:apply'] === 'true')
    expect(open.map(({ name }) => name)).toEqual([groupFor('saturated', 1).name, groupFor('failingScaleUp', 1).name])
    for (const { policies, desiredCapacity, maxSize } of open) {
      expect(policies).toEqual([])
      expect(desiredCapacity).toBeLessThan(maxSize)
    }
  })

  it.each([
    ['saturated', 'cpuAverage', 84, 99],
    ['failingScaleUp', 'cpuAverage', 84, 99],
    ['overProvisioned', 'cpuAverage', 5, 30],
    ['overProvisioned', 'inService', 8, 8.2],
    ['computedValue', 'cpuAverage', 5, 30],
    ['wrongFamily', 'memoryAverage', 2, 15],
    ['faultTolerant', 'cpuAverage', 58, 75],
    ['memoryBound', 'memoryAverage', 75, 85],
    ['memoryBound', 'cpuAverage', 3, 30],
    ['wellSized', 'cpuAverage', 40, 65],
  ] as const)('%s: %s stays between %d and %d over 20 seeds', (role, column, low, high) => {
    const measured = acrossSeeds(role, column)
    expect(measured.low).toBeGreaterThanOrEqual(low)
    expect(measured.high).toBeLessThanOrEqual(high)
  })

  it('has metrics less than half of the time in the gappy group, and never memory where no agent runs', () => {
    expect(acrossSeeds('gappy', 'cpuAverage').known).toBeLessThan(0.7)
    expect(acrossSeeds('noMemoryMetric', 'memoryAverage').known).toBe(0)
    expect(acrossSeeds('noMemoryMetric', 'cpuAverage').known).toBe(1)
  })
})
