import { afterEach, describe, expect, it } from '@jest/globals'
import { hourMs } from '../../src/core/model/units.js'
import { analyseFleet } from '../../src/workflows/analyse/analyse-fleet.js'
import type { Deps } from '../../src/workflows/deps.js'
import { readEstate } from '../../src/workflows/estate/read-estate.js'
import { type Company, closeCompanies, startCompany } from './start-company.js'

afterEach(closeCompanies)

/** The analyses of one process, and what CloudWatch was asked for by it. */
async function analyse({ sandbox }: Company, deps: Deps) {
  const before = sandbox.metrics()
  const { analyses } = await analyseFleet(deps, await readEstate(deps, undefined))
  const { requested, points } = sandbox.metrics()
  return { analyses, requested: requested - before.requested, points: points - before.points }
}

describe('a second process', () => {
  it('asks CloudWatch only for what is new, and comes to what a process without any history comes to', async () => {
    const company = await startCompany({ roles: ['overProvisioned', 'wellSized'] })
    const first = await analyse(company, await company.another())
    await company.deps.clock.sleep(hourMs)
    const second = await analyse(company, await company.another())

    // Two weeks of twelve points an hour, then one new hour and the three that may still change.
    expect(first.points / first.requested).toBeGreaterThan(14 * 24 * 12)
    expect(second.requested).toBe(first.requested)
    expect(second.points).toBeLessThanOrEqual((first.points * 4) / (14 * 24))

    const alone = await startCompany({ roles: ['overProvisioned', 'wellSized'] })
    await alone.deps.clock.sleep(hourMs)
    const { analyses } = await analyse(alone, alone.deps)
    const figures = (found: typeof analyses) => found.map(({ group, scored, advice }) => [group.name, scored, advice])
    expect(figures(second.analyses)).toEqual(figures(analyses))
  }, 240_000)
})
