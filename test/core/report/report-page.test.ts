import { expect, it } from '@jest/globals'
import { analyse } from '../../../src/core/analysis/analyse.js'
import { hold } from '../../../src/core/model/hold.js'
import { hourlyUsage } from '../../../src/core/report/hourly-usage.js'
import type { ReportGroup } from '../../../src/core/report/report.js'
import { reportPage } from '../../../src/core/report/report-page.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { daily, signalsWith } from '../planning/builders.js'
import { savingOf } from '../proposal/builders.js'

const hostile = `"><script>alert(1)</script><img src=//evil.example/x onerror='x'>\u202e\u0007&amp;`
const days = Array.from({ length: 14 }, (_, i) => ({ day: `2026-11-${String(9 + i).padStart(2, '0')}`, usd: 40 + i }))

function reportGroupOf(name: string, changes: Partial<ReportGroup> = {}): ReportGroup {
  const group = groupWith({ name, groupKey: `123456789012/us-east-1/${name}` })
  const policy = policyOf()
  const signals = signalsWith(group, {
    cpuAverage: (step) => (step % 500 < 40 ? undefined : daily(10, 45)(step)),
    cpuMaximum: daily(12, 60),
  })
  return {
    group,
    policy,
    scored: analyse(signals, policy),
    usage: hourlyUsage(signals),
    advice: [],
    hold: hold('well-sized', 'shop-web at 4 × m6i.xlarge'),
    cost: { usdPerMonth: 1200, days, netOfCommitments: false, coveragePercent: 100 },
    types: [
      {
        name: 'm6i.xlarge',
        vcpus: 4,
        memoryGiB: 16,
        onDemandUsdPerHour: 0.192,
        priceSource: 'shipped price list, 2026-07-20',
      },
    ],
    ...changes,
  }
}

const advised = (name: string): ReportGroup =>
  reportGroupOf(name, {
    hold: undefined,
    advice: [
      {
        advice: savingOf(),
        recommendationId: 'down-1f3c9a0b77aa',
        decision: { kind: 'propose', reason: 'every check passed' },
      },
    ],
  })

function pageOf(groups: readonly ReportGroup[], faults: readonly { scope: string; message: string }[] = []): string {
  return reportPage({ at: '2026-11-23T10:00:00.000Z', regions: ['us-east-1'], groups, faults })
}

it('has the fleet first, the largest saving first, and for each group scorecard, week, use, advice and cost', () => {
  const page = pageOf([reportGroupOf('calm'), advised('shop-web')])
  const order = ['<h1>', '$2,400', 'shop-web</a>', 'calm</a>', 'id="group-1"', 'id="group-2"'].map((text) =>
    page.indexOf(text),
  )
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(order.every((at) => at > 0)).toBe(true)
  const [, first = '', second = ''] = page.split('<article')
  for (const part of [
    'What the score is made of',
    'CPU by hour of week',
    'CPU and memory by the hour',
    'Instances in service',
    'Cost by day',
  ]) {
    expect(first).toContain(part)
    expect(second).toContain(part)
  }
  expect(first).toContain('<h4>Minimum 8 → 5</h4>')
  expect(first).toContain('Saves $347 a month.')
  expect(first).toContain('the day of the highest demand')
  expect(first).toContain('npx trimtab backtest --group shop-web --set minSize=5')
  expect(second).toContain('no cheaper configuration passed the replay by enough')
})

it('asks for nothing outside and forbids it to itself', () => {
  const page = pageOf([advised('shop-web')])
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)
  const addresses = [...page.matchAll(/(?:src|href|url|action|xlink:href)\s*[=(]\s*["']?([^"')>\s]+)/g)].map(
    (match) => match[1],
  )
  expect(addresses.filter((address) => !/^(?:#group-\d+|data:,)$/.test(address as string))).toEqual([])
  expect(page).not.toMatch(/<(?:script|iframe|object|embed|form)|@import|https?:/i)
})

it('lets no outside text become markup', () => {
  const notes = savingOf().evidence.notes
  const advice = savingOf({
    description: hostile,
    evidence: { ...savingOf().evidence, notes: [...notes, hostile], reproduce: hostile },
  })
  const group = reportGroupOf(hostile, {
    hold: hold('code-unknown', hostile),
    advice: [{ advice, recommendationId: hostile, decision: hold('snoozed', hostile) }],
    scored: { kind: 'unscored', why: hostile },
  })
  const held = reportGroupOf('b', {
    group: groupWith({ environment: hostile, region: hostile }),
    hold: hold('fact-unknown', hostile),
  })
  const page = pageOf([group, held], [{ scope: hostile, message: hostile }])
  const plain = pageOf([
    reportGroupOf('a', { ...group, group: groupWith(), scored: { kind: 'unscored', why: 'x' } }),
    held,
  ])
  expect(page).not.toMatch(/<script|<img|onerror='/)
  for (const mark of ['\u202e', '\u0007']) expect(page).not.toContain(mark)
  expect(page).toContain('&lt;script&gt;')
  expect(page).toContain('&amp;amp;')
  const tags = (text: string) => new Set([...text.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]))
  expect([...tags(page)].filter((tag) => !tags(plain).has(tag))).toEqual(['h2'])
})

it('says no data instead of drawing it', () => {
  const nothing = reportGroupOf('empty', {
    usage: hourlyUsage(signalsWith(groupWith(), { inService: () => undefined })),
    scored: { kind: 'unscored', why: 'CPU is unknown: no metric' },
    cost: undefined,
    types: [],
    hold: hold('no-cpu-data', 'no metric'),
  })
  const page = pageOf([nothing])
  expect(page).toContain('CPU is unknown: no metric')
  expect(page).not.toContain('<figure')
  expect(page).not.toMatch(/NaN|undefined|Infinity/)
  expect(page).toContain('no data')
})

it('gives every picture a title and lifts the pen over a gap', () => {
  const page = pageOf([advised('shop-web')])
  const pictures = [...page.matchAll(/<svg role="img"[^>]*>(<title>[^<]{10,}<\/title>)?/g)]
  expect(pictures.length).toBeGreaterThan(4)
  expect(pictures.every((match) => match[1] !== undefined)).toBe(true)
  const line = /class="line cpu" d="([^"]+)"/.exec(page)?.[1] as string
  // Nine gaps, the first and the last at the ends of the window: eight pieces.
  expect(line.match(/M/g)?.length).toBe(8)
  expect(page).not.toMatch(/NaN|undefined|Infinity/)
})

it('says that there is no group', () => {
  expect(pageOf([])).toContain('No group was found.')
})
