import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fleet } from '../../../src/sandbox/world/scenarios.js'
import { createWorld } from '../../../src/sandbox/world/world.js'
import { minutes, nowAt, place, recent, scenario, states, web, worldOf } from './build-scenario.js'

describe('a world', () => {
  it('starts with its history ending at the given now', () => {
    const world = worldOf(scenario())
    expect(world.now()).toBe(Date.parse(nowAt))
    const points = world.points(web(world), 'cpuAverage', { fromMs: 0, untilMs: world.now() })
    expect(points).toHaveLength(288)
  })

  it('is the same for the same seed and requests, and another for another seed', () => {
    const story = (seed: number) => {
      const world = createWorld({ seed, nowAt, groups: fleet(seed), historyDays: 1 })
      world.updateGroup(place, 'kestrel-checkout-api', { minSize: 6 })
      world.advance(minutes(90))
      return world.groups().map((group) => ({
        ids: group.instances.map(({ instanceId }) => instanceId),
        causes: group.activities.map(({ cause }) => cause),
        cpu: world.points(group, 'cpuAverage', { fromMs: 0, untilMs: world.now() }),
      }))
    }
    expect(story(5)).toEqual(story(5))
    expect(story(5)).not.toEqual(story(6))
  })

  it('is the same whether time passes at once or in small steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { maxLength: 20 }), (steps) => {
        const [small, large] = [worldOf(scenario()), worldOf(scenario())]
        for (const step of steps) small.advance(step)
        large.advance(steps.reduce((sum, step) => sum + step, 0))
        const read = (world: typeof small) =>
          world.points(web(world), 'responseMs', { fromMs: 0, untilMs: world.now() + 1 })
        expect(read(small)).toEqual(read(large))
      }),
      { numRuns: 5 },
    )
  })

  it('refuses two groups of one name and a time that runs backwards', () => {
    expect(() => worldOf(scenario(), scenario())).toThrow('two groups are called')
    expect(() => worldOf(scenario()).advance(-1)).toThrow('not below 0 ms')
  })
})

