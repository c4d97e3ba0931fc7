import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { dynamoTable, localTable, type TableWorld } from './table-worlds.js'

describe.each([localTable(), dynamoTable()])('the record of usage $name', (implementation) => {
  let world: TableWorld
  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())

  test('adds up what the runs of a day used, several at once included, each day apart', async () => {
    const { usage } = world
    const run = { 'cloudwatch:GetMetricData': 2, 'cloudwatch:metricsRequested': 90, 'dynamodb:readUnits': 0.5 }
    await Promise.all(Array.from({ length: 5 }, () => usage.add('2026-11-23', run)))
    await usage.add('2026-11-23', { 'sns:Publish': 1 })
    await usage.add('2026-11-24', run)
    expect(await usage.read('2026-11-23')).toEqual({
      'cloudwatch:GetMetricData': 10,
      'cloudwatch:metricsRequested': 450,
      'dynamodb:readUnits': 2.5,
      'sns:Publish': 1,
    })
    expect(await usage.read('2026-11-24')).toEqual(run)
    expect(await usage.read('2026-11-25')).toBeUndefined()
  })

  test('takes a run that used nothing', async () => {
    await world.usage.add('2026-11-23', {})
    expect(Object.keys((await world.usage.read('2026-11-23')) ?? {})).toEqual([])
  })
})
