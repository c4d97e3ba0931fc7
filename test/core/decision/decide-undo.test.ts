import { expect, test } from '@jest/globals'
import { capacityChangesSince } from '../../../src/core/decision/capacity-changes.js'
import { decideUndo, seeUndo } from '../../../src/core/decision/decide-undo.js'
import { judgeAddition } from '../../../src/core/decision/judge-addition.js'
import type { Application } from '../../../src/core/model/change.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { GroupInstance, ScalingActivity } from '../../../src/core/model/group.js'

const application: Application = {
  from: 4,
  to: 6,
  minSizeBefore: 2,
  healthyBefore: 4,
  instancesBefore: ['i-1', 'i-2', 'i-3', 'i-4'],
  startedAt: '2026-11-24T12:00:00.500Z',
  raisedAt: '2026-11-24T12:00:05.000Z',
}
const ours =
  'At 2026-11-24T12:00:02Z a user request update of AutoScalingGroup constraints to min: 6, max: 10, desired: 6 changing the desired capacity from 4 to 6.'

function ask(second: number, from: number, to: number) {
  return `At 2026-11-24T12:00:${String(second).padStart(2, '0')}Z a monitor alarm high in state ALARM triggered policy out changing the desired capacity from ${from} to ${to}.`
}

/** Newest first, as AWS lists them; each cause is one activity. */
function activitiesOf(...causes: readonly string[]): readonly ScalingActivity[] {
  return causes
    .map((cause, index) => ({
      activityId: `a-${index}`,
      startedAt: `2026-11-24T12:01:${String(index).padStart(2, '0')}.000Z`,
      statusCode: 'Successful',
      cause: `${cause}  At 2026-11-24T12:01:00Z an instance was started in response to a difference.`,
      description: '',
    }))
    .reverse()
}

function instancesOf(healthyOld: number, healthyNew: number): readonly GroupInstance[] {
  return Array.from({ length: 6 }, (_, index) => ({
    instanceId: `i-${index + 1}`,
    availabilityZone: 'us-east-1a',
    lifecycleState: 'InService',
    healthStatus: (index < 4 ? index < healthyOld : index - 4 < healthyNew) ? 'Healthy' : 'Unhealthy',
    protectedFromScaleIn: false,
  }))
}

function live(desiredCapacity: number, ...causes: readonly string[]) {
  return {
    desiredCapacity,
    minSize: 2,
    instances: instancesOf(4, 0),
    activities: known(activitiesOf(...causes)),
  }
}

test('our own addition, and nobody else’s wish, goes back to where it was', () => {
  expect(decideUndo(application, live(6, ours))).toEqual({ kind: 'undo', to: 4 })
})

test.each([
  ['never below what was asked for since', live(6, ask(1, 4, 5), ours), { kind: 'undo', to: 5 }],
  ['never below the minimum of today', { ...live(6, ours), minSize: 5 }, { kind: 'undo', to: 5 }],
  ['not where more was asked for', live(8, ours, ask(9, 6, 8)), { kind: 'leave' }],
  ['not where it was asked up and down to our value', live(6, ours, ask(9, 6, 8), ask(20, 8, 6)), { kind: 'leave' }],
  ['not where someone lowered it', live(5, ours, ask(9, 6, 5)), { kind: 'leave' }],
  [
    'not with fewer healthy instances than before',
    { ...live(6, ours), instances: instancesOf(3, 0) },
    { kind: 'leave' },
  ],
  ['not where the raise was not ours', live(6, ask(2, 4, 6)), { kind: 'leave' }],
  ['not where the activities no longer reach back', live(6), { kind: 'leave' }],
  ['not where the activities are unknown', { ...live(6, ours), activities: unknown('denied') }, { kind: 'leave' }],
])('an addition is taken back %s', (_what, group, expected) => {
  expect(decideUndo(application, group)).toMatchObject(expected)
})

test.each([
  ['nobody else was there', live(4, ours, ask(30, 6, 4)), { kind: 'alone' }],
  ['someone asked for 8 just before', live(4, ours, ask(29, 6, 8), ask(30, 8, 4)), { kind: 'overtook', asked: 8 }],
  [
    'someone asked for 8 and 6 just before',
    live(4, ours, ask(27, 6, 8), ask(28, 8, 6), ask(30, 6, 4)),
    { kind: 'overtook', asked: 6 },
  ],
  [
    'someone asked for 3 just before, which our write raised',
    live(4, ours, ask(28, 6, 3), ask(30, 3, 4)),
    { kind: 'alone' },
  ],
  ['someone asked for more after us', live(7, ours, ask(30, 6, 4), ask(31, 4, 7)), { kind: 'changed-since' }],
  ['the group has not acted yet', live(4, ours), { kind: 'not-shown-yet' }],
  ['the activities are unknown', { ...live(4), activities: unknown('denied') }, { kind: 'not-shown-yet' }],
])('after our undo: %s', (_what, group, expected) => {
  expect(seeUndo(application, 4, group)).toEqual(expected)
})

test('causes are read once each, oldest first, several in one activity, and none from before', () => {
  const early =
    'At 2026-11-24T11:59:59Z a user request explicitly set group desired capacity changing the desired capacity from 3 to 4.'
  const activities = activitiesOf(early, ours, ours, `${ask(9, 6, 8)}  ${ask(10, 8, 7)}`)
  expect(capacityChangesSince(activities, application.startedAt)).toEqual([
    { from: 4, to: 6, minSize: 6 },
    { from: 6, to: 8 },
    { from: 8, to: 7 },
  ])
})

function at(minutes: number) {
  return {
    now: new Date(Date.parse('2026-11-24T12:00:05Z') + minutes * 60_000),
    healthTimeoutMinutes: 15,
  }
}

test.each([
  ['healthy with every new instance in service, however late', 6, instancesOf(4, 2), 60, 'healthy'],
  ['coming while one of two is missing', 6, instancesOf(4, 1), 14.9, 'coming'],
  ['timed out at the limit', 6, instancesOf(4, 1), 15, 'timed-out'],
  ['not healthy while an old instance has failed', 6, instancesOf(3, 2), 1, 'coming'],
  ['not healthy through old instances alone', 6, instancesOf(4, 0), 1, 'coming'],
  ['lowered where someone took it below ours', 5, instancesOf(4, 2), 1, 'lowered'],
] as const)('an addition is %s', (_what, desiredCapacity, instances, minutes, kind) => {
  expect(judgeAddition(application, { desiredCapacity, instances }, at(minutes)).kind).toBe(kind)
})

test('instances that were there before do not count as ours', () => {
  const instances = instancesOf(4, 2)
  const all = { ...application, instancesBefore: instances.map(({ instanceId }) => instanceId) }
  expect(judgeAddition(all, { desiredCapacity: 6, instances }, at(1)).kind).toBe('coming')
})