describe('capacity', () => {
  it('raises and CPU, memory and response time fall, after the new instances are warm', () => {
    const world = worldOf(scenario({}, () => 7.4))
    const before = { cpu: recent(world, 'cpuAverage', 60), memory: recent(world, 'memoryAverage', 60) }
    const slow = recent(world, 'responseMs', 60)
    expect(before.cpu).toBeGreaterThan(90)
    world.setDesiredCapacity(place, 'web', 8, false)
    expect(states(world).filter((state) => state === 'Pending Healthy')).toHaveLength(4)
    world.advance(minutes(1))
    expect(states(world).filter((state) => state === 'InService Healthy')).toHaveLength(4)
    world.advance(minutes(30))
    expect(recent(world, 'cpuAverage', 20) / before.cpu).toBeCloseTo(0.5, 1)
    expect(recent(world, 'memoryAverage', 20)).toBeLessThan(before.memory)
    expect(recent(world, 'responseMs', 20)).toBeLessThan(slow / 2)
  })

  it('falls and CPU rises, never above 100 %, and clients wait as long as they do', () => {
    const world = worldOf(scenario())
    world.setDesiredCapacity(place, 'web', 1, false)
    world.advance(minutes(20))
    expect(recent(world, 'cpuAverage', 10)).toBe(100)
    expect(recent(world, 'responseMs', 10)).toBe(5000)
    expect(web(world).instances).toHaveLength(1)
  })

  it('of a larger type carries more, once an instance refresh has replaced the old ones', () => {
    const world = worldOf(scenario({}, () => 6))
    const before = recent(world, 'cpuAverage', 30)
    world.launches.addVersion(place, 'web', { instanceType: 'm6i.xlarge' })
    world.advance(minutes(60))
    expect(recent(world, 'cpuAverage', 30)).toBeCloseTo(before, 0)
    world.startInstanceRefresh(place, 'web', 75)
    world.advance(minutes(60))
    expect(new Set(web(world).instances.map(({ instanceType }) => instanceType))).toEqual(new Set(['m6i.xlarge']))
    expect(web(world).refreshes[0]?.status).toBe('Successful')
    expect(recent(world, 'cpuAverage', 20) / before).toBeCloseTo(0.5, 1)
    expect(recent(world, 'inService', 60)).toBeGreaterThanOrEqual(3)
  })

  it('costs its instance-hours times the price', () => {
    const world = worldOf(scenario())
    const points = world.points(web(world), 'usd', { fromMs: world.now() - minutes(60), untilMs: world.now() })
    expect(points.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(4 * 0.096, 9)
  })
})

describe('health', () => {
  const failing = scenario({ health: { kind: 'newInstancesFail', from: 'historyEnd' } })

  it('fails for instances launched from the given moment on: each is replaced, and the old ones stay', () => {
    const world = worldOf(failing)
    const old = web(world).instances.map(({ instanceId }) => instanceId)
    world.updateGroup(place, 'web', { minSize: 6 })
    world.advance(minutes(15))
    const healthy = web(world).instances.filter(
      (one) => one.lifecycleState === 'InService' && one.healthStatus === 'Healthy',
    )
    expect(healthy.map(({ instanceId }) => instanceId)).toEqual(old)
    const causes = web(world).activities.map(({ cause }) => cause)
    expect(
      causes.some((cause) => cause.includes('taken out of service in response to an ELB system health check failure')),
    ).toBe(true)
    expect(
      causes.some((cause) => cause.includes('launched in response to an unhealthy instance needing to be replaced')),
    ).toBe(true)
  })

  it('can be undone: the addition goes, the old instances stay', () => {
    const world = worldOf(failing)
    const old = web(world).instances.map(({ instanceId }) => instanceId)
    world.updateGroup(place, 'web', { minSize: 6 })
    world.advance(minutes(10))
    world.updateGroup(place, 'web', { minSize: 1 })
    world.setDesiredCapacity(place, 'web', 4, true)
    world.advance(minutes(5))
    expect(web(world).instances.map(({ instanceId }) => instanceId)).toEqual(old)
  })

  it('counts a failing instance as healthy until its grace period is over', () => {
    const world = worldOf({ ...failing, healthCheckGraceSeconds: 300 })
    world.setDesiredCapacity(place, 'web', 5, false)
    world.advance(minutes(4))
    expect(states(world)).toEqual(Array.from({ length: 5 }, () => 'InService Healthy'))
    world.advance(minutes(6))
    expect(states(world)).not.toEqual(Array.from({ length: 5 }, () => 'InService Healthy'))
  })
})

describe('what is measured', () => {
  it('has no memory without the agent and no response time without a load balancer', () => {
    const { targetGroup: _none, ...plain } = scenario({ memoryAgent: false })
    const world = worldOf(plain)
    const all = { fromMs: 0, untilMs: world.now() }
    expect(world.points(web(world), 'memoryAverage', all)).toEqual([])
    expect(world.points(web(world), 'responseMs', all)).toEqual([])
    expect(world.points(web(world), 'cpuAverage', all)).toHaveLength(288)
  })

  it('has gaps where outages or a recording have them, while the group itself goes on', () => {
    const outages = worldOf(scenario({ gaps: { share: 0.5, hours: 1 } }))
    const recording = worldOf(scenario({}, (atMs) => ((atMs / 300_000) % 2 === 0 ? Number.NaN : 4)))
    for (const [world, low, high] of [
      [outages, 60, 230],
      [recording, 144, 144],
    ] as const) {
      const all = { fromMs: 0, untilMs: world.now() }
      const known = world.points(web(world), 'cpuAverage', all).length
      expect(known).toBeGreaterThanOrEqual(low)
      expect(known).toBeLessThanOrEqual(high)
      expect(world.points(web(world), 'inService', all)).toHaveLength(288)
    }
  })

  it('shows no step before it is over', () => {
    const world = worldOf(scenario())
    world.advance(minutes(4))
    const last = () => world.points(web(world), 'cpuAverage', { fromMs: Date.parse(nowAt), untilMs: world.now() })
    expect(last()).toEqual([])
    world.advance(minutes(1))
    expect(last()).toHaveLength(1)
  })

  it('spends the credits of burstable types above their baseline', () => {
    const launch = {
      kind: 'launch-template',
      name: 'web',
      version: '$Latest',
      instanceType: 't3.large',
      imageId: 'ami-1',
    } as const
    const [busy, idle] = [worldOf(scenario({ launch }, () => 7)), worldOf(scenario({ launch }, () => 1))]
    expect(recent(busy, 'cpuCredits', 60)).toBeLessThan(1)
    expect(recent(idle, 'cpuCredits', 60)).toBeGreaterThan(300)
  })
})
