import { expect, test } from '@jest/globals'
import { factValue } from '../../../src/core/model/fact.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import type { PlacedGroup } from '../../../src/workflows/analyse/place-group.js'
import { proposeFacts } from '../../../src/workflows/engine/decide-recommendations.js'
import { downOf } from '../../core/decision/builders.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'

const now = new Date('2026-11-24T12:00:00.000Z')
const repository = {
  name: 'tidewell/infrastructure',
  branch: 'main',
  sha: 'abc',
  config: undefined,
  faults: [],
  files: new Map(),
}
const placed: PlacedGroup = {
  group: groupWith(),
  policy: policyOf(),
  code: { kind: 'missing', why: 'computed', repository },
}

function claimed(id: string, claimedAt: string, claimedIn = repository.name): Recommendation {
  return downOf({ id, groupKey: `123456789012/us-east-1/${id}`, change: { state: 'claimed', claimedIn, claimedAt } })
}

function counts(own: Recommendation, others: readonly Recommendation[]) {
  const facts = proposeFacts(placed, own, { recommendations: [...others, own], now })
  return [factValue(facts.openPullRequests), factValue(facts.openedToday)]
}

test('a claim counts as the page that it may be becoming, in its repository, on its day', () => {
  const fresh = downOf({ id: 'own', change: { state: 'recorded' } })
  expect(counts(fresh, [claimed('a', '2026-11-24T09:00:00.000Z')])).toEqual([1, 1])
  expect(counts(fresh, [claimed('a', '2026-11-23T09:00:00.000Z')])).toEqual([1, 0])
  expect(counts(fresh, [claimed('a', '2026-11-24T09:00:00.000Z', 'tidewell/other')])).toEqual([0, 0])
})

test('a claim of an earlier version, without its time, counts from its last write', () => {
  const { claimedAt: _, ...change } = claimed('a', '').change
  const row = { ...claimed('a', ''), change, updatedAt: '2026-11-24T09:00:00.000Z' }
  expect(counts(downOf({ id: 'own', change: { state: 'recorded' } }), [row])).toEqual([1, 1])
})

test('of two claims the earlier goes first, so that they never wait for each other', () => {
  const [first, second] = [claimed('b', '2026-11-24T09:00:00.000Z'), claimed('a', '2026-11-24T09:00:01.000Z')]
  expect(counts(first, [second])).toEqual([0, 0])
  expect(counts(second, [first])).toEqual([1, 1])
})

test('a page that was opened and declined today still counts for the day, and a snoozed one is still open', () => {
  const page = {
    repository: repository.name,
    number: 1,
    branch: 'b',
    contentHash: '',
    openedAt: '2026-11-24T09:00:00.000Z',
  }
  const own = downOf({ id: 'own', change: { state: 'recorded' } })
  expect(counts(own, [downOf({ id: 'a', change: { state: 'declined', pullRequest: page } })])).toEqual([0, 1])
  expect(counts(own, [downOf({ id: 'a', change: { state: 'snoozed', pullRequest: page } })])).toEqual([1, 1])
})
