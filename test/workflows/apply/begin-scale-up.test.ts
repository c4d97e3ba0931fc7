import { expect, test } from '@jest/globals'
import { policyOf } from '../../support/policy.js'
import { brokenGroup, openWorld, soundGroup } from './apply-world.js'

test('adds what was advised, puts the floor back and ends COMPLETED once the new instances are healthy', async () => {
  const world = await openWorld(soundGroup)
  await world.pass(world.deps('a'))
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 6 })
  const { status, change } = await world.row()
  expect(status).toBe('COMPLETED')
  expect(change).toMatchObject({
    state: 'applied',
    application: { from: 4, to: 6, minSizeBefore: 2, result: 'succeeded' },
  })
  expect(change.application).toMatchObject({ raisedAt: expect.any(String), floorRestoredAt: expect.any(String) })
})

test('undoes its own addition when the new instances never become healthy, and ends FAILED', async () => {
  const world = await openWorld(brokenGroup)
  await world.pass(world.deps('a'))
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 4 })
  const { status, change } = await world.row()
  expect([status, change.state, change.application?.result]).toEqual(['FAILED', 'rolledBack', 'rolledBack'])
  expect(change.why).toBe('0 of 2 new instances were healthy after 15 minutes; desired capacity was put back to 4')
})

test('a second pass adds nothing', async () => {
  for (const options of [soundGroup, brokenGroup]) {
    const world = await openWorld(options)
    await world.pass(world.deps('a'))
    await world.pass(world.deps('b'))
    expect(world.fake.raises()).toEqual([[4, 6]])
  }
})

test('holds without writing where the ladder holds, and says why', async () => {
  const world = await openWorld(soundGroup)
  const writes: string[] = []
  const deps = world.deps('a', (_, when, name) => void (when === 'before' && writes.push(name)))
  await world.pass(deps, policyOf({ killSwitch: true }))
  expect(world.fake.state().desired).toBe(4)
  expect(writes).not.toContain('setMinSize')
  expect(writes).not.toContain('save')
  expect(world.outcomes).toEqual(['live scale-up held: kill-switch: killSwitch is true; set it to false to go on'])
})

test('of two runs at once one acts and the other finds it done', async () => {
  const world = await openWorld(soundGroup)
  await Promise.all([world.pass(world.deps('a')), world.pass(world.deps('b'))])
  expect(world.fake.raises()).toEqual([[4, 6]])
  expect((await world.row()).change.state).toBe('applied')
})

test('an unfinished addition is left where someone asked for as much or more since, and that is said', async () => {
  const world = await openWorld(brokenGroup)
  let asked = false
  const deps = world.deps('a', (_, when, name) => {
    if (name === 'sleep' && when === 'after' && !asked) asked = world.fake.ask(8)
  })
  await world.pass(deps)
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 8 })
  const { change } = await world.row()
  expect(change).toMatchObject({ state: 'failed', why: expect.stringContaining('left as it is: someone asked for 8') })
})

test('what someone asked for between our last read and our undo is given back', async () => {
  const world = await openWorld(brokenGroup)
  const deps = world.deps('a', (_, when, name) => {
    if (name === 'setDesiredCapacity' && when === 'before') world.fake.ask(8)
  })
  await world.pass(deps)
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 8 })
  expect((await world.row()).change.why).toContain('8 was asked for meanwhile and given back')
})
