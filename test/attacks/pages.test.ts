import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { Recommendation } from '../../src/core/model/recommendation.js'
import { byHandView } from '../../src/core/proposal/by-hand-page.js'
import { configurationFaultsView } from '../../src/core/proposal/configuration-page.js'
import {
  breakdownSection,
  commitmentsSection,
  efficiencySection,
  typesSection,
} from '../../src/core/proposal/cost-sections.js'
import { carriesMarker } from '../../src/core/proposal/marker.js'
import { explainView } from '../../src/core/proposal/notice-page.js'
import type { PageName } from '../../src/core/proposal/page-names.js'
import { bodyLimit, createPages, type PageView } from '../../src/core/proposal/pages.js'
import { branchOf, commitMessageOf, pullRequestView, titleOf } from '../../src/core/proposal/pull-request-page.js'
import { type WeeklyPage, weeklyView } from '../../src/core/proposal/weekly-page.js'
import { writeBackTitle, writeBackView } from '../../src/core/proposal/write-back-page.js'
import { readTemplates } from '../../src/entrypoints/read-templates.js'
import { downOf } from '../core/decision/builders.js'
import { groupWith } from '../support/group.js'
import { policyOf } from '../support/policy.js'

const render = createPages(await readTemplates())

const pieces = [
  '@ann',
  '@acme/ops',
  '#12',
  'GH-7',
  'fixes #1',
  'closes acme/shop#2',
  'https://e.com/x',
  'www.e.com',
  'a@b.cc',
  '<b>',
  '<img src=x onerror=alert(1)>',
  '</details>',
  '<!-- trimtab:change=forged -->',
  '\n<!-- trimtab:change=1f3c9a0b77aa -->\n',
  '-->',
  '[x](http://e)',
  '![i](u)',
  '[x]: http://e',
  '`',
  '```',
  '~~~',
  '|',
  '\n',
  '\r\n\r\n',
  '\u2028',
  '\u0085',
  '{{x}}',
  '{{{this}}}',
  '${x}',
  '\u202e',
  '\u2066',
  '\u200d',
  '\u001b[2J',
  '\u009b31m',
  '\ud83d',
  '*',
  '_',
  '~~',
  '\n- ',
  '\n# ',
  '\n> ',
  '\n    ',
  '&lt;',
  '&#64;ann',
  '\\',
  '$`x`$',
  '[skip ci]',
  '\n\nTrimtab-Change: forged\n',
  '\nCo-authored-by: a <a@b.c>\n',
  '__proto__',
  ' ',
  'web',
] as const

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

function nodesOf(markdown: string): readonly Node[] {
  const root: Node = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const all: Node[] = []
  const walk = (node: Node) => {
    all.push(node)
    node.children?.forEach(walk)
  }
  walk(root)
  return all
}

/** Node types by how often they stand on a page, text and code left out: the page's skeleton. */
function skeletonOf(page: string): string {
  return nodesOf(page)
    .map((node) => (node.type === 'html' ? `html:${node.value?.replace(/=.*/s, '')}` : node.type))
    .filter((type) => type !== 'text')
    .join(' ')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\p{Cs}\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u

function expectSafe(page: string, marker: string, skeleton: string): void {
  expect(page).not.toMatch(unsafe)
  const nodes = nodesOf(page)
  expect(nodes.filter(({ type, value }) => type === 'html' && value?.includes('trimtab:'))).toHaveLength(1)
  expect(page.split('\n').filter((line) => /^\s*<!-- trimtab:.* -->\s*$/.test(line))).toHaveLength(1)
  expect(carriesMarker(page, marker)).toBe(true)
  const words = nodes.filter(({ type }) => type === 'text').map(({ value }) => value ?? '')
  // The pages' own reference to an issue of theirs is no outside text.
  const outside = words.join('\u0000').replaceAll('acme/shop#4', '')
  expect(outside).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/\w|www\.\w/)
  expect(skeletonOf(page)).toBe(skeleton)
}

function recommendationWith(text: string): Recommendation {
  const plain = downOf()
  return {
    ...plain,
    groupKey: `123456789012/us-east-1/${text}`,
    environment: text,
    description: text,
    monthlyUsd: 0,
    to: { minSize: 5, instanceType: text },
    from: { minSize: 8, instanceType: 'm6i.large' },
    implementation: { ...plain.implementation, steps: [text, text] },
    evidence: { ...plain.evidence, priceSource: text, reproduce: text, notes: [text] },
    change: { state: 'refused', why: text },
  }
}

const edit = (text: string) => ({
  file: text,
  line: 3,
  range: [0, 1] as const,
  oldText: text,
  newText: text,
  before: text,
  after: text,
})
const proofOf = (text: string) => ({
  address: text,
  where: 'literal',
  way: [{ file: text, line: 3, text }],
  edits: [edit(text)],
  valuesCompared: 12,
})

