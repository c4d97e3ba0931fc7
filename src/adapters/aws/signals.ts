import { type Fact, known, unknown } from '../../core/model/fact.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import { coverageOf, type Series, type SeriesSpan, seriesOf } from '../../core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../core/model/signals.js'
import type { SignalReader } from '../../ports.js'
import type { AwsClients } from './clients.js'
import { readLoadBalancers } from './load-balancers.js'
import { type MetricAnswers, type MetricPoints, type MetricQuery, metricName } from './metric-query.js'
import { readMetrics } from './read-metrics.js'
import { type SignalQueries, type SignalQuery, signalQueries } from './signal-queries.js'

export interface SignalOptions {
  /** GetMetricData requests under way at once in a region, default 4. */
  readonly concurrency?: number
}

interface Asked {
  readonly group: Group
  readonly queries: SignalQueries
}

/** The groups' series from CloudWatch, packed over all groups of a region. */
export function createSignalReader(clients: AwsClients, options: SignalOptions = {}): SignalReader {
  return {
    read: async (groups, window, policyOf, only) => {
      const regions = [...new Set(groups.map((group) => group.region))]
      const parts = await Promise.all(
        regions.map((region) => {
          const ofRegion = groups.filter((group) => group.region === region)
          return readRegion(clients, {
            groups: ofRegion,
            region,
            window,
            policyOf,
            only,
            concurrency: options.concurrency ?? 4,
          })
        }),
      )
      return new Map(parts.flat())
    },
  }
}

interface RegionAsked {
  readonly groups: readonly Group[]
  readonly region: string
  readonly window: SeriesSpan
  readonly policyOf: (group: Group) => Policy
  readonly only: readonly SignalName[] | undefined
  readonly concurrency: number
}

async function readRegion(
  clients: AwsClients,
  { groups, region, window, policyOf, only, concurrency }: RegionAsked,
): Promise<readonly (readonly [GroupKey, Signals])[]> {
  const balanced = !only || only.some((name) => name === 'responseTime' || name === 'requests')
  const arns = balanced ? groups.flatMap((group) => group.targetGroupArns) : []
  const balancers = await readLoadBalancers(clients, region, arns)
  const asked = groups.map((group) => ({
    group,
    queries: onlyOf(signalQueries(group, policyOf(group).metrics, balancers), only),
  }))
  const answers = await readMetrics(clients, asked.flatMap(bundlesOf), { region, span: window, concurrency })
  return asked.map((one) => [one.group.groupKey, signalsOf(one, answers, window)])
}

function onlyOf(queries: SignalQueries, only: readonly SignalName[] | undefined): SignalQueries {
  if (!only) return queries
  const kept = Object.entries(queries).map(([name, query]) => [
    name,
    only.includes(name as SignalName) ? query : unknown('was not asked for'),
  ])
  return Object.fromEntries(kept) as SignalQueries
}

/** CPU's average and maximum share a request: AWS bills statistics of one metric once when asked for together. */
function bundlesOf({ queries }: Asked): readonly (readonly MetricQuery[])[] {
  const { cpuAverage, cpuMaximum, ...others } = queries
  const of = (fact: Fact<SignalQuery>): readonly MetricQuery[] => (fact.kind === 'known' ? fact.value.queries : [])
  return [
    [...of(cpuAverage), ...of(cpuMaximum)],
    ...Object.values(others)
      .flatMap(of)
      .map((query) => [query]),
  ]
}

function signalsOf({ group, queries }: Asked, answers: MetricAnswers, window: SeriesSpan): Signals {
  const read = (name: SignalName): Fact<Series> => {
    const query = queries[name]
    return query.kind === 'known' ? seriesFact(query.value, answers, window) : query
  }
  return {
    group,
    window,
    series: {
      cpuAverage: read('cpuAverage'),
      cpuMaximum: read('cpuMaximum'),
      memory: read('memory'),
      networkIn: read('networkIn'),
      networkOut: read('networkOut'),
      inService: read('inService'),
      desired: read('desired'),
      max: read('max'),
      responseTime: read('responseTime'),
      requests: read('requests'),
      cpuCredits: read('cpuCredits'),
    },
  }
}

/** All parts of a joined series must be whole; a series without a single point is unknown, so that nobody reads it as quiet. */
function seriesFact(query: SignalQuery, answers: MetricAnswers, window: SeriesSpan): Fact<Series> {
  const facts = query.queries.map((one) => answers.get(one) ?? unknown('was not asked for'))
  const missing = facts.find((fact) => fact.kind === 'unknown')
  if (missing) return missing
  const points = facts.map((fact) => (fact.kind === 'known' ? fact.value : []))
  const series = seriesOf(window, signalUnits[query.signal], joined(query, points, window))
  if (coverageOf(series) > 0) return known(series)
  const [first] = query.queries
  return unknown(`${first ? metricName(first) : query.signal} has no data in the window`)
}

/** The points of one step from several target groups: their sum or the highest; steps without any stay gaps. */
function joined(query: SignalQuery, parts: readonly MetricPoints[], window: SeriesSpan): MetricPoints {
  const [first = new Map<number, number>(), ...others] = parts.map((points) => valuesByStep(query, points, window))
  for (const other of others) {
    for (const [at, value] of other) {
      const earlier = first.get(at)
      first.set(
        at,
        earlier === undefined ? value : query.joining === 'sum' ? earlier + value : Math.max(earlier, value),
      )
    }
  }
  return [...first].map(([at, value]) => ({ at, value }))
}

/** Floored to the period; of several points in one step the last counts. */
function valuesByStep(query: SignalQuery, points: MetricPoints, window: SeriesSpan): Map<number, number> {
  const periodMs = window.periodSeconds * 1000
  const start = Date.parse(window.startAt)
  return new Map(
    points.map(({ at, value }) => [
      start + Math.floor((at - start) / periodMs) * periodMs,
      query.scale(value, window.periodSeconds),
    ]),
  )
}
