import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { breakdownOf } from '../../../src/core/cost/breakdown.js'
import { known } from '../../../src/core/model/fact.js'
import { byHandView } from '../../../src/core/proposal/by-hand-page.js'
import { configurationFaultsView } from '../../../src/core/proposal/configuration-page.js'
import {
  breakdownSection,
  capacitySection,
  commitmentsSection,
  efficiencySection,
  monthsSection,
  promisesSection,
  typesSection,
} from '../../../src/core/proposal/cost-sections.js'
import { monthSection, quarterSection } from '../../../src/core/proposal/longer-looks.js'
import { own } from '../../../src/core/proposal/markdown.js'
import { explainView, helpView, noticeView } from '../../../src/core/proposal/notice-page.js'
import type { PageName } from '../../../src/core/proposal/page-names.js'
import { bodyLimit, createPages, type PageView } from '../../../src/core/proposal/pages.js'
import { pullRequestView } from '../../../src/core/proposal/pull-request-page.js'
import { weeklyView } from '../../../src/core/proposal/weekly-page.js'
import { writeBackView } from '../../../src/core/proposal/write-back-page.js'
import { readTemplates } from '../../../src/entrypoints/read-templates.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { replayOf, savingOf } from './builders.js'

/* UPDATE_GOLDENS=1 in the environment writes the pages anew. */

const render = createPages(await readTemplates())
const policy = policyOf()
const group = groupWith({ name: 'shop-web', environment: 'production', scalingPolicies: known([cpuTracking(60)]) })
const edit = {
  file: 'env/prod.tfvars',
  line: 14,
  range: [300, 301] as const,
  oldText: '8',
  newText: '5',
  before: 'web_min_size = 8',
  after: 'web_min_size = 5',
}
const proof = {
  address: 'module.shop.aws_autoscaling_group.web',
  where: 'tfvars',
  way: [
    { file: 'modules/shop/main.tf', line: 31, text: '  min_size = var.web_min_size' },
    { file: 'env/prod.tfvars', line: 14, text: edit.before },
  ],
  edits: [edit],
  valuesCompared: 412,
}
const saving = savingOf()
const typeChange = savingOf({
  type: 'INSTANCE_TYPE_CHANGE',
  property: 'instanceType',
  from: { instanceType: 'm6i.xlarge' },
  to: { instanceType: 'c6i.xlarge' },
  evidence: {
    ...saving.evidence,
    proposed: replayOf(8, {
      configuration: { ...replayOf(8).configuration, instanceType: 'c6i.xlarge' },
      price: { usdPerHour: 0.17, source: 'shipped price list', asOf: '2026-07-20' },
    }),
  },
})
const { today: _today, proposed: _proposed, ...noReplay } = saving.evidence
const { monthlyUsdRange: _range, ...withoutRange } = saving
const raised = {
  ...withoutRange,
  type: 'SCALE_UP' as const,
  description: 'Raise the maximum of shop-web from 12 to 16: at its maximum, CPU was at 91 % or more for 40 minutes',
  property: 'maxSize' as const,
  from: { maxSize: 12 },
  to: { maxSize: 16 },
  monthlyUsd: -560.64,
  evidence: { ...noReplay, demandMargin: 1 },
}
const seenAt = '2026-11-23T10:00:00.000Z'
const spot = savingOf({
  type: 'COST_OPTIMIZATION',
  property: 'spotMix',
  description: 'Switch to spot instances (m6i.xlarge) for 62% savings',
  from: {},
  to: {
    spotMix: {
      onDemandBaseCapacity: 1,
      onDemandPercentageAboveBaseCapacity: 0,
      spotAllocationStrategy: 'price-capacity-optimized',
      overrides: ['m6i.xlarge', 'm6a.xlarge', 'm5.xlarge'],
    },
  },
  monthlyUsd: 620,
  implementation: { automated: false, steps: ['Give the group a mixed-instances policy'], estimatedDuration: '1 hour' },
  evidence: {
    ...noReplay,
    spotMarket: {
      placement: known({ score: 7, instances: 7, seenAt }),
      priceMoves: known({
        pools: 9,
        days: 14,
        medianPercent: 3.2,
        largestPercent: 11.6,
        largestIn: 'm5.xlarge in us-east-1b',
        seenAt,
      }),
    },
  },
})
const application = {
  from: 4,
  to: 6,
  minSizeBefore: 4,
  healthyBefore: 4,
  instancesBefore: [],
  startedAt: '2026-11-23T10:15:00.000Z',
}
const refused = {
  kind: 'refused' as const,
  reason: 'computed' as const,
  sites: [],
  hint: 'the value is computed by an expression: `max_size = local.base * 2` (asg.tf:31). By hand: asg.tf:31 → `max_size = 16`',
}
const cost = { usd: 20_100, before: 20_900, yearBefore: 18_000 }
const sections = [
  monthSection({
    month: '2026-10',
    cost,
    merged: { changes: 3, usd: 870 },
    measured: { changes: 3, kept: 3, usd: 810 },
  }),
  quarterSection({
    from: '2026-07',
    cost: { usd: 61_200, before: 60_000, yearBefore: undefined },
    trend: { direction: 'rising', percentPer30Days: 1.4, months: 12 },
    dearest: '2026-03',
    cheapest: '2026-08',
    coverableUsdPerHour: 3.2,
    groupsReachingMaximum: 1,
  }),
  capacitySection([
    {
      group: 'search',
      maxSize: 10,
      reachesMaxAt: '2026-12-12T00:00:00Z',
      neededNow: 8.2,
      growthPerDay: 0.09,
      confidencePercent: 98,
    },
  ]),
  efficiencySection([{ group: 'shop-web', efficiency: 52, diagnosis: 'wasteful', next: 'minimum 8 → 5' }]),
  promisesSection([{ type: 'SCALE_DOWN', changes: 12, kept: 12, factor: 0.97, errorPercent: 9 }]),
  commitmentsSection([
    {
      group: 'shop-web',
      instances: 4,
      usdPerHour: 0.77,
      savingUsdPerMonth: undefined,
    },
  ]),
  typesSection([
    {
      group: 'shop-web',
      types: [
        {
          name: 'm6i.xlarge',
          vcpus: 4,
          memoryGiB: 16,
          onDemandUsdPerHour: 0.192,
          spotUsdPerHour: 0.07,
          spotSavingPercent: 63,
          priceSource: 'price list, 2026-07-20',
        },
        {
          name: 'm6a.xlarge',
          vcpus: 4,
          memoryGiB: 16,
          onDemandUsdPerHour: 0.1728,
          priceSource: 'price list, 2026-07-20',
        },
      ],
    },
  ]),
  breakdownSection(
    'Cost by service',
    breakdownOf([
      { name: 'EC2 - Compute', usd: 15_000 },
      { name: 'Credit', usd: -20 },
    ]),
  ),
  monthsSection(
    [
      { day: '2025-10-01', usd: 18_000 },
      { day: '2026-09-01', usd: 20_900 },
      { day: '2026-10-01', usd: 20_100 },
      { day: '2026-11-01', usd: 9_000 },
    ],
    '2026-11',
  ),
].filter((section) => section !== undefined)
const weekly = weeklyView({
  week: '2026-W47',
  thisWeekUsd: 4812,
  lastWeekUsd: 5119,
  projection: { month: '2026-11', usd: 20_900, plusMinusUsd: 600, budgetUsd: 24_000, overBudget: false },
  trend: 'falling, -6 % over 30 days',
  ledger: { identified: 3140, proposed: 1220, merged: 870, verified: 810 },
  potentialPercent: 15,
  daily: Array.from({ length: 14 }, (_, i) => ({ day: `2026-11-${String(i + 9).padStart(2, '0')}`, usd: 700 - i * 5 })),
  groups: [{ name: 'shop-web', weekUsd: 276, monthUsd: 1200, identifiedUsd: 347 }],
  next: [{ title: 'shop-web: minimum 8 → 5, saves $347 a month', link: '#201', monthlyUsd: 347 }],
  moves: [
    { name: 'search', usd: 95 },
    { name: 'batch', usd: -310, change: { title: 'batch: off-hours, saves $310 a month', link: 'acme/infra#201' } },
  ],
  sections,
  blindSpots: ['no memory metric: search'],
  sources: ['a month is 730 hours'],
})

