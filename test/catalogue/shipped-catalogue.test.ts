import { statSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { flexBurst, loadShippedCatalogue } from '../../src/catalogue/shipped-catalogue.js'

test('the shipped list carries shapes, prices and the dates of both', async () => {
  const shipped = await loadShippedCatalogue()
  expect(shipped.types.size).toBeGreaterThan(1_300)
  expect(shipped.types.get('m6i.large')).toMatchObject({
    family: 'm6i',
    vcpus: 2,
    memoryGiB: 8,
    architectures: ['x86_64'],
  })
  expect(shipped.pricesIn('us-east-1').get('m6i.large')).toEqual({
    usdPerHour: 0.096,
    source: 'shipped price list',
    asOf: '2026-07-20',
  })
  expect(shipped.pricesIn('eu-west-1').get('m6i.large')).toMatchObject({ usdPerHour: 0.107, asOf: '2025-04-04' })
  expect(shipped.source).toBe('shipped list of 2026-08-02')
})

test('every shape is usable and no price is zero', async () => {
  const shipped = await loadShippedCatalogue()
  for (const type of shipped.types.values()) {
    expect(type.vcpus).toBeGreaterThan(0)
    expect(type.memoryGiB).toBeGreaterThan(0)
    expect(type.architectures.length).toBeGreaterThan(0)
  }
  for (const region of ['us-east-1', 'eu-west-1']) {
    for (const price of shipped.pricesIn(region).values()) expect(price.usdPerHour).toBeGreaterThan(0)
  }
})

test('every burstable and flex type has its baseline, no other has one', async () => {
  const { types } = await loadShippedCatalogue()
  expect(types.get('t3.large')?.burst).toEqual({ baselinePercentPerVcpu: 30, creditsPerHour: 36, maxCredits: 864 })
  expect(types.get('m7i-flex.large')?.burst?.baselinePercentPerVcpu).toBe(40)
  const bursting = [...types.values()].filter((type) => /^t\d/.test(type.family) || type.family.endsWith('-flex'))
  // T1 is of 2010 and earns no credits in the guide's table.
  expect(bursting.filter((type) => type.family !== 't1' && type.burst === undefined)).toEqual([])
  expect([...types.values()].filter((type) => type.burst && !bursting.includes(type))).toEqual([])
})

test('a flex type may run at full speed for 95 % of a day', () => {
  const burst = flexBurst(2)
  const minutesAtFullSpeed = burst.maxCredits / (2 * (1 - burst.baselinePercentPerVcpu / 100))
  expect(minutesAtFullSpeed / (24 * 60)).toBeCloseTo(0.95, 3)
})

test('a region offers only its own types; one that the list does not know has all types and no price', async () => {
  const shipped = await loadShippedCatalogue()
  expect(shipped.offeredIn('eu-west-1').length).toBeLessThan(shipped.types.size)
  expect(shipped.offeredIn('mars-north-1')).toHaveLength(shipped.types.size)
  expect(shipped.pricesIn('mars-north-1').size).toBe(0)
})

test('the list is small enough to travel', () => {
  expect(statSync('src/catalogue/instance-types.json').size).toBeLessThan(250_000)
})
