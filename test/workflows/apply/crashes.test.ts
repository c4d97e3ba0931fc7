import { expect, jest, test } from '@jest/globals'
import { minuteMs } from '../../../src/core/model/units.js'
import { policyOf } from '../../support/policy.js'
import { type ApplyWorld, type Boundary, brokenGroup, openWorld, soundGroup } from './apply-world.js'

jest.setTimeout(120_000)

const base = policyOf()
const policy = policyOf({ scaleUp: { ...base.scaleUp, healthTimeoutMinutes: 2 } })
const ends = ['applied', 'rolledBack', 'failed']

/** A process that dies at one boundary: nothing it does after reaches anything. */
function dyingAt(site: number): Boundary {
  let boundaries = 0
  return () => {
    boundaries += 1
    if (boundaries > site) throw new Error('killed')
  }
}

async function runUntilDone(world: ApplyWorld, sites: readonly number[], pauseMs: number): Promise<number> {
  for (let run = 1; ; run += 1) {
    const site = sites[run - 1]
    const boundary = site === undefined ? undefined : dyingAt(site)
    await world.pass(world.deps(`run-${run}`, boundary), policy).catch((error: Error) => {
      if (error.message !== 'killed') throw error
    })
    if (ends.includes((await world.row()).change.state)) return run
    if (run > 4) throw new Error(`not done after ${run} runs: ${world.outcomes.join('; ')}`)
    await world.fake.sleep(pauseMs)
  }
}

async function boundariesOf(group: typeof soundGroup): Promise<number> {
  let boundaries = 0
  const world = await openWorld(group)
  await world.pass(
    world.deps('count', () => {
      boundaries += 1
    }),
    policy,
  )
  return boundaries
}

const scenes = [
  ['healthy instances, started again at once', soundGroup, 0, 'applied', 6],
  ['healthy instances, started again an hour later', soundGroup, 60 * minuteMs, 'applied', 6],
  ['broken instances, started again at once', brokenGroup, 0, 'rolledBack', 4],
  ['broken instances, started again an hour later', brokenGroup, 60 * minuteMs, 'rolledBack', 4],
] as const

test.each(scenes)(
  'killed before or after any call (%s): one scale-up, same end, in the next run',
  async (_what, group, pauseMs, state, desired) => {
    const boundaries = await boundariesOf(group)
    expect(boundaries).toBeGreaterThan(50)
    for (let site = 0; site < boundaries; site += 1) {
      const world = await openWorld(group)
      expect(await runUntilDone(world, [site], pauseMs)).toBeLessThanOrEqual(2)
      expect(world.fake.raises()).toEqual([[4, 6]])
      expect(world.fake.state()).toEqual({ min: 2, max: 10, desired })
      expect((await world.row()).change.state).toBe(state)
    }
  },
)

test.each([soundGroup, brokenGroup])(
  'killed twice, at any two moments: one scale-up, done in three runs',
  async (group) => {
    const boundaries = await boundariesOf(group)
    for (let first = 0; first < boundaries; first += 1) {
      for (let second = first % 7; second < boundaries; second += 7) {
        const world = await openWorld(group)
        expect(await runUntilDone(world, [first, second], 0)).toBeLessThanOrEqual(3)
        expect(world.fake.raises()).toEqual([[4, 6]])
        expect(world.fake.state().min).toBe(2)
      }
    }
  },
)
