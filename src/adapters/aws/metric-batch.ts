import type { GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import { TrimtabError } from '../../core/model/errors.js'
import { type Fact, known, unread } from '../../core/model/fact.js'
import { gaps, putPoints, type SeriesSpan } from '../../core/model/series.js'
import { expected, listIn } from './answers.js'
import type { MetricDataAnswer, MetricResult } from './metric-answer.js'
import { type MetricAnswers, type MetricQuery, metricName, scaleOf } from './metric-query.js'
import { pagesOf } from './pages.js'

const call = 'cloudwatch:GetMetricData'

/** GetMetricData's limits (API reference): queries in a call, and data points in an answer. */
export const metricLimits = { queries: 500, points: 100_800 } as const

/** Sends one GetMetricData request page. */
export type SendMetricData = (input: GetMetricDataCommandInput) => Promise<MetricDataAnswer>

interface Received {
  readonly query: MetricQuery
  readonly samples: Float32Array
  /** Why the series is not whole; the last page decides. */
  fault: string | undefined
}

/** The fault of a query before anything has come. */
const notAnswered = 'nothing came'

/**
 * One request, all its pages. A series that is not whole at the end (PartialData, InternalError, Forbidden, or with a
 * message) is unknown with what AWS said. Throws where the request as a whole failed or carries a message: then no series of it can be trusted.
 */
export async function readMetricBatch(
  send: SendMetricData,
  queries: readonly MetricQuery[],
  span: SeriesSpan,
): Promise<MetricAnswers> {
  const received = queries.map((query) => ({
    query,
    samples: gaps(span.steps),
    fault: notAnswered as string | undefined,
  }))
  const request = requestFor(queries, span)
  const pages = pagesOf(
    call,
    (token) => send({ ...request, ...(token === undefined ? {} : { NextToken: token }) }),
    (page) => page.NextToken,
  )
  for await (const page of pages) {
    refuseGlobalMessage(page)
    for (const result of listIn(call, page, 'MetricDataResults')) receive(received, result, span)
  }
  return new Map(received.map((one) => [one.query, answerOf(one)]))
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

function indexOf(id: string): number {
  return Number(id.slice(1))
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

/** The points become samples at once: an answer of 100,800 points is let go before the next is read. */
function receive(received: readonly Received[], result: MetricResult, span: SeriesSpan): void {
  const one = received[indexOf(expected(call, 'Id', result.Id))]
  if (one === undefined) return
  const { points } = result
  putPoints(one.samples, span, points, scaleOf(one.query.scaling, span.periodSeconds))
  one.fault = faultOf(result, points.at.length === points.values.length)
}

/** PartialData while more pages come is how AWS pages: only what the last page says counts. */
function faultOf(result: MetricResult, paired: boolean): string | undefined {
  const [message] = result.Messages ?? []
  const status = result.StatusCode ?? 'Complete'
  if (!paired) return 'as many times as values were expected'
  if (status === 'Complete' && message === undefined) return undefined
  return [status === 'Complete' ? undefined : status, message?.Code, message?.Value].filter(Boolean).join(', ')
}

function answerOf({ query, samples, fault }: Received): Fact<Float32Array> {
  if (fault === undefined) return known(samples)
  if (fault === notAnswered) return unread(`${call} left ${metricName(query)} out of its answer`)
  return unread(`${call} gave ${metricName(query)} only in part (${fault})`)
}
