import { afterEach, describe, expect, it } from '@jest/globals'
import type { Recommendation } from '../../src/core/model/recommendation.js'
import { dayMs } from '../../src/core/model/units.js'
import { type Company, closeCompanies, company as people, startCompany } from './start-company.js'

afterEach(closeCompanies)

const all = { limit: Number.POSITIVE_INFINITY }
const storefront = (rows: readonly Recommendation[]) => rows.find(({ groupKey }) => groupKey.endsWith('storefront'))

async function proposed(): Promise<Company> {
  const company = await startCompany()
  await company.run()
  expect((await company.pulls()).map(({ state }) => state)).toEqual(['open'])
  return company
}

describe('a closed pull request', () => {
  it('is a no: remembered with who and when, said by later runs, and never opened again', async () => {
    const company = await proposed()
    const { github } = company.sandbox
    await github.closePull(people.repository, 1, people.lead)

    for (let day = 0; day < 3; day += 1) {
      const pass = await company.run()
      expect(pass.faults).toEqual([])
      const [decided] = pass.decisions
      expect(decided?.decision).toMatchObject({ kind: 'hold', reason: 'declined' })
      expect(decided?.decision).toMatchObject({ detail: expect.stringContaining(`by ${people.lead} at 2026-11-23`) })
      await company.deps.clock.sleep(dayMs)
    }
    expect((await company.pulls()).map(({ state }) => state)).toEqual(['closed'])
    const rows = await company.deps.recommendations.list(all)
    expect(rows.map(({ change }) => change.declined?.by)).toEqual([people.lead])
  }, 240_000)

  it('is raised again, quoting the no, once the saving is one and a half times as large', async () => {
    const company = await proposed()
    await company.sandbox.github.closePull(people.repository, 1, people.lead)
    await company.run()
    const row = storefront(await company.deps.recommendations.list(all))
    if (!row?.change.declined) throw new Error('the no is not stored')
    // The same saving, weighed against a no that was said when it was much smaller.
    const declined = { ...row.change.declined, monthlyUsd: row.monthlyUsd / 1.6 }
    await company.deps.recommendations.save({ ...row, change: { ...row.change, declined } })

    const pass = await company.run()

    expect(pass.proposed.map(({ kind }) => kind)).toEqual(['pull-request'])
    const again = (await company.pulls()).find(({ state }) => state === 'open')
    expect(again?.body).toContain(`\`${people.lead}\` said no on`)

    await company.sandbox.github.closePull(people.repository, again?.number ?? 0, people.lead)
    await company.run()
    const rows = await company.deps.recommendations.list(all)
    expect(rows.map(({ change }) => change.state)).toEqual(['declined', 'declined'])
  }, 240_000)

  it('of a by-hand issue counts the same, without its webhook', async () => {
    const company = await startCompany({ roles: ['computedValue'] })
    await company.run()
    const [issue] = await company.issues()
    await company.sandbox.github.closeIssue(people.repository, issue?.number ?? 0, people.lead)

    const pass = await company.run()

    expect(pass.decisions[0]?.decision).toMatchObject({ kind: 'hold', reason: 'declined' })
    expect(await company.issues()).toHaveLength(1)
  }, 240_000)
})

describe('an ended change whose page is still open', () => {
  it('has its pull request closed by the next run, with one comment', async () => {
    const company = await proposed()
    const row = storefront(await company.deps.recommendations.list(all))
    if (!row) throw new Error('no row')
    const change = { ...row.change, state: 'superseded' as const, why: 'newer evidence' }
    await company.deps.recommendations.save({ ...row, status: 'FAILED', change })

    await company.run()
    await company.run()

    const [first] = await company.pulls()
    expect(first?.state).toBe('closed')
    expect(await company.comments(1)).toHaveLength(1)
  }, 240_000)
})
