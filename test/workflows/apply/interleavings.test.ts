import { expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { policyOf } from '../../support/policy.js'
import { type ApplyWorld, type Boundary, brokenGroup, openWorld, soundGroup } from './apply-world.js'

jest.setTimeout(120_000)

const base = policyOf()
/** A short health timeout keeps a run to some forty calls; every step of the long one is still in it. */
const policy = policyOf({ scaleUp: { ...base.scaleUp, healthTimeoutMinutes: 2 } })
const groups = [0, 10, 45].flatMap((lagSeconds) => [
  { ...soundGroup, lagSeconds },
  { ...brokenGroup, lagSeconds },
])

interface Ask {
  /** The boundary at which it is asked: even numbers before, odd ones after a call. */
  readonly boundary: number
  readonly desired: number
}

/** One run with someone else asking at given boundaries; the last thing that AWS let them ask for. */
async function runAgainst(asks: readonly Ask[], group: (typeof groups)[number]) {
  const world = await openWorld(group)
  let boundaries = 0
  let asked: number | undefined
  const meddle: Boundary = () => {
    for (const { boundary, desired } of asks) if (boundary === boundaries && world.fake.ask(desired)) asked = desired
    boundaries += 1
  }
  await world.pass(world.deps('a', meddle), policy)
  return { world, boundaries, asked }
}

function expectSafe(world: ApplyWorld, asked: number | undefined): void {
  const { desired, min } = world.fake.state()
  expect(desired).toBeGreaterThanOrEqual(asked ?? 4)
  expect(desired).toBeLessThanOrEqual(10)
  expect(min).toBe(2)
}

test('someone who changes desired capacity at any one moment never ends below what they asked', async () => {
  let interleavings = 0
  for (const group of groups) {
    const { boundaries } = await runAgainst([], group)
    for (let boundary = 0; boundary < boundaries; boundary += 1) {
      for (const desired of [2, 3, 4, 5, 6, 7, 10]) {
        const { world, asked } = await runAgainst([{ boundary, desired }], group)
        expectSafe(world, asked)
        interleavings += 1
      }
    }
  }
  expect(interleavings).toBeGreaterThan(3000)
})

test('nor does someone who changes it several times, at any moments', async () => {
  const ask = fc.record({ boundary: fc.nat(130), desired: fc.integer({ min: 2, max: 10 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(ask, { minLength: 2, maxLength: 5 }), fc.constantFrom(...groups), async (asks, group) => {
      const { world, asked } = await runAgainst(asks, group)
      expectSafe(world, asked)
    }),
    { numRuns: 7000, seed: 20261124 },
  )
})
