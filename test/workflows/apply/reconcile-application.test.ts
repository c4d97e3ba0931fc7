import { expect, test } from '@jest/globals'
import type { Application, ChangeState } from '../../../src/core/model/change.js'
import { policyOf } from '../../support/policy.js'
import { type ApplyWorld, brokenGroup, openWorld, soundGroup } from './apply-world.js'

const intent: Application = {
  from: 4,
  to: 6,
  minSizeBefore: 2,
  healthyBefore: 4,
  instancesBefore: ['i-1', 'i-2', 'i-3', 'i-4'],
  startedAt: '2026-11-24T12:00:00.000Z',
}

/** What a run that died left in the table. */
async function leave(world: ApplyWorld, state: ChangeState, progress: Partial<Application> = {}) {
  const row = await world.row()
  const application = { ...intent, ...progress }
  await world.deps('dead').recommendations.save({ ...row, change: { ...row.change, state, application } })
}

/** The live writes of one pass, in order. */
async function passAndWatch(world: ApplyWorld, policy = policyOf()): Promise<readonly string[]> {
  const writes: string[] = []
  const deps = world.deps('next', (_, when, name) => {
    if (when === 'before' && name.startsWith('set')) writes.push(name)
  })
  await world.pass(deps, policy)
  return writes
}

test('an intent that was never begun is withdrawn where the ladder holds now, and starts no cooldown', async () => {
  const world = await openWorld(soundGroup)
  await leave(world, 'applying')
  expect(await passAndWatch(world, policyOf({ killSwitch: true }))).toEqual([])
  const { status, change } = await world.row()
  expect([status, change.state, change.application]).toEqual(['PENDING', 'recorded', undefined])
  expect(await passAndWatch(world)).toEqual(['setMinSize', 'setMinSize'])
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 6 })
})

test('a raise that took effect is finished, kill switch or not, and the floor put back', async () => {
  const world = await openWorld(soundGroup)
  await leave(world, 'applying')
  await world.deps('dead').capacity.setMinSize('any', 6)
  expect(await passAndWatch(world, policyOf({ killSwitch: true }))).toEqual(['setMinSize'])
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 6 })
  expect((await world.row()).change.state).toBe('applied')
})

test('a floor that was put back already is not touched, and health is watched to its end', async () => {
  const world = await openWorld(soundGroup)
  await leave(world, 'applying', { raisedAt: intent.startedAt, floorRestoredAt: intent.startedAt })
  world.fake.ask(6)
  expect(await passAndWatch(world)).toEqual([])
  expect((await world.row()).change.state).toBe('applied')
})

test('a minimum that someone else has set since is theirs', async () => {
  const world = await openWorld(soundGroup)
  await leave(world, 'applying', { raisedAt: intent.startedAt })
  await world.deps('person').capacity.setMinSize('any', 7)
  expect(await passAndWatch(world)).toEqual([])
  expect(world.fake.state().min).toBe(7)
})

test('an intent overtaken by someone who raised the group is withdrawn without a write', async () => {
  const world = await openWorld(soundGroup)
  await leave(world, 'applying')
  world.fake.ask(7)
  expect(await passAndWatch(world)).toEqual([])
  expect((await world.row()).change.state).toBe('recorded')
})

test('a run that died while giving back what someone asked for is finished, floor included', async () => {
  const world = await openWorld(brokenGroup)
  const dead = world.deps('dead').capacity
  await dead.setMinSize('any', 6)
  await dead.setMinSize('any', 2)
  world.fake.ask(8)
  await dead.setDesiredCapacity('any', 4)
  await leave(world, 'rollingBack', {
    raisedAt: intent.startedAt,
    floorRestoredAt: intent.startedAt,
    undoTo: 4,
    giveBackTo: 8,
  })
  expect(await passAndWatch(world)).toEqual(['setMinSize', 'setMinSize'])
  expect(world.fake.state()).toEqual({ min: 2, max: 10, desired: 8 })
  expect((await world.row()).change.state).toBe('failed')
})
