import { describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import type { CostReport } from '../../../src/core/model/cost.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import { dayMs } from '../../../src/core/model/units.js'
import { costDocument } from '../../../src/entrypoints/cli/cost/cost-document.js'
import { costText } from '../../../src/entrypoints/cli/cost/cost-text.js'
import { costSchema } from '../../../src/entrypoints/cli/documents/cost.js'
import type { GroupAnalysis } from '../../../src/workflows/analyse/group-analysis.js'
import { savingOf } from '../../core/proposal/builders.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { golden } from './golden.js'

const plain = { chalk: new Chalk({ level: 0 }) }
const days = Array.from({ length: 50 }, (_, at) => ({
  day: new Date(Date.parse('2026-10-05T00:00:00Z') + at * dayMs).toISOString().slice(0, 10),
  usd: 700 - at,
}))
const report: CostReport = {
  account: '123456789012',
  readAt: '2026-11-23T10:00:00.000Z',
  months: [],
  days,
  byService: [],
  byUsageType: [],
  filter: 'account 123456789012, unblended cost',
  settledUntil: '2026-11-21',
}
const monthly = { days: [], instanceHours: 1, netOfCommitments: false, coveragePercent: 100 }
const analysisOf = (name: string, usdPerMonth?: number) =>
  ({
    group: groupWith({ name, groupKey: `123456789012/us-east-1/${name}` }),
    policy: policyOf(),
    cost: usdPerMonth === undefined ? undefined : { ...monthly, usdPerMonth },
  }) as GroupAnalysis

const groups = [analysisOf('blind'), analysisOf('shop-web', 1200)]
const saving = savingOf({ change: { state: 'recorded' } })
const found = { environment: 'production', pass: { groups, recommendations: [saving], faults: [] } }

describe('S48a: the text of cost', () => {
  it('has cost, projection, potential, the groups and what is to be saved', () => {
    const document = costDocument({ ...found, costs: known(report) })
    const text = costText(document, plain)
    expect(text).toBe(golden('cost.txt', text))
    expect(costSchema.parse(document)).toEqual(document)
  })

  it('says what is not known, and never as zero', () => {
    const pass = { ...found.pass, groups: [analysisOf('blind')], recommendations: [] }
    const document = costDocument({ ...found, pass, costs: unknown('ce:GetCostAndUsage was denied') })
    expect(document).toMatchObject({ monthlyUsd: null, potentialPercent: null, account: null })
    const text = costText(document, plain)
    expect(text).toContain('Cost Explorer: ce:GetCostAndUsage was denied')
    expect(text).not.toMatch(/NaN|undefined|\$0/)
  })
})
