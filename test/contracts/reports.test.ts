import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { unknown } from '../../src/core/model/fact.js'
import type { GroupReport } from '../../src/core/model/group-report.js'
import { dayMs } from '../../src/core/model/units.js'
import { groupWith } from '../support/group.js'
import { policyOf } from '../support/policy.js'
import { dynamoTable, localTable, type TableWorld } from './table-worlds.js'

function reportOf(name: string, at: string, advised: readonly string[] = []): GroupReport {
  const group = { ...groupWith({ name }), groupKey: `123456789012/us-east-1/${name}`, activities: unknown('not kept') }
  return {
    at,
    group,
    policy: policyOf(),
    scored: { kind: 'unscored', why: 'CPU is unknown: "no" metric' },
    types: [],
    unread: ['denied'],
    advised,
  }
}

describe.each([localTable(), dynamoTable()])('the reports $name', (implementation) => {
  let world: TableWorld
  beforeEach(async () => {
    world = await implementation.open()
  })
  afterAll(() => implementation.stop())
  const now = () => world.clock.now().toISOString()
  const all = async () => {
    const keys: string[] = []
    for await (const { group } of world.reports.all()) keys.push(group.groupKey)
    return keys.sort()
  }

  test('give back what was saved, names with slashes and umlauts included', async () => {
    const report = reportOf('shop/wéb #1', now(), ['down-1'])
    await world.reports.save(report)
    expect(await world.reports.find(report.group.groupKey)).toEqual(JSON.parse(JSON.stringify(report)))
    expect(await world.reports.find('123456789012/us-east-1/other')).toBeUndefined()
  })

  test('keep one report a group, the newest, whoever saves last', async () => {
    const older = reportOf('web', now(), ['a'])
    world.clock.advance(60_000)
    const newer = reportOf('web', now(), ['b'])
    await world.reports.save(newer)
    await world.reports.save(older)
    expect((await world.reports.find(newer.group.groupKey))?.advised).toEqual(['b'])
    expect(await all()).toEqual([newer.group.groupKey])
  })

  test('are all found again, however many, and forget a group that is not analysed any more', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `web-${at}`)
    for (const name of names) await world.reports.save(reportOf(name, now()))
    expect(await all()).toEqual(names.map((name) => `123456789012/us-east-1/${name}`).sort())
    world.clock.advance(2 * dayMs)
    await world.reports.save(reportOf('web-0', now()))
    expect(await all()).toEqual(['123456789012/us-east-1/web-0'])
    expect(await world.reports.find('123456789012/us-east-1/web-1')).toBeUndefined()
  })
})
