import { describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { recommendationsSchema } from '../../../src/entrypoints/cli/documents/recommendations.js'
import { recommendationsText } from '../../../src/entrypoints/cli/recommendations/recommendations-text.js'
import { storedRow } from '../../../src/entrypoints/cli/recommendations/stored-row.js'
import { savingOf } from '../../core/proposal/builders.js'
import { golden } from './golden.js'

const plain = { chalk: new Chalk({ level: 0 }) }
const pullRequest = {
  repository: 'kestrel/infrastructure',
  number: 12,
  branch: 'trimtab/shop-web-min-1f3c9a',
  contentHash: 'x',
  openedAt: '2026-11-23T10:00:00.000Z',
}
const proposed = savingOf({ change: { state: 'proposed', pullRequest } })
/** A row that another tool wrote: it has the table's public attributes, and not ours. */
const foreign = {
  ...savingOf({
    id: 'tool-1',
    timestamp: '2026-11-20T08:00:00.000Z',
    priority: 'LOW',
    environment: '',
    groupKey: '',
    from: {},
    to: {},
    description: 'Use \u001b[2Jfewer instances',
    change: { state: 'superseded', why: 'written by another tool: shown, never acted on' },
  }),
  monthlyUsd: undefined,
} as unknown as Recommendation

function documentOf(rows: readonly Recommendation[], matching = rows.length) {
  return { environment: 'production', matching, recommendations: rows.map(storedRow), faults: [] }
}

describe('the text of recommendations', () => {
  it('has a row for each with its worth, its state and its page', () => {
    const document = documentOf([proposed, foreign], 34)
    const text = recommendationsText(document, plain)
    expect(text).toBe(golden('recommendations.txt', text))
    expect(recommendationsSchema.parse(document)).toEqual(document)
  })

  it('carries no terminal commands of outside text and invents no money', () => {
    const text = recommendationsText(documentOf([foreign]), plain)
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/NaN|undefined|\$/)
  })

  it('says where recommendations come from when there is none', () => {
    expect(recommendationsText(documentOf([]), plain)).toContain('No recorded recommendation matches for production.')
  })
})
