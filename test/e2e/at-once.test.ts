import { afterEach, describe, expect, it } from '@jest/globals'
import { groupFor } from '../../src/sandbox/world/scenarios.js'
import { closeCompanies, effectsOf, startCompany } from './start-company.js'

afterEach(closeCompanies)

describe('two runs at the same moment', () => {
  it('have together the effects of one', async () => {
    const roles = ['overProvisioned', 'saturated', 'computedValue'] as const
    const alone = await startCompany({ roles })
    await alone.run()
    const company = await startCompany({ roles })
    const other = await company.another()

    const passes = await Promise.all([company.run(), company.run(other)])

    expect(passes.flatMap(({ faults }) => faults)).toEqual([])
    expect(passes.flatMap(({ applied }) => applied)).toEqual([expect.objectContaining({ result: 'succeeded' })])
    expect(plain(await effectsOf(company))).toEqual(plain(await effectsOf(alone)))
    expect(
      (await company.sandbox.github.issues('infrastructure')).filter(({ title }) => title.includes('week')),
    ).toHaveLength(1)
  }, 240_000)

  it('keep the hourly limit of the environment together', async () => {
    const saturated = groupFor('saturated', 1)
    const twin = { ...saturated, name: 'kestrel-checkout-twin' }
    // 8 instances at $0.085 run; two more fit under the limit, four do not.
    const environment = { TRIMTAB_ENVIRONMENTS: '{"production":{"costThresholds":{"maxHourlyCost":0.9}}}' }
    const company = await startCompany({ groups: [saturated, twin], environment })
    const other = await company.another()

    const passes = await Promise.all([company.run(), company.run(other)])

    expect(passes.flatMap(({ faults }) => faults)).toEqual([])
    expect(passes.flatMap(({ applied }) => applied)).toHaveLength(1)
    const desired = [saturated.name, twin.name].map((name) => company.sizes(name).desired)
    expect(desired.reduce((sum, count) => sum + count, 0)).toBe(10)
  }, 240_000)
})

/** Numbers of pages depend on which run came first; what they say does not. */
function plain({ pages, recommendations, sizes, activities }: Awaited<ReturnType<typeof effectsOf>>) {
  return { titles: pages.map(([, title, state]) => `${title} (${state})`).sort(), recommendations, sizes, activities }
}
