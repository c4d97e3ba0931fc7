import { type Fact, known, unknown } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import { gaps, joinSamples, type SeriesSpan } from '../../core/model/series.js'
import type { SignalName } from '../../core/model/signals.js'
import type { AwsClients } from './clients.js'
import { readLoadBalancers } from './load-balancers.js'
import type { MetricAnswers } from './metric-query.js'
import { readMetrics } from './read-metrics.js'
import { type Joining, type SignalQueries, type SignalQuery, signalQueries } from './signal-queries.js'

export interface SignalOptions {
  /** GetMetricData requests under way at once in a region, default 4. */
  readonly concurrency?: number
}

/** A group with what is asked for each of its signals. */
export interface DefinedGroup {
  readonly group: Group
  readonly queries: SignalQueries
}

/** Samples on the steps of the span that was asked for; nothing but gaps where CloudWatch has no data. */
export type SampledSignals = ReadonlyMap<SignalQuery, Fact<Float32Array>>

/** CloudWatch in two steps, so that what is asked can be told before it is asked. */
export interface SignalSource {
  /** The queries of each group; those of load balancers take a call. With `only`, the other signals are not asked for. */
  define(
    groups: readonly Group[],
    policyOf: (group: Group) => Policy,
    only?: readonly SignalName[],
  ): Promise<readonly DefinedGroup[]>
  /** The samples of every query, the groups' lists packed into as few requests as the limits of the API allow. */
  read(region: string, groups: readonly (readonly SignalQuery[])[], span: SeriesSpan): Promise<SampledSignals>
}

export function createSignalSource(clients: AwsClients, { concurrency = 4 }: SignalOptions = {}): SignalSource {
  return {
    async define(groups, policyOf, only) {
      const byRegion = await Promise.all(
        regionsOf(groups).map(async (region) => {
          const its = groups.filter((group) => group.region === region)
          const balanced = !only || only.some((name) => name === 'responseTime' || name === 'requests')
          const arns = balanced ? its.flatMap((group) => group.targetGroupArns) : []
          const balancers = await readLoadBalancers(clients, region, arns)
          return its.map((group) => ({
            group,
            queries: onlyOf(signalQueries(group, policyOf(group).metrics, balancers), only),
          }))
        }),
      )
      return byRegion.flat()
    },
    async read(region, groups, span) {
      const answers = await readMetrics(clients, groups.flatMap(bundlesOf), { region, span, concurrency })
      return new Map(groups.flat().map((query) => [query, sampled(query, answers, span)]))
    },
  }
}

/** The regions that groups are in, each once. */
export function regionsOf(groups: readonly Group[]): readonly string[] {
  return [...new Set(groups.map((group) => group.region))]
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
function bundlesOf(queries: readonly SignalQuery[]): readonly SignalQuery['queries'][] {
  const ofCpu = ({ signal }: SignalQuery) => signal === 'cpuAverage' || signal === 'cpuMaximum'
  const cpu = queries.filter(ofCpu).flatMap((query) => query.queries)
  const others = queries.filter((query) => !ofCpu(query)).flatMap((query) => query.queries.map((one) => [one]))
  return cpu.length > 0 ? [cpu, ...others] : others
}

/** How the samples of one step from several target groups become one. */
const joins: Readonly<Record<Joining, (one: number, another: number) => number>> = {
  only: (_, another) => another,
  sum: (one, another) => one + another,
  highest: Math.max,
}

/** All parts of a joined series must be whole; a step that one part has is not a gap. */
function sampled({ queries, joining }: SignalQuery, answers: MetricAnswers, span: SeriesSpan): Fact<Float32Array> {
  let samples: Float32Array | undefined
  for (const query of queries) {
    const answer = answers.get(query) ?? unknown('was not asked for')
    if (answer.kind === 'unknown') return answer
    if (samples) joinSamples(samples, answer.value, joins[joining])
    else samples = answer.value
  }
  return known(samples ?? gaps(span.steps))
}
