import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { dynamoTable, localTable, type TableWorld } from './table-worlds.js'

describe.each([localTable(), dynamoTable()])('leases $name', (implementation) => {
  let world: TableWorld
  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())

  test('one owner holds a lease, also when several ask at once', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((owner) => world.leases.acquire('group#web', owner, 1000)))
    expect(answers.filter((lease) => lease !== undefined)).toHaveLength(1)
    expect(await world.leases.acquire('group#api', 'b', 1000)).toMatchObject({ name: 'group#api', owner: 'b' })
  })

  test('an expired lease may be taken over, and its stale owner is neither renewed nor able to release', async () => {
    const { leases, clock } = world
    const stale = await leases.acquire('x', 'a', 1000)
    if (!stale) throw new Error('not acquired')
    clock.advance(1000)
    expect(await leases.renew(stale, 1000)).toBeUndefined()
    const taken = await leases.acquire('x', 'b', 1000)
    expect(taken?.owner).toBe('b')
    expect(await leases.renew(stale, 1000)).toBeUndefined()
    await leases.release(stale)
    expect(await leases.acquire('x', 'c', 1000)).toBeUndefined()
  })

  test('a renewed lease lasts from the renewal, a released one is free at once', async () => {
    const { leases, clock } = world
    const lease = await leases.acquire('x', 'a', 1000)
    clock.advance(900)
    const renewed = lease && (await leases.renew(lease, 1000))
    expect(renewed?.expiresAt).toBe(new Date(clock.now().getTime() + 1000).toISOString())
    clock.advance(900)
    expect(await leases.acquire('x', 'b', 1000)).toBeUndefined()
    if (renewed) await leases.release(renewed)
    expect((await leases.acquire('x', 'b', 1000))?.owner).toBe('b')
  })
})
