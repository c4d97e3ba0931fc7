import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs } from '../../src/core/model/units.js'
import type { KeptDay } from '../../src/ports/metric-history.js'
import { dynamoTable, localTable, type TableWorld } from './table-worlds.js'

const groupKey = '123456789012/us-east-1/shop-web'

describe.each([localTable(), dynamoTable()])('the metric history $name', (implementation) => {
  let world: TableWorld
  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())

  const day = (over: Partial<KeptDay> = {}): KeptDay => ({
    groupKey,
    day: '2026-11-23',
    bytes: Uint8Array.from([1, 2, 3]),
    expiresAt: new Date(world.clock.now().getTime() + dayMs),
    ...over,
  })
  const bytesOf = async (...days: readonly string[]) => {
    const found = await world.history.read(days.map((one) => ({ groupKey, day: one })))
    return Object.fromEntries(found.map((one) => [one.day, [...one.bytes]]))
  }

  test('gives back the days that were written, of the group that is asked for, and leaves out the others', async () => {
    const big = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251)
    await world.history.write([
      day(),
      day({ day: '2026-11-22', bytes: big }),
      day({ groupKey: '123456789012/us-east-1/other', bytes: Uint8Array.from([9]) }),
    ])
    expect(await bytesOf('2026-11-21', '2026-11-22', '2026-11-23')).toEqual({
      '2026-11-22': [...big],
      '2026-11-23': [1, 2, 3],
    })
    expect(await world.history.read([])).toEqual([])
  })

  test('of several writers at once one day is kept as a whole, and a later one takes its place', async () => {
    const filled = (value: number) => day({ bytes: new Uint8Array(5_000).fill(value) })
    await Promise.all([30, 60, 90, 120].map((value) => world.history.write([filled(value)])))
    const { '2026-11-23': bytes = [] } = await bytesOf('2026-11-23')
    expect([new Set(bytes).size, bytes.length]).toEqual([1, 5_000])
    await world.history.write([filled(7)])
    expect(new Set((await bytesOf('2026-11-23'))['2026-11-23'])).toEqual(new Set([7]))
  })

  test('holds hundreds of days at once, and forgets them when their time is over', async () => {
    const days = Array.from({ length: 230 }, (_, at) => new Date(at * dayMs).toISOString().slice(0, 10))
    await world.history.write(days.map((one) => day({ day: one })))
    expect(Object.keys(await bytesOf(...days))).toHaveLength(230)
    world.clock.advance(dayMs)
    expect(await bytesOf(...days)).toEqual({})
    await world.history.write([day({ expiresAt: new Date(world.clock.now().getTime() + dayMs) })])
    expect(Object.keys(await bytesOf('2026-11-23'))).toHaveLength(1)
  })
})