const promises = { changes: 12, kept: 12, factor: 0.97 }
const pages: readonly (readonly [string, PageName, PageView])[] = [
  ['pull-request', 'pull-request', pullRequestView({ recommendation: saving, group, policy, proof, promises })],
  ['pull-request-type', 'pull-request', pullRequestView({ recommendation: typeChange, group, policy, proof })],
  ['pull-request-maximum', 'pull-request', pullRequestView({ recommendation: raised, group, policy, proof })],
  ['by-hand', 'by-hand', byHandView(raised, group, refused, policy)],
  [
    'by-hand-spot',
    'by-hand',
    byHandView(
      spot,
      group,
      { ...refused, reason: 'unsupported-property', hint: 'a mixed-instances policy is more than one value' },
      policy,
    ),
  ],
  ['write-back', 'write-back', writeBackView({ ...raised, property: 'capacity' }, application, proof)],
  ['weekly-issue', 'weekly-issue', weekly],
  ['explain', 'notice', explainView('1', saving)],
  ['help', 'notice', helpView('1')],
  ['outcome', 'notice', noticeView('1', own('Kept.'), own('Verified saving **$338 a month**.'))],
  [
    'configuration-faults',
    'configuration-faults',
    configurationFaultsView('.github/trimtab.yml', [{ line: 12, message: 'expected observe, propose or apply' }]),
  ],
]

describe('every page', () => {
  it.each(pages)('%s reads as its golden file', (name, page, view) => {
    const file = `test/golden/${name}.md`
    const body = `${render(page, view)}\n`
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, body)
    expect(body).toBe(readFileSync(file, 'utf8'))
  })

  it.each(pages)('%s carries one hidden marker and fits into what GitHub takes', (_name, page, view) => {
    const body = render(page, view)
    expect(body.match(/<!-- trimtab:/g)).toHaveLength(1)
    expect(body.length).toBeLessThan(bodyLimit)
    expect(body).not.toMatch(/undefined|NaN|\[object/)
  })
})
