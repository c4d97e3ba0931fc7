import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rank } from '../../../src/core/decision/rank.js'
import { downOf } from './builders.js'

test('priority comes first, then the dollars that are sure, then age, then id', () => {
  const given = [
    downOf({ id: 'e', priority: 'LOW', monthlyUsd: 9000 }),
    downOf({ id: 'd', priority: 'HIGH', monthlyUsd: 100, timestamp: '2026-11-24T00:00:00Z' }),
    downOf({ id: 'c', priority: 'HIGH', monthlyUsd: 100, timestamp: '2026-11-23T00:00:00Z' }),
    downOf({ id: 'b', priority: 'HIGH', monthlyUsd: 500, monthlyUsdRange: [90, 900] }),
    downOf({ id: 'a', priority: 'HIGH', monthlyUsd: 300, monthlyUsdRange: [200, 400] }),
  ]
  expect(rank(given).map(({ id }) => id)).toEqual(['a', 'c', 'd', 'b', 'e'])
})

test('S91: a kind of advice whose promises were not kept comes after one whose were', () => {
  const given = [
    downOf({ id: 'down', priority: 'HIGH', monthlyUsd: 300 }),
    downOf({ id: 'type', type: 'INSTANCE_TYPE_CHANGE', priority: 'HIGH', monthlyUsd: 400 }),
  ]
  const keptShare = (type: string) => (type === 'INSTANCE_TYPE_CHANGE' ? 0.5 : undefined)
  expect(rank(given).map(({ id }) => id)).toEqual(['type', 'down'])
  expect(rank(given, keptShare).map(({ id }) => id)).toEqual(['down', 'type'])
})

test('the order does not depend on the order given, and nothing is lost', () => {
  const one = fc.record({
    id: fc.string(),
    priority: fc.constantFrom('HIGH' as const, 'MEDIUM' as const, 'LOW' as const),
    monthlyUsd: fc.integer({ min: -5, max: 5 }),
    timestamp: fc.constantFrom('2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'),
  })
  const many = fc.uniqueArray(one.map(downOf), { selector: ({ id }) => id })
  fc.assert(
    fc.property(
      many.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(rank(shuffled)).toEqual(rank(list))
        expect(rank(list)).toHaveLength(list.length)
      },
    ),
  )
})
