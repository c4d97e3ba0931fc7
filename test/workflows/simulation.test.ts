import { expect, test } from '@jest/globals'
import { simulate } from './simulation/simulate.js'

/** More of them, and from where: scripts/simulate.ts. */
const seeds = 200

test('two to four passes at once, with faults, deaths, lost leases and someone else at work, break nothing', async () => {
  const broken: string[] = []
  let calls = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const history = await simulate(seed)
    calls += history.calls
    if (history.broken.length > 0) broken.push(`seed ${seed}: ${history.broken.join('; ')}`)
  }
  expect(broken).toEqual([])
  expect(calls).toBeGreaterThan(40_000)
}, 240_000)

test('the same seed gives the same history', async () => {
  expect(await simulate(7)).toEqual(await simulate(7))
})
