import { afterEach, describe, expect, it } from '@jest/globals'
import { hourMs, minuteMs } from '../../src/core/model/units.js'
import { readEstate } from '../../src/workflows/estate/read-estate.js'
import { investigate } from '../../src/workflows/pass/investigate.js'
import { runCost } from '../../src/workflows/pass/run-cost.js'
import { runMonitoring } from '../../src/workflows/pass/run-monitoring.js'
import { runOptimization } from '../../src/workflows/pass/run-optimization.js'
import { runPerformance } from '../../src/workflows/pass/run-performance.js'
import { type Company, closeCompanies, startCompany, company as world } from './start-company.js'

afterEach(closeCompanies)

const roles = ['overProvisioned', 'saturated', 'wellSized'] as const

function metricCalls(company: Company): number {
  return company.sandbox.calls()['cloudwatch:GetMetricData'] ?? 0
}

describe('the passes, one after the other as an account runs them', () => {
  it('come to the end that one pass in one process comes to', async () => {
    const together = await startCompany({ roles })
    const pass = await together.run()
    const apart = await startCompany({ roles })

    // Each in a process of its own: nothing goes from one to the next but the table.
    const analyzer = await apart.another()
    const { reports } = await runPerformance(analyzer, await readEstate(analyzer, undefined))
    const done = await runOptimization(await apart.another())
    await runCost(await apart.another(), 'weekly')

    expect(reports.map(({ group }) => group.groupKey)).toEqual(pass.groups.map(({ group }) => group.groupKey))
    expect(done.applied).toEqual(pass.applied)
    expect(done.proposed.map(({ kind, groupKey }) => [kind, groupKey])).toEqual(
      pass.proposed.map(({ kind, groupKey }) => [kind, groupKey]),
    )
    const titles = async (one: Company) => (await one.pulls()).map(({ title }) => title)
    expect(await titles(apart)).toEqual(await titles(together))
    const weekly = (await apart.sandbox.github.issues(world.repository)).map(({ title }) => title)
    expect(weekly).toEqual((await together.sandbox.github.issues(world.repository)).map(({ title }) => title))
  }, 240_000)

  it('change nothing when the engine runs again, or before there is any analysis', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    expect(await runOptimization(company.deps)).toMatchObject({ decisions: [], applied: [], proposed: [] })
    await runPerformance(company.deps, await readEstate(company.deps, undefined))
    expect((await runOptimization(company.deps)).proposed).toHaveLength(1)
    expect((await runOptimization(await company.another())).proposed).toEqual([])
    expect(await company.pulls()).toHaveLength(1)
  }, 240_000)

  it('hold advice whose analysis has become old', async () => {
    const company = await startCompany({ roles: ['overProvisioned'] })
    await runPerformance(company.deps, await readEstate(company.deps, undefined))
    await company.deps.clock.sleep(4 * hourMs)
    const late = await runOptimization(company.deps)
    expect(late.decisions).toEqual([
      expect.objectContaining({ decision: expect.objectContaining({ reason: 'fact-unknown' }) }),
    ])
    expect(await company.pulls()).toEqual([])
  }, 240_000)
})

describe('the monitoring run', () => {
  it('S75: publishes the score of now with four metrics a group, and notes the groups that an investigation looks at', async () => {
    const company = await startCompany({ roles: ['overProvisioned', 'wellSized'] })
    await runPerformance(company.deps, await readEstate(company.deps, undefined))
    await company.deps.clock.sleep(15 * minuteMs)
    const before = metricCalls(company)

    const seen = await runMonitoring(company.deps, { cpuRules: false })

    expect(seen).toMatchObject({ scored: 2, analysed: 0, faults: [] })
    expect(metricCalls(company) - before).toBe(1)
    const found = await investigate(company.deps)
    expect(found).toMatchObject({ analysed: 1, faults: [] })
  }, 240_000)

  it('S73: analyses a group with high CPU once, not again while it stays so', async () => {
    const company = await startCompany({ roles: ['saturated'] })
    await runPerformance(company.deps, await readEstate(company.deps, undefined))
    const monitor = () => runMonitoring(company.deps, { cpuRules: true })
    const first = await monitor()
    await company.deps.clock.sleep(15 * minuteMs)
    const second = await monitor()
    expect([first.analysed, second.analysed]).toEqual([1, 0])
  }, 240_000)
})
