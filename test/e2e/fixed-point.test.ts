import { afterEach, describe, expect, it } from '@jest/globals'
import { dayMs } from '../../src/core/model/units.js'
import { closeCompanies, company as people, startCompany } from './start-company.js'

afterEach(closeCompanies)

describe('merged and deployed', () => {
  it('a saving stays as it is: later runs propose nothing for the group', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    await company.run()
    await company.sandbox.github.merge(people.repository, 1, people.lead)
    expect(await company.sandbox.deploy()).not.toEqual([])

    const states: string[] = []
    for (let day = 0; day < 9; day += 1) {
      const pass = await company.run()
      expect(pass.faults).toEqual([])
      expect(pass.proposed).toEqual([])
      states.push(pass.recommendations.map(({ change }) => change.state).join())
      await company.deps.clock.sleep(dayMs)
    }

    expect(states[0]).toBe('merged')
    expect(states[1]).toBe('deployed')
    expect(states.at(-1)).toBe('verified')
    expect(await company.pulls()).toHaveLength(1)
    expect(await company.comments(1)).toHaveLength(1)
    expect(company.sizes('kestrel-storefront').min).toBe(2)

    // The days between the merge and the run that noticed the deployment are no part of the time before.
    const [row] = await company.deps.recommendations.list({})
    const saved = row?.change.verification?.savedUsdPerMonth ?? Number.NaN
    expect(saved / (row?.monthlyUsd ?? Number.NaN)).toBeGreaterThan(0.95)
    expect(saved / (row?.monthlyUsd ?? Number.NaN)).toBeLessThan(1.05)
  }, 240_000)

  it('a live scale-up and its write-back leave nothing to do', async () => {
    const company = await startCompany({ roles: ['saturated'] })
    await company.run()
    await company.sandbox.github.merge(people.repository, 1, people.lead)
    await company.sandbox.deploy()

    for (let day = 0; day < 3; day += 1) {
      await company.deps.clock.sleep(dayMs)
      const pass = await company.run()
      expect({ proposed: pass.proposed, applied: pass.applied, faults: pass.faults }).toEqual({
        proposed: [],
        applied: [],
        faults: [],
      })
    }
    expect(company.sizes('kestrel-checkout-api').desired).toBe(6)
    const [row] = await company.deps.recommendations.list({})
    expect(row?.change.writeBackEnded?.kind).toBe('merged')
  }, 240_000)
})
