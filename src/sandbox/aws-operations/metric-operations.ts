import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { Place } from '../world/launch-templates.js'
import type { World } from '../world/world.js'
import { createCustomMetrics, dimensionsOf } from './custom-metrics.js'
import { type Metric, metricsOf } from './metric-catalogue.js'
import { pageOfResults, type QueryResult } from './metric-pages.js'
import { type Point, pointsOf, refuseOddStatistic, statisticOf } from './metric-statistics.js'
import { type Members, numberOf, recordOf, recordsOf, textOf, textsOf, timeOf } from './read-members.js'

const maxQueries = 500
const maxPoints = 100_800
const maxStatisticPoints = 1440

/** CloudWatch's metrics: GetMetricData, GetMetricStatistics, ListMetrics, PutMetricData. */
export function metricOperations(world: World): Operations {
  const custom = createCustomMetrics()
  const finder = (place: Place): ((wanted: Members) => Metric | undefined) => {
    const all = [...metricsOf(world, place), ...custom.list(place)]
    return (wanted) => {
      const [namespace, name] = [textOf(wanted, 'Namespace'), textOf(wanted, 'MetricName')]
      const dimensions = dimensionsOf(wanted)
      return all.find(
        (metric) =>
          metric.name === name && metric.namespace === namespace && sameDimensions(metric.dimensions, dimensions),
      )
    }
  }
  return {
    'cloudwatch:GetMetricData': (input, caller) => {
      const span = spanOf(input, 'ValidationError')
      const queries = recordsOf(input, 'MetricDataQueries')
      refuseQueries(input, queries)
      const find = finder(caller)
      const results = queries
        .filter((query) => query.ReturnData !== false)
        .map((query): QueryResult => {
          const stat = recordOf(query, 'MetricStat') ?? {}
          const wanted = recordOf(stat, 'Metric') ?? {}
          const points = pointsFor(find(wanted), stat, span)
          const id = textOf(query, 'Id') ?? ''
          return {
            id,
            label: textOf(query, 'Label') ?? textOf(wanted, 'MetricName') ?? id,
            points: ordered(input, points),
          }
        })
      return pageOfResults(results, numberOf(input, 'MaxDatapoints') ?? maxPoints, textOf(input, 'NextToken'))
    },
    'cloudwatch:GetMetricStatistics': (input, caller) => {
      const span = spanOf(input, 'InvalidParameterValue')
      const periodSeconds = numberOf(input, 'Period') ?? 300
      refuseStatisticPoints(span, periodSeconds)
      const metric = finder(caller)(input)
      const periods = metric === undefined ? [] : [...pointsOf(metric, { ...span, periodSeconds })]
      return {
        Label: textOf(input, 'MetricName'),
        Datapoints: periods.map(([atMs, data]) => ({
          Timestamp: new Date(atMs),
          ...statisticsOf(data, input),
          Unit: textOf(input, 'Unit') ?? unitOf(textOf(input, 'MetricName') ?? ''),
        })),
      }
    },
    'cloudwatch:ListMetrics': (input, caller) => {
      const all = [...metricsOf(world, caller), ...custom.list(caller)].filter((metric) => isListed(metric, input))
      const page = paginate(all, { token: textOf(input, 'NextToken'), limit: 500 })
      return {
        Metrics: page.items.map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        })),
        NextToken: page.nextToken,
      }
    },
    'cloudwatch:PutMetricData': (input, caller) => custom.put(caller, input, world.now()),
  }
}

/** The units that AWS's own metrics and the agent's carry; a metric of somebody's own is stored without one. */
const units: Readonly<Record<string, string>> = {
  CPUUtilization: 'Percent',
  mem_used_percent: 'Percent',
  NetworkIn: 'Bytes',
  NetworkOut: 'Bytes',
  TargetResponseTime: 'Seconds',
  RequestCount: 'Count',
  CPUCreditBalance: 'Count',
}

function unitOf(metric: string): string {
  return units[metric] ?? 'None'
}

interface Span {
  readonly startMs: number
  readonly endMs: number
}

