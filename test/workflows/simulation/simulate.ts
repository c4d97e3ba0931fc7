import { runOptimization } from '../../../src/workflows/pass/run-optimization.js'
import { createChecker } from './checker.js'
import { drawFrom } from './draw.js'
import { calm, createScheduler } from './scheduler.js'
import { openWorld } from './world.js'

export interface Simulated {
  readonly seed: number
  readonly calls: number
  /** Invariants that did not hold, in words; empty where all did. */
  readonly broken: readonly string[]
  readonly trace: readonly string[]
}

/** Runs at once, in the weather of the seed. */
const mostRuns = 4

/**
 * One history: two to four engine passes at once on one table, repository and fleet, with faults, slow calls, deaths
 * and someone else who asks for capacity; then good weather, in which everything has to come to rest within two passes
 * and a third has nothing to do.
 */
export async function simulate(seed: number): Promise<Simulated> {
  modulesLoaded ??= history(0)
  await modulesLoaded
  return history(seed)
}

/** One history goes ahead: modules that are loaded when first needed would put another order into the first. */
let modulesLoaded: Promise<Simulated> | undefined

async function history(seed: number): Promise<Simulated> {
  const draw = drawFrom(seed)
  const world = await openWorld(draw.chance(0.3) ? 'unhealthy' : 'healthy')
  const checker = createChecker(world)
  let calls = 0
  const writes: string[] = []
  const scheduler = createScheduler(draw, world.time, {
    issued: (call) => {
      checker.issued(call)
      if (isWrite(call.port, call.method)) writes.push(`${call.port}.${call.method}`)
    },
    done: (call) => {
      calls += 1
      checker.done(call)
    },
  })
  const pass = (owner: string) => () => runOptimization(world.depsOf(owner, scheduler))

  await world.analyse()
  const runs = 2 + draw.below(mostRuns - 1)
  const weather = { fault: draw.below(5) / 50, crash: draw.below(3) / 200, slow: draw.below(5) / 40 }
  const meddles = draw.chance(0.3)
  await scheduler.runAll(
    Array.from({ length: runs }, (_, at) => pass(`run${at + 1}`)),
    weather,
    () => {
      if (!meddles || !draw.chance(0.01)) return
      const [name, fake] = [...world.groups][draw.below(world.groups.size)] as [string, never]
      const desired = 4 + draw.below(4)
      if ((fake as { ask(desired: number): boolean }).ask(desired)) checker.asked(name, desired)
    },
  )

  for (const owner of ['after1', 'after2']) {
    world.time.nowMs += 10 * 60_000
    await world.analyse()
    await scheduler.runAll([pass(owner)], calm)
  }
  await checker.atRest()
  writes.length = 0
  await scheduler.runAll([pass('again')], calm)
  const idle = writes.length === 0 ? [] : [`a pass at rest wrote: ${[...new Set(writes)].join(', ')}`]
  return { seed, calls, broken: [...checker.broken, ...idle], trace: scheduler.trace }
}

function isWrite(port: string, method: string): boolean {
  if (port === 'capacity') return true
  return (port === 'pullRequests' || port === 'issues') && method !== 'find'
}
