import { createLocalLeases } from '../../../src/adapters/local/table/leases.js'
import { createLocalNotebook } from '../../../src/adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../../../src/adapters/local/table/recommendations.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import type { Catalogue } from '../../../src/core/model/instance-type.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { Recommendation } from '../../../src/core/model/recommendation.js'
import { type Series, type SeriesSpan, seriesOf } from '../../../src/core/model/series.js'
import type { Signals } from '../../../src/core/model/signals.js'
import type { ApplyDeps } from '../../../src/workflows/apply/application-row.js'
import { beginScaleUp } from '../../../src/workflows/apply/begin-scale-up.js'
import { carryOnTogether } from '../../../src/workflows/apply/carry-on-together.js'
import { reconcileApplication } from '../../../src/workflows/apply/reconcile-application.js'
import { scaleUpOf } from '../../core/decision/builders.js'
import { policyOf } from '../../support/policy.js'
import { createFakeGroup, type FakeGroup, type FakeGroupOptions, groupKey } from './fake-group.js'

/** Called before and after each call of a port, with its number (from 1) and name; may throw, act as someone else, or take
 * its time. */
export type Boundary = (call: number, when: 'before' | 'after', name: string) => void | Promise<void>

export interface ApplyWorld {
  readonly fake: FakeGroup
  readonly deps: (owner: string, boundary?: Boundary) => ApplyDeps
  readonly outcomes: readonly string[]
  readonly row: () => Promise<Recommendation>
  /** What one scheduled pass does with this recommendation: reconcile what is half-done, then decide and act. */
  readonly pass: (deps: ApplyDeps, policy?: Policy) => Promise<void>
}

export const soundGroup: FakeGroupOptions = { bootSeconds: 60, newInstances: 'healthy', lagSeconds: 0 }
export const brokenGroup: FakeGroupOptions = { bootSeconds: 60, newInstances: 'unhealthy', lagSeconds: 0 }

/** One degraded group of 4 (min 2, max 10) and one recorded advice to go to 6, as an earlier stage stored it. */
export async function openWorld(options: FakeGroupOptions, calls = { count: 0 }): Promise<ApplyWorld> {
  const fake = createFakeGroup(options)
  const recommendations = createLocalRecommendations(fake)
  const leases = createLocalLeases(fake)
  const notebook = createLocalNotebook(fake)
  const outcomes: string[] = []
  const { recommendation } = await recommendations.record(scaleUpOf(), fake.now())

  function deps(owner: string, boundary: Boundary = () => {}): ApplyDeps {
    const watch = <T extends object>(port: T): T => watched(port, calls, boundary, fake.tick)
    return {
      owner,
      clock: { now: fake.now, sleep: watch({ sleep: fake.sleep }).sleep },
      fleet: watch({ list: fake.list, read: fake.read }),
      capacity: watch({
        setMinSize: fake.setMinSize,
        setDesiredCapacity: fake.setDesiredCapacity,
        stackUpdateInProgress: fake.stackUpdateInProgress,
      }),
      recommendations: watch(recommendations),
      leases: watch(leases),
      notebook: watch(notebook),
      signals: { read: async ([group], span) => new Map([[groupKey, signalsOf(group as Signals['group'], span)]]) },
      market: {
        catalogue: async () => catalogue,
        spot: () => Promise.reject(new Error('no spot in this world')),
      },
      selection: { regions: ['us-east-1'], tags: {} },
      journal: {
        outcome: (message, { reason }) => void outcomes.push(`${message}: ${reason}`),
        failure: (message) => void outcomes.push(message),
      },
    }
  }

  const row = async () => (await recommendations.find(recommendation.id)) as Recommendation
  return {
    fake,
    deps,
    outcomes,
    row,
    async pass(ports, policy = policyOf()) {
      const analysis = { policy }
      const stored = await row()
      const halfDone = ['applying', 'rollingBack'].includes(stored.change.state)
      const begun = await (halfDone ? reconcileApplication : beginScaleUp)(ports, analysis, stored)
      if (!begun) return
      await carryOnTogether(ports, [begun], async (_, ending) => {
        if (ending.kind === 'fault') throw ending.error
      })
    },
  }
}

/** Each call takes a second; the boundary is told before and after it. */
function watched<T extends object>(port: T, calls: { count: number }, boundary: Boundary, tick: () => void): T {
  const entries = Object.entries(port).map(([name, method]) => [
    name,
    (...given: readonly unknown[]) => {
      calls.count += 1
      const call = calls.count
      const begun = boundary(call, 'before', name)
      if (begun instanceof Promise) return begun.then(() => finish(call))
      return finish(call)

      function finish(number: number): unknown {
        tick()
        const answer = method(...given)
        if (!(answer instanceof Promise)) return answer
        return answer.then((value) => {
          const ended = boundary(number, 'after', name)
          return ended instanceof Promise ? ended.then(() => value) : value
        })
      }
    },
  ])
  return Object.fromEntries(entries)
}

const price = { usdPerHour: 0.096, source: 'test', asOf: '2026-11-01' }
const catalogue: Catalogue = {
  region: 'us-east-1',
  types: new Map(),
  onDemand: new Map([['m5.large', price]]),
  spot: new Map(),
  source: 'test',
}

/** CPU flat at 100 %: 4 instances at a target of 70 need 6. */
function signalsOf(group: Signals['group'], span: SeriesSpan): Signals {
  const steps = { ...span, steps: 12, startAt: new Date(Date.parse(span.startAt)).toISOString() }
  const gone = unknown('not measured')
  return {
    group,
    window: steps,
    series: {
      cpuAverage: known(flatCpu(steps)),
      cpuMaximum: gone,
      memory: gone,
      networkIn: gone,
      networkOut: gone,
      inService: gone,
      desired: gone,
      max: gone,
      responseTime: gone,
      requests: gone,
      cpuCredits: gone,
    },
  }
}

function flatCpu(span: SeriesSpan): Series {
  const start = Date.parse(span.startAt)
  const points = Array.from({ length: span.steps }, (_, step) => ({
    at: start + step * span.periodSeconds * 1000,
    value: 100,
  }))
  return seriesOf(span, 'percent', points)
}
