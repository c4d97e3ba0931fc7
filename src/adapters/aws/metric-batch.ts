import type { GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import { TrimtabError } from '../../core/model/errors.js'
import { type Fact, known, unread } from '../../core/model/fact.js'
import type { PointRun, SeriesSpan } from '../../core/model/series.js'
import { expected, listIn } from './answers.js'
import type { MetricDataAnswer, MetricResult } from './metric-answer.js'
import { type MetricAnswers, type MetricPoints, type MetricQuery, metricName } from './metric-query.js'
import { pagesOf } from './pages.js'

const call = 'cloudwatch:GetMetricData'

/** GetMetricData's limits (API reference): queries in a call, and data points in an answer. */
export const metricLimits = { queries: 500, points: 100_800 } as const

/** Sends one GetMetricData request page. */
export type SendMetricData = (input: GetMetricDataCommandInput) => Promise<MetricDataAnswer>

interface Received {
  readonly runs: PointRun[]
  /** Why the series is not whole; the last page decides. */
  fault: string | undefined
}

/**
 * One request, all its pages. A series that is not whole at the end (PartialData, InternalError, Forbidden, or with a
 * message) is unknown with what AWS said. Throws where the request as a whole failed or carries a message: then no series of it can be trusted.
 */
export async function readMetricBatch(
  send: SendMetricData,
  queries: readonly MetricQuery[],
  span: SeriesSpan,
): Promise<MetricAnswers> {
  const received = new Map<string, Received>()
  const request = requestFor(queries, span)
  const pages = pagesOf(
    call,
    (token) => send({ ...request, ...(token === undefined ? {} : { NextToken: token }) }),
    (page) => page.NextToken,
  )
  for await (const page of pages) {
    refuseGlobalMessage(page)
    for (const result of listIn(call, page, 'MetricDataResults')) receive(received, result)
  }
  return new Map(queries.map((query, index) => [query, answerOf(query, received.get(idOf(index)))]))
}

function requestFor(queries: readonly MetricQuery[], span: SeriesSpan): GetMetricDataCommandInput {
  const start = Date.parse(span.startAt)
  return {
    StartTime: new Date(start),
    EndTime: new Date(start + span.steps * span.periodSeconds * 1000),
    ScanBy: 'TimestampAscending',
    MaxDatapoints: metricLimits.points,
    MetricDataQueries: queries.map((query, index) => ({
      Id: idOf(index),
      MetricStat: {
        Metric: {
          Namespace: query.namespace,
          MetricName: query.metric,
          Dimensions: Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: span.periodSeconds,
        Stat: query.statistic,
      },
    })),
  }
}

function idOf(index: number): string {
  return `q${index}`
}

function refuseGlobalMessage(page: MetricDataAnswer): void {
  const [message] = page.Messages ?? []
  if (message === undefined) return
  throw new TrimtabError(
    'internal',
    `${call} answered only in part: ${message.Code ?? ''} ${message.Value ?? ''}`.trim(),
    {
      call,
      remedy: 'retry',
    },
  )
}

function receive(received: Map<string, Received>, result: MetricResult): void {
  const id = expected(call, 'Id', result.Id)
  const series = received.get(id) ?? { runs: [], fault: undefined }
  received.set(id, series)
  series.runs.push({ at: result.at, values: result.values })
  series.fault = faultOf(result, result.at.length === result.values.length)
}

/** PartialData while more pages come is how AWS pages: only what the last page says counts. */
function faultOf(result: MetricResult, paired: boolean): string | undefined {
  const [message] = result.Messages ?? []
  const status = result.StatusCode ?? 'Complete'
  if (!paired) return 'as many times as values were expected'
  if (status === 'Complete' && message === undefined) return undefined
  return [status === 'Complete' ? undefined : status, message?.Code, message?.Value].filter(Boolean).join(', ')
}

function answerOf(query: MetricQuery, received: Received | undefined): Fact<MetricPoints> {
  if (received === undefined) return unread(`${call} left ${metricName(query)} out of its answer`)
  if (received.fault !== undefined) return unread(`${call} gave ${metricName(query)} only in part (${received.fault})`)
  return known(received.runs)
}
