import { describe, expect, it } from '@jest/globals'
import { cronNames } from '../../../src/sandbox/world/cron.js'
import type { PolicyScenario } from '../../../src/sandbox/world/group-scenario.js'
import { minutes, nowAt, recent, scenario, web, worldOf } from './build-scenario.js'

const nowMs = Date.parse(nowAt)
/** 47 % of four m6i.large through the history, then `later`. */
const stepping = (later: number) => (atMs: number) => (atMs < nowMs ? 3.8 : later)

const tracking: PolicyScenario = {
  kind: 'target-tracking',
  name: 'cpu',
  metric: 'ASGAverageCPUUtilization',
  targetValue: 50,
  warmupSeconds: 180,
}

describe('target tracking', () => {
  it('adds what the target needs after three minutes above it, and says so', () => {
    const world = worldOf(scenario({ policies: [tracking] }, stepping(6)))
    expect(web(world).desiredCapacity).toBe(4)
    world.advance(minutes(2))
    expect(web(world).desiredCapacity).toBe(4)
    world.advance(minutes(1))
    expect(web(world).desiredCapacity).toBeGreaterThan(4)
    expect(web(world).activities[0]?.cause).toMatch(
      /^At \S+Z a monitor alarm TargetTracking-web-AlarmHigh-\S+ in state ALARM triggered policy cpu changing the desired capacity from 4 to \d/,
    )
    world.advance(minutes(40))
    expect(recent(world, 'cpuAverage', 20)).toBeLessThan(54)
  })

  it('takes away what is not needed after fifteen minutes below 90 % of the target, down to min', () => {
    const world = worldOf(scenario({ policies: [tracking], minSize: 2 }, stepping(0.5)))
    world.advance(minutes(14))
    expect(web(world).desiredCapacity).toBe(4)
    world.advance(minutes(60))
    expect(web(world).desiredCapacity).toBe(2)
  })

  it('never goes beyond max, and never in where scaling in is off', () => {
    const high = worldOf(scenario({ policies: [tracking], maxSize: 5 }, stepping(40)))
    high.advance(minutes(60))
    expect(web(high).desiredCapacity).toBe(5)
    const low = worldOf(scenario({ policies: [{ ...tracking, disableScaleIn: true }] }, stepping(0.5)))
    low.advance(minutes(120))
    expect(web(low).desiredCapacity).toBe(4)
  })

  it('does nothing when it is disabled or its alarms are suspended', () => {
    const off = worldOf(scenario({ policies: [{ ...tracking, enabled: false }] }, stepping(8)))
    const suspended = worldOf(
      scenario({ policies: [tracking], suspendedProcesses: ['AlarmNotification'] }, stepping(8)),
    )
    for (const world of [off, suspended]) {
      world.advance(minutes(60))
      expect(web(world).desiredCapacity).toBe(4)
    }
  })

  it('follows the requests of a target', () => {
    const policy = { ...tracking, metric: 'ALBRequestCountPerTarget', targetValue: 700 } as const
    const world = worldOf(scenario({ policies: [policy] }, stepping(8)))
    world.advance(minutes(30))
    // 8 vCPUs × 10 requests a second × 60 seconds ÷ 700 a target.
    expect(web(world).desiredCapacity).toBe(7)
  })
})

describe('step and simple policies', () => {
  const alarm = {
    metric: 'CPUUtilization',
    threshold: 70,
    comparison: 'above',
    periodSeconds: 60,
    evaluationPeriods: 2,
  } as const

  it('step by how far the threshold is passed, counting instances that still warm up', () => {
    const policy: PolicyScenario = {
      kind: 'step',
      name: 'steps',
      adjustmentType: 'ChangeInCapacity',
      alarm,
      steps: [
        { lowerBound: 0, upperBound: 20, change: 1 },
        { lowerBound: 20, change: 3 },
      ],
    }
    const mild = worldOf(scenario({ policies: [policy] }, stepping(6.4)))
    mild.advance(minutes(4))
    expect(web(mild).desiredCapacity).toBe(5)
    const strong = worldOf(scenario({ policies: [policy] }, stepping(7.9)))
    strong.advance(minutes(4))
    expect(web(strong).desiredCapacity).toBe(7)
  })

  it('a simple one waits for its cooldown', () => {
    const policy: PolicyScenario = {
      kind: 'simple',
      name: 'one-more',
      adjustmentType: 'ChangeInCapacity',
      change: 1,
      cooldownSeconds: 600,
      alarm,
    }
    const world = worldOf(scenario({ policies: [policy] }, stepping(30)))
    world.advance(minutes(5))
    expect(web(world).desiredCapacity).toBe(5)
    world.advance(minutes(5))
    expect(web(world).desiredCapacity).toBe(5)
    world.advance(minutes(5))
    expect(web(world).desiredCapacity).toBe(6)
  })
})

describe('scheduled actions', () => {
  it('set the sizes at their minute', () => {
    const night = { name: 'night', recurrence: '30 12 * * *', minSize: 0, desiredCapacity: 1 }
    const world = worldOf(scenario({ scheduledActions: [night] }))
    world.advance(minutes(29))
    const before = web(world).desiredCapacity
    world.advance(minutes(2))
    expect([before, web(world).desiredCapacity, web(world).minSize]).toEqual([1, 1, 0])
    expect(
      web(world).activities.some(({ cause }) =>
        cause.includes('a scheduled action update of AutoScalingGroup constraints to min: 0, max: 10, desired: 1'),
      ),
    ).toBe(true)
  })

  it.each([
    ['0 19 * * 1-5', '2026-11-23T19:00:00Z', true],
    ['0 19 * * 1-5', '2026-11-22T19:00:00Z', false],
    ['*/15 8-10 * * *', '2026-11-22T09:45:00Z', true],
    ['*/15 8-10 * * *', '2026-11-22T09:50:00Z', false],
    ['0 0 1,15 * *', '2026-11-15T00:00:00Z', true],
    ['0 0 1 * 7', '2026-11-22T00:00:00Z', true],
    ['0 0 * 12 *', '2026-11-22T00:00:00Z', false],
  ])('%s names %s: %s', (line, at, names) => {
    expect(cronNames(line, Date.parse(at))).toBe(names)
  })
})
