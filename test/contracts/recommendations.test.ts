import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { ChangeState } from '../../src/core/model/change.js'
import type { Recommendation } from '../../src/core/model/recommendation.js'
import { dayMs } from '../../src/core/model/units.js'
import { adviceOf, dynamoTable, localTable, type TableWorld } from './table-worlds.js'

describe.each([localTable(), dynamoTable()])('recommendations $name', (implementation) => {
  let world: TableWorld
  const record = (changes = {}) => world.recommendations.record(adviceOf(changes), world.clock.now())
  const end = async (row: Recommendation, state: ChangeState, more: Partial<Recommendation['change']> = {}) => {
    const saved = await world.recommendations.save({ ...row, change: { ...row.change, ...more, state } })
    if (!saved) throw new Error('another writer was first')
    return saved
  }
  const decline = (row: Recommendation) =>
    end(row, 'declined', {
      declined: { by: 'ada', at: world.clock.now().toISOString(), because: 'peak season', monthlyUsd: row.monthlyUsd },
    })

  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())

  test('new advice is stored as PENDING and comes back whole, with implementation, impact and gaps', async () => {
    const { kind, recommendation } = await record()
    expect(kind).toBe('new')
    expect(recommendation).toMatchObject({ ...adviceOf(), status: 'PENDING', generation: 1, revision: 1 })
    expect(recommendation.id).toBe(`down-${recommendation.changeId}`)
    const found = await world.recommendations.find(recommendation.id)
    expect(found).toEqual(recommendation)
    expect(found?.evidence.proposed?.worstDay.demand).toEqual([1.5, undefined, 2])
    expect(found).not.toHaveProperty('ttl')
  })

  test('the same advice again writes nothing and returns the same row, at its first time', async () => {
    const first = await record()
    world.clock.advance(3_600_000)
    expect(await record()).toEqual({ kind: 'known', recommendation: first.recommendation })
  })

  test('new numbers re-plan an open change under the same id', async () => {
    const first = await record()
    world.clock.advance(3_600_000)
    const again = await record({ to: { minSize: 4 }, monthlyUsd: 280 })
    expect(again.kind).toBe('known')
    expect(again.recommendation).toMatchObject({ id: first.recommendation.id, to: { minSize: 4 }, monthlyUsd: 280 })
    expect(again.recommendation).toMatchObject({ revision: 2, timestamp: first.recommendation.timestamp })
    expect(await world.recommendations.find(first.recommendation.id)).toEqual(again.recommendation)
  })

  test.each(['applying', 'rollingBack', 'merged', 'deployed'] as const)(
    '%s advice keeps its numbers',
    async (state) => {
      const { recommendation } = await record()
      const settled = await end(recommendation, state)
      expect(await record({ to: { minSize: 4 } })).toEqual({ kind: 'known', recommendation: settled })
    },
  )

  test.each(['applied', 'rolledBack', 'verified', 'failed', 'reverted', 'superseded'] as const)(
    'after %s the next advice is a new generation with another name',
    async (state) => {
      const first = (await record()).recommendation
      await end(first, state)
      const next = await record()
      expect(next.kind).toBe('new')
      expect(next.recommendation.generation).toBe(2)
      expect(next.recommendation.changeId).not.toBe(first.changeId)
      await end(next.recommendation, state)
      expect((await record()).recommendation.generation).toBe(3)
    },
  )

  test('advice of another type supersedes an open one of the same property', async () => {
    const down = (await record({ property: 'capacity' })).recommendation
    const up = await record({ property: 'capacity', type: 'SCALE_UP', monthlyUsd: -70 })
    expect(up).toMatchObject({ kind: 'new', recommendation: { type: 'SCALE_UP', generation: 2 } })
    expect((await world.recommendations.find(down.id))?.change.state).toBe('superseded')
  })

  test('a no lasts 180 days, whatever happens to other types of advice in between', async () => {
    const no = await decline((await record()).recommendation)
    expect(await record()).toEqual({ kind: 'known', recommendation: no })
    const up = await record({ type: 'SCALE_UP', monthlyUsd: -50 })
    expect(up.kind).toBe('new')
    await end(up.recommendation, 'applied')
    world.clock.advance(179 * dayMs)
    expect(await record()).toEqual({ kind: 'known', recommendation: no })
    world.clock.advance(2 * dayMs)
    expect(await record()).toMatchObject({ kind: 'new', recommendation: { generation: 3 } })
  })

  test('a no gives way to 1.5 times the saving and no less, and the new change carries the old refusal', async () => {
    const no = await decline((await record({ monthlyUsd: 100 })).recommendation)
    expect(await record({ monthlyUsd: 149.99 })).toEqual({ kind: 'known', recommendation: no })
    const again = await record({ monthlyUsd: 150 })
    expect(again).toMatchObject({ kind: 'new', recommendation: { generation: 2 } })
    expect(again.recommendation.change).toEqual({ state: 'recorded', declined: no.change.declined })
    await end(again.recommendation, 'merged', { mergedAt: world.clock.now().toISOString() })
    await end({ ...again.recommendation, revision: 2 }, 'verified', { mergedAt: world.clock.now().toISOString() })
    expect((await record({ monthlyUsd: 100 })).kind).toBe('new')
  })

  test('twice at once gives one row, and exactly one caller is told it is new', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => record()))
    expect(results.filter(({ kind }) => kind === 'new')).toHaveLength(1)
    expect(new Set(results.map(({ recommendation }) => recommendation.id)).size).toBe(1)
    expect(await world.recommendations.list({})).toHaveLength(1)
  })

  test('different numbers at once give one row, and the next generation too is claimed once', async () => {
    const both = await Promise.all([record({ to: { minSize: 4 } }), record({ to: { minSize: 3 } })])
    expect(new Set(both.map(({ recommendation }) => recommendation.id)).size).toBe(1)
    const [row] = await world.recommendations.list({})
    await end(row as Recommendation, 'verified')
    const next = await Promise.all([record(), record(), record()])
    expect(next.map(({ recommendation }) => recommendation.generation)).toEqual([2, 2, 2])
    expect(await world.recommendations.list({})).toHaveLength(2)
  })

  test('of two writers with the same revision the second is refused', async () => {
    const { recommendation } = await record()
    const saved = await world.recommendations.save({ ...recommendation, status: 'COMPLETED' })
    expect(saved).toMatchObject({ status: 'COMPLETED', revision: 2 })
    expect(await world.recommendations.save({ ...recommendation, status: 'FAILED' })).toBeUndefined()
    expect((await world.recommendations.find(recommendation.id))?.status).toBe('COMPLETED')
  })

  test('an ended change is shown for 30 days; an open one never expires', async () => {
    const done = await end((await record()).recommendation, 'verified')
    const open = (await record({ property: 'maxSize' })).recommendation
    expect(done.ttl).toBe(Math.ceil((world.clock.now().getTime() + 30 * dayMs) / 1000))
    world.clock.advance(30 * dayMs - 1000)
    expect(await world.recommendations.list({})).toHaveLength(2)
    world.clock.advance(1000)
    expect(await world.recommendations.find(done.id)).toBeUndefined()
    world.clock.advance(400 * dayMs)
    expect((await world.recommendations.list({})).map(({ id }) => id)).toEqual([open.id])
    expect((await record()).recommendation.generation).toBe(2)
  })

  test('lists are newest first, 20 unless told, filtered by type, priority, status and group, reserved words or not', async () => {
    const priorities = ['HIGH', 'MEDIUM', 'LOW'] as const
    for (let each = 0; each < 24; each += 1) {
      await record({ groupKey: `1/us-east-1/g${each}`, priority: priorities[each % 3], type: types[each % 2] })
      world.clock.advance(60_000)
    }
    const { list } = world.recommendations
    const all = await list({ limit: Number.POSITIVE_INFINITY })
    expect(all.map(({ groupKey }) => groupKey)).toEqual(Array.from({ length: 24 }, (_, i) => `1/us-east-1/g${23 - i}`))
    expect(await list({})).toEqual(all.slice(0, 20))
    const named = async (query: object) => (await list(query)).map(({ groupKey }) => Number(groupKey.slice(13)))
    expect(await named({ type: 'COST_OPTIMIZATION', limit: 3 })).toEqual([23, 21, 19])
    expect(await named({ priority: 'LOW', limit: 2 })).toEqual([23, 20])
    expect(await named({ type: 'SCALE_DOWN', priority: 'LOW', status: 'PENDING' })).toEqual([20, 14, 8, 2])
    expect(await named({ groupKey: '1/us-east-1/g7' })).toEqual([7])
    expect(await named({ status: 'FAILED' })).toEqual([])
  })

  test('the specification’s example advice is taken as it stands', async () => {
    const example = {
      type: 'COST_OPTIMIZATION',
      priority: 'MEDIUM',
      description: 'Switch to spot instances (t3.medium) for 65% savings',
      expectedImpact: { costSavings: 65, riskLevel: 'MEDIUM' },
      implementation: {
        automated: false,
        steps: [
          'Create new launch template with spot instances',
          'Update Auto Scaling Group configuration',
          'Monitor instance availability and interruptions',
        ],
        estimatedDuration: '30-60 minutes',
      },
    } as const
    const { recommendation } = await record(example)
    expect(await world.recommendations.find(recommendation.id)).toMatchObject(example)
    expect(recommendation.id).toMatch(/^cost-[0-9a-f]{12}$/)
  })
})

const types = ['SCALE_DOWN', 'COST_OPTIMIZATION'] as const
