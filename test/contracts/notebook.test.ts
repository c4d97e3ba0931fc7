import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs } from '../../src/core/model/units.js'
import { dynamoTable, localTable, type TableWorld } from './table-worlds.js'

describe.each([localTable(), dynamoTable()])('the notebook $name', (implementation) => {
  let world: TableWorld
  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())
  const inOneDay = () => new Date(world.clock.now().getTime() + dayMs)

  test('gives back what was written, odd keys and empty values included, until it expires', async () => {
    const { notebook, clock } = world
    await notebook.write('cost/123#x ümlaut', { list: [null, 1e-7, ''], nested: {} }, inOneDay())
    await notebook.write('for ever', false)
    expect(await notebook.read('cost/123#x ümlaut')).toEqual({ list: [null, 1e-7, ''], nested: {} })
    clock.advance(dayMs)
    expect(await notebook.read('cost/123#x ümlaut')).toBeUndefined()
    expect(await notebook.read('for ever')).toBe(false)
    expect(await notebook.read('never written')).toBeUndefined()
  })

  test('writeOnce is true for exactly one caller, and again once the note has expired', async () => {
    const { notebook, clock } = world
    const once = (value: number) => notebook.writeOnce('delivery', value, inOneDay())
    const answers = await Promise.all([once(1), once(2), once(3)])
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await notebook.read('delivery')).toBe(answers.indexOf(true) + 1)
    clock.advance(dayMs)
    expect(await once(4)).toBe(true)
    expect(await notebook.read('delivery')).toBe(4)
  })

  test('take counts to its limit and no further, several at once included, and begins anew after expiry', async () => {
    const { notebook, clock } = world
    const take = () => notebook.take('budget/web', 3, inOneDay())
    const answers = await Promise.all(Array.from({ length: 6 }, take))
    expect(answers.filter(Boolean)).toHaveLength(3)
    expect(await notebook.read('budget/web')).toBe(3)
    clock.advance(dayMs)
    expect(await notebook.read('budget/web')).toBeUndefined()
    expect((await Promise.all(Array.from({ length: 6 }, take))).filter(Boolean)).toHaveLength(3)
    expect(await notebook.take('nothing allowed', 0, inOneDay())).toBe(false)
  })
})
