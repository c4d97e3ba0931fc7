import type { GroupScenario } from '../../../src/sandbox/world/group-scenario.js'
import { createWorld, type GroupView, type World } from '../../../src/sandbox/world/world.js'

export const nowAt = '2026-11-24T12:00:00.000Z'
export const place = { account: '123456789012', region: 'us-east-1' } as const
const minuteMs = 60_000

/** A group of `m6i.large` with a demand in vCPUs that may change at the end of the history. */
export function scenario(
  change: Partial<GroupScenario> = {},
  demand: (atMs: number) => number = () => 4,
): GroupScenario {
  return {
    ...place,
    name: 'web',
    tags: { Environment: 'production' },
    launch: { kind: 'launch-template', name: 'web', version: '$Latest', instanceType: 'm6i.large', imageId: 'ami-1' },
    minSize: 1,
    desiredCapacity: 4,
    maxSize: 10,
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    policies: [],
    load: {
      cpu: { kind: 'function', at: demand },
      memory: { fixedGiBPerInstance: 2, gibPerBusyVcpu: 1 },
      networkInBytesPerVcpuSecond: 1000,
      networkOutBytesPerVcpuSecond: 2000,
      requestsPerVcpuSecond: 10,
    },
    bootSeconds: 120,
    warmupSeconds: 60,
    defaultCooldownSeconds: 300,
    healthCheckType: 'ELB',
    healthCheckGraceSeconds: 0,
    latency: { baseMs: 50, maxMs: 5000 },
    memoryAgent: true,
    groupMetrics: true,
    targetGroup: { name: 'web-tg', loadBalancerName: 'web-alb' },
    ...change,
  }
}

export function worldOf(...groups: readonly GroupScenario[]): World {
  return createWorld({ seed: 1, nowAt, groups, historyDays: 1 })
}

export function minutes(count: number): number {
  return count * minuteMs
}

export function web(world: World): GroupView {
  const group = world.find(place, 'web')
  if (group === undefined) throw new Error('the group is gone')
  return group
}

/** Mean of a column over the last minutes. */
export function recent(world: World, column: Parameters<World['points']>[1], lastMinutes: number): number {
  const span = { fromMs: world.now() - minutes(lastMinutes), untilMs: world.now() }
  const points = world.points(web(world), column, span)
  return points.reduce((sum, { value }) => sum + value, 0) / points.length
}

export function states(world: World): readonly string[] {
  return web(world).instances.map(({ lifecycleState, healthStatus }) => `${lifecycleState} ${healthStatus}`)
}
