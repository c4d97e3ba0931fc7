import { expect, jest, test } from '@jest/globals'
import { minuteMs } from '../../../src/core/model/units.js'
import { policyOf } from '../../support/policy.js'
import { brokenGroup, openWorld, soundGroup } from './apply-world.js'

jest.setTimeout(120_000)

const base = policyOf()
const policy = policyOf({ scaleUp: { ...base.scaleUp, healthTimeoutMinutes: 2 } })
const liveWrites = ['setMinSize', 'setDesiredCapacity']

/**
 * Run A is frozen at one moment for longer than its lease; run B takes over and does everything; A wakes up. Frozen
 * inside a live write is left out: no lease can call back a request that is on its way.
 */
async function freezeAt(site: number, group: typeof soundGroup) {
  const world = await openWorld(group)
  let boundaries = -1
  let woken = false
  const writesAfter: string[] = []
  const pass = world.pass(
    world.deps('a', (_, when, name) => {
      boundaries += 1
      if (woken && when === 'before' && liveWrites.includes(name)) writesAfter.push(name)
      if (boundaries !== site || name === 'list' || (when === 'before' && liveWrites.includes(name))) return undefined
      return world.fake
        .sleep(6 * minuteMs)
        .then(() => world.pass(world.deps('b'), policy))
        .then(() => {
          woken = true
        })
    }),
    policy,
  )
  const error = await pass.then(
    () => undefined,
    (thrown: { readonly code?: string }) => thrown,
  )
  return { world, boundaries, writesAfter, error }
}

test.each([
  ['healthy', soundGroup, 6],
  ['broken', brokenGroup, 4],
] as const)('a run that was frozen past its lease never writes again (%s instances)', async (_what, group, desired) => {
  const { boundaries } = await freezeAt(-1, group)
  for (let site = 0; site <= boundaries; site += 1) {
    const { world, writesAfter, error } = await freezeAt(site, group)
    expect(writesAfter).toEqual([])
    expect(error === undefined || error.code === 'conflict').toBe(true)
    expect(world.fake.raises()).toEqual([[4, 6]])
    expect(world.fake.state()).toEqual({ min: 2, max: 10, desired })
  }
})
