import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { minutes, place, scenario, web, worldOf } from './build-scenario.js'

describe('updateGroup', () => {
  it('raises desired capacity with min and lowers it with max', () => {
    const world = worldOf(scenario())
    world.updateGroup(place, 'web', { minSize: 6 })
    expect(web(world)).toMatchObject({ minSize: 6, desiredCapacity: 6, maxSize: 10 })
    world.updateGroup(place, 'web', { minSize: 1, maxSize: 3 })
    expect(web(world)).toMatchObject({ minSize: 1, desiredCapacity: 3, maxSize: 3 })
  })

  it('never lowers desired capacity when only min is raised, whatever the sizes are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (desired, minSize) => {
        const world = worldOf(scenario({ desiredCapacity: desired }))
        world.updateGroup(place, 'web', { minSize })
        expect(web(world).desiredCapacity).toBe(Math.max(desired, minSize))
      }),
      { numRuns: 10 },
    )
  })

  it.each([
    [{ minSize: 11 }, 'Max bound, 10, must be greater than or equal to min bound, 11'],
    [{ desiredCapacity: 11 }, 'Desired capacity:11 must be between the specified min size:1 and max size:10'],
    [{ minSize: -1 }, "Value '-1' at 'minSize' failed to satisfy constraint"],
    [{ maxSize: 2.5 }, "Value '2.5' at 'maxSize' failed to satisfy constraint"],
  ])('refuses %j in the words of AWS and changes nothing', (update, message) => {
    const world = worldOf(scenario())
    expect(() => world.updateGroup(place, 'web', update)).toThrow(message)
    expect(web(world)).toMatchObject({ minSize: 1, desiredCapacity: 4, maxSize: 10 })
  })

  it('refuses a launch template or version that does not exist', () => {
    const world = worldOf(scenario())
    const launch = { kind: 'launch-template', name: 'web', version: '7', mix: undefined } as const
    expect(() => world.updateGroup(place, 'web', { launch })).toThrow('Could not find launch template version 7')
    expect(() => world.updateGroup(place, 'nobody', { minSize: 1 })).toThrow('AutoScalingGroup name not found - null')
  })
})

describe('setDesiredCapacity', () => {
  it.each([
    [11, 'New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup.'],
    [0, 'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.'],
  ])('refuses %d in the words of AWS', (desired, message) => {
    expect(() => worldOf(scenario()).setDesiredCapacity(place, 'web', desired, false)).toThrow(message)
  })

  it('is refused within the cooldown only when that is to be honoured', () => {
    const world = worldOf(scenario())
    world.setDesiredCapacity(place, 'web', 5, true)
    expect(() => world.setDesiredCapacity(place, 'web', 6, true)).toThrow(
      expect.objectContaining({ code: 'ScalingActivityInProgress' }),
    )
    world.setDesiredCapacity(place, 'web', 6, false)
    world.advance(minutes(6))
    world.setDesiredCapacity(place, 'web', 5, true)
    expect(web(world).desiredCapacity).toBe(5)
  })

  it('is logged as activities with the sentences, codes and times of AWS', () => {
    const world = worldOf(scenario())
    world.setDesiredCapacity(place, 'web', 5, false)
    const [started] = web(world).activities
    expect(started).toMatchObject({ statusCode: 'PreInService', progress: 30, endedAtMs: undefined })
    expect(started?.description).toMatch(/^Launching a new EC2 instance: i-0[0-9a-f]{16}$/)
    expect(started?.cause).toBe(
      'At 2026-11-24T12:00:00Z a user request explicitly set group desired capacity changing the desired capacity from 4 to 5.  At 2026-11-24T12:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 4 to 5.',
    )
    world.advance(minutes(4))
    expect(web(world).activities[0]).toMatchObject({ statusCode: 'Successful', progress: 100 })
    expect(web(world).activities[0]?.endedAtMs).toBe(Date.parse('2026-11-24T12:02:00Z'))
  })
})

describe('suspended processes', () => {
  it('stop launches until they are resumed', () => {
    const world = worldOf(scenario({ suspendedProcesses: ['Launch'] }))
    world.setDesiredCapacity(place, 'web', 6, false)
    world.advance(minutes(10))
    expect(web(world).instances).toHaveLength(4)
    web(world).suspended.delete('Launch')
    world.advance(minutes(1))
    expect(web(world).instances).toHaveLength(6)
  })
})
