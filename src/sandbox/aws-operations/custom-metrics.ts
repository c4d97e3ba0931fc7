import { AwsError } from '../aws/aws-error.js'
import type { Place } from '../world/launch-templates.js'
import type { Datum, Metric } from './metric-catalogue.js'
import { type Members, numberOf, recordOf, recordsOf, textOf, timeOf } from './read-members.js'

/** What was put with PutMetricData, kept for as long as the world lives. */
export interface CustomMetrics {
  put(place: Place, input: Members, nowMs: number): void
  list(place: Place): readonly Metric[]
}

interface Kept {
  readonly place: Place
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly data: Datum[]
}

export function createCustomMetrics(): CustomMetrics {
  const kept = new Map<string, Kept>()
  return {
    put(place, input, nowMs) {
      const namespace = textOf(input, 'Namespace') ?? ''
      const items = recordsOf(input, 'MetricData')
      refuse(namespace, items)
      for (const item of items) {
        const name = textOf(item, 'MetricName') ?? ''
        const dimensions = dimensionsOf(item)
        const key = JSON.stringify([place.account, place.region, namespace, name, Object.entries(dimensions).sort()])
        const metric = kept.get(key) ?? { place, namespace, name, dimensions, data: [] }
        kept.set(key, metric)
        metric.data.push(datumOf(item, nowMs))
        metric.data.sort((a, b) => a.atMs - b.atMs)
      }
    },
    list: (place) =>
      [...kept.values()]
        .filter((metric) => metric.place.account === place.account && metric.place.region === place.region)
        .map(({ namespace, name, dimensions, data }) => ({
          namespace,
          name,
          dimensions,
          // Their points are minutes already: nothing is to be spread.
          resolutionSeconds: 300,
          sumsUp: false,
          read: (fromMs, untilMs) => data.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
        })),
  }
}

/** Dimensions of a metric as a record of name to value. */
export function dimensionsOf(metric: Members): Readonly<Record<string, string>> {
  return Object.fromEntries(
    recordsOf(metric, 'Dimensions').map((one) => [textOf(one, 'Name') ?? '', textOf(one, 'Value') ?? '']),
  )
}

function refuse(namespace: string, items: readonly Members[]): void {
  if (namespace.startsWith('AWS/')) {
    throw new AwsError('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.')
  }
  if (items.length > 1000) {
    throw new AwsError('InvalidParameterValue', 'The collection MetricData must not have a size greater than 1000.')
  }
  for (const [index, item] of items.entries()) {
    const given = ['Value', 'Values', 'StatisticValues'].filter((name) => item[name] !== undefined)
    if (given.length === 1) continue
    const message =
      given.length === 0
        ? `At least one of the parameters MetricData.member.${index + 1}.Value, Values or StatisticValues must be specified.`
        : `The parameters MetricData.member.${index + 1}.Value and MetricData.member.${index + 1}.Values are mutually exclusive and you have specified both.`
    throw new AwsError('InvalidParameterCombination', message)
  }
}

function datumOf(item: Members, nowMs: number): Datum {
  const atMs = Math.floor((timeOf(item, 'Timestamp') ?? nowMs) / 60_000) * 60_000
  const set = recordOf(item, 'StatisticValues')
  if (set !== undefined) {
    const of = (name: string): number => numberOf(set, name) ?? 0
    return { atMs, sum: of('Sum'), samples: of('SampleCount'), minimum: of('Minimum'), maximum: of('Maximum') }
  }
  const single = numberOf(item, 'Value')
  const values = single === undefined ? numbersOf(item.Values) : [single]
  const counts = numbersOf(item.Counts)
  const weighted = values.map((value, index) => ({ value, count: counts[index] ?? 1 }))
  return {
    atMs,
    sum: weighted.reduce((sum, { value, count }) => sum + value * count, 0),
    samples: weighted.reduce((sum, { count }) => sum + count, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  }
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : []
}