function spanOf(input: Members, code: string): Span {
  const [startMs, endMs] = [timeOf(input, 'StartTime'), timeOf(input, 'EndTime')]
  if (startMs === undefined || endMs === undefined || startMs >= endMs) {
    throw new AwsError(code, 'The parameter StartTime must be less than the parameter EndTime.')
  }
  return { startMs, endMs }
}

function refuseQueries(input: Members, queries: readonly Members[]): void {
  const fault = (message: string): AwsError => new AwsError('ValidationError', message)
  if (queries.length === 0) throw fault('The parameter MetricDataQueries is required.')
  if (queries.length > maxQueries) {
    throw fault(`The collection MetricDataQueries must not have a size greater than ${maxQueries}.`)
  }
  const limit = numberOf(input, 'MaxDatapoints')
  if (limit !== undefined && (limit < 1 || limit > maxPoints)) {
    throw fault(`The value ${limit} for parameter MaxDatapoints must be between 1 and ${maxPoints}.`)
  }
  const ids = queries.map((query) => textOf(query, 'Id') ?? '')
  if (new Set(ids).size !== ids.length) throw fault('The values for parameter id in MetricDataQueries must be unique.')
  for (const [index, query] of queries.entries()) refuseQuery(query, ids[index] ?? '')
}

function refuseQuery(query: Members, id: string): void {
  if (!/^[a-z]\w*$/.test(id)) {
    throw new AwsError('ValidationError', `The value ${id} for parameter Id must start with a lowercase letter.`)
  }
  if (query.Expression !== undefined) {
    throw new AwsError(
      'ValidationError',
      `Error in expression '${id}': expressions are not supported by this endpoint.`,
    )
  }
  const stat = recordOf(query, 'MetricStat')
  if (stat === undefined)
    throw new AwsError('ValidationError', `Either MetricStat or Expression is required for ${id}.`)
  refuseOddStatistic(textOf(stat, 'Stat') ?? '')
  const period = numberOf(stat, 'Period') ?? 0
  if (period < 60 || period % 60 !== 0) {
    throw new AwsError('ValidationError', `The value ${period} for parameter Period must be a multiple of 60.`)
  }
}

function pointsFor(metric: Metric | undefined, stat: Members, span: Span): readonly Point[] {
  if (metric === undefined) return []
  const statistic = textOf(stat, 'Stat') ?? 'Average'
  const periods = pointsOf(metric, { ...span, periodSeconds: numberOf(stat, 'Period') ?? 300 })
  return [...periods].map(([atMs, data]) => ({ atMs, value: statisticOf(data, statistic) }))
}

/** Newest first unless asked otherwise, as in CloudWatch. */
function ordered(input: Members, points: readonly Point[]): readonly Point[] {
  return input.ScanBy === 'TimestampAscending' ? points : points.toReversed()
}

function refuseStatisticPoints({ startMs, endMs }: Span, periodSeconds: number): void {
  const points = Math.ceil((endMs - startMs) / 1000 / periodSeconds)
  if (points <= maxStatisticPoints) return
  throw new AwsError(
    'InvalidParameterCombination',
    `You have requested up to ${points} datapoints, which exceeds the limit of ${maxStatisticPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
  )
}

function statisticsOf(data: Parameters<typeof statisticOf>[0], input: Members): Members {
  const plain = (textsOf(input, 'Statistics') ?? []).map((name) => [name, statisticOf(data, name)])
  const extended = (textsOf(input, 'ExtendedStatistics') ?? []).map((name) => [name, statisticOf(data, name)])
  if (extended.length === 0) return Object.fromEntries(plain)
  return { ...Object.fromEntries(plain), ExtendedStatistics: Object.fromEntries(extended) }
}

function isListed(metric: Metric, input: Members): boolean {
  const [namespace, name] = [textOf(input, 'Namespace'), textOf(input, 'MetricName')]
  if (namespace !== undefined && metric.namespace !== namespace) return false
  if (name !== undefined && metric.name !== name) return false
  return recordsOf(input, 'Dimensions').every((wanted) => {
    const value = metric.dimensions[textOf(wanted, 'Name') ?? '']
    return value !== undefined && (textOf(wanted, 'Value') ?? value) === value
  })
}

function sameDimensions(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