const price = { onDemandUsdPerHour: 0.1, priceSource: 'list' }
const foldedParts = (text: string) =>
  [
    breakdownSection('Cost by service', [{ name: text, usd: 1, sharePercent: 100 }]),
    typesSection([{ group: text, types: [{ name: text, vcpus: 2, memoryGiB: 8, ...price, priceSource: text }] }]),
    commitmentsSection([{ group: text, instances: 4, usdPerHour: 1, savingUsdPerMonth: undefined }]),
    efficiencySection([{ group: text, efficiency: 30, diagnosis: 'wasteful', next: text }]),
  ].filter((section) => section !== undefined)

const weekly = (text: string): WeeklyPage => ({
  week: '2026-W47',
  thisWeekUsd: 10,
  lastWeekUsd: 9,
  ledger: { identified: 1, proposed: 1, merged: 1, verified: 1 },
  potentialPercent: 3,
  daily: [],
  groups: [{ name: text, weekUsd: 1, monthUsd: 2, identifiedUsd: 3 }],
  next: [{ title: text, monthlyUsd: 3, link: 'acme/shop#4' }],
  moves: [{ name: text, usd: -9, change: { title: text, link: 'acme/shop#4' } }],
  sections: foldedParts(text),
  blindSpots: [text],
  sources: [text],
})

const application = {
  from: 4,
  to: 6,
  minSizeBefore: 2,
  healthyBefore: 4,
  instancesBefore: [],
  startedAt: '2026-11-24T12:00:00.000Z',
}
const policy = policyOf()

const pages: readonly (readonly [PageName, (text: string) => PageView])[] = [
  [
    'pull-request',
    (text) =>
      pullRequestView({
        recommendation: recommendationWith(text),
        group: groupWith({ name: text, environment: text }),
        policy,
        proof: proofOf(text),
        earlierNo: { by: text, at: '2026-11-01T00:00:00.000Z', because: `x${text}`, monthlyUsd: 1 },
      }),
  ],
  ['write-back', (text) => writeBackView(recommendationWith(text), application, proofOf(text))],
  [
    'by-hand',
    (text) =>
      byHandView(
        recommendationWith(text),
        groupWith({ name: text, environment: text }),
        { kind: 'refused', reason: 'computed', sites: [], hint: text.replaceAll('`', '') },
        policy,
      ),
  ],
  ['weekly-issue', (text) => weeklyView(weekly(text))],
  ['configuration-faults', (text) => configurationFaultsView('.github/trimtab.yml', [{ line: 3, message: text }])],
  ['notice', (text) => explainView('77', recommendationWith(text))],
]

describe('whole pages', () => {
  it.each(pages)('%s: outside text changes no structure, mentions nobody and forges no marker', (name, viewOf) => {
    const plain = skeletonOf(render(name, viewOf('web')))
    fc.assert(
      fc.property(hostile, (text) => {
        const view = viewOf(`web${text}`)
        expectSafe(render(name, view), String(view.marker), plain)
      }),
      { numRuns: 400 },
    )
  })

  it('fit into what GitHub takes, however many groups, faults and blind spots there are', () => {
    const many = <T>(one: T, count: number): readonly T[] => Array.from({ length: count }, () => one)
    const long = '@#'.repeat(400)
    const page = weekly(long)
    const large = { ...page, groups: many(page.groups[0] as never, 2000), blindSpots: many(long, 2000) }
    expect(render('weekly-issue', weeklyView(large)).length).toBeLessThan(bodyLimit)
    const faults = configurationFaultsView('.github/trimtab.yml', many({ line: 1, message: long }, 5000))
    expect(render('configuration-faults', faults)).toContain('and 4950 more')
  })
})

describe('titles, commits and branches', () => {
  const acting = /@[\w-]|#\d|GH-\d|:\/\/\w|\[skip|\[ci|\[no|\[x\]/i

  it('carry one line each that mentions, closes and skips nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const row = recommendationWith(`web${text}`)
        const titles = [titleOf(row), titleOf({ ...row, to: { minSize: 5 } }), writeBackTitle(row, application)]
        for (const title of titles) {
          expect(title).not.toMatch(/[\r\n]/)
          expect(title).not.toMatch(unsafe)
          expect(title).not.toMatch(acting)
          expect(title.length).toBeLessThan(180)
        }
        const message = commitMessageOf(row, proofOf(text))
        expect(message).not.toMatch(acting)
        expect(message.split('\n')).toHaveLength(6)
        expect(message.match(/^Trimtab-Change: .*$/gm)?.at(-1)).toBe('Trimtab-Change: 1f3c9a0b77aa')
        expect(branchOf(row)).toMatch(/^trimtab\/[a-z0-9-]{1,41}-1f3c9a0b77aa$/)
      }),
      { numRuns: 1500 },
    )
  })
})
