import { type Fact, known, unknown } from '../../core/model/fact.js'
import type { GroupKey } from '../../core/model/group.js'
import { isGap, type Series, type SeriesSpan } from '../../core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../core/model/signals.js'
import type { SignalReader } from '../../ports.js'
import type { AwsClients } from './clients.js'
import { metricName } from './metric-query.js'
import type { SignalQuery } from './signal-queries.js'
import {
  createSignalSource,
  type DefinedGroup,
  regionsOf,
  type SampledSignals,
  type SignalOptions,
  type SignalSource,
} from './signal-source.js'

/** The groups' series from CloudWatch, the whole window asked for each time. */
export function createSignalReader(clients: AwsClients, options?: SignalOptions): SignalReader {
  return wholeSignals(createSignalSource(clients, options))
}

/** A reader that keeps nothing. */
export function wholeSignals(source: SignalSource): SignalReader {
  return {
    read: async (groups, window, policyOf, only) => {
      const defined = await source.define(groups, policyOf, only)
      const parts = regionsOf(groups).map((region) => readRegion(source, region, defined, window))
      return new Map((await Promise.all(parts)).flat())
    },
  }
}

async function readRegion(
  source: SignalSource,
  region: string,
  defined: readonly DefinedGroup[],
  window: SeriesSpan,
): Promise<readonly (readonly [GroupKey, Signals])[]> {
  const its = defined.filter(({ group }) => group.region === region)
  const samples = await source.read(region, its.map(queriesOf), window)
  return its.map((one) => [one.group.groupKey, signalsOf(one, samples, window)])
}

/** Everything that is asked for one group. */
export function queriesOf({ queries }: DefinedGroup): readonly SignalQuery[] {
  return Object.values(queries).flatMap((query) => (query.kind === 'known' ? [query.value] : []))
}

/** The group's signals; one without a single point is unknown, so that nobody reads it as quiet. */
export function signalsOf({ group, queries }: DefinedGroup, samples: SampledSignals, window: SeriesSpan): Signals {
  const names = Object.keys(signalUnits) as readonly SignalName[]
  const series = names.map((name) => [name, seriesFact(queries[name], samples, window)] as const)
  return { group, window, series: Object.fromEntries(series) as Signals['series'] }
}

function seriesFact(query: Fact<SignalQuery>, samples: SampledSignals, window: SeriesSpan): Fact<Series> {
  if (query.kind === 'unknown') return query
  const { signal, queries } = query.value
  const answer = samples.get(query.value) ?? unknown('was not asked for')
  if (answer.kind === 'unknown') return answer
  const { startAt, periodSeconds } = window
  const series: Series = { startAt, periodSeconds, unit: signalUnits[signal], samples: answer.value }
  if (answer.value.some((sample) => !isGap(sample))) return known(series)
  const [first] = queries
  return unknown(`${first ? metricName(first) : signal} has no data in the window`)
}
