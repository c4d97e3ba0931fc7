import pLimit from 'p-limit'
import { type FaultCode, TrimtabError } from '../../core/model/errors.js'
import { unread } from '../../core/model/fact.js'
import type { SeriesSpan } from '../../core/model/series.js'
import type { AwsClients } from './clients.js'
import { metricLimits, readMetricBatch, type SendMetricData } from './metric-batch.js'
import type { MetricAnswers, MetricQuery } from './metric-query.js'
import { SlowAnswer } from './slow-answer.js'

/** Faults that concern the whole account or line: asking again in smaller pieces would only ask the same again. */
const wholeCallFaults: readonly FaultCode[] = ['credentials', 'permission', 'throttled', 'unreachable']

/** With so many failures and no answer at all it is not one bad query: the endpoint cannot do it, and splitting ends. */
const HOPELESS_AFTER = 12

export interface MetricsOptions {
  readonly region: string
  readonly span: SeriesSpan
  /** Requests under way at once. */
  readonly concurrency: number
}

/**
 * The answers to all queries. `bundles` are queries that must share a request: the statistics of one metric, which AWS
 * then bills once. Requests hold as many bundles as the limits allow. A failed request is split in halves until the bad
 * query stands alone, so is one that took too long; what came in part is asked for once more.
 * Throws only when the very same account-wide fault (credentials, permission, throttling, network) met every request.
 */
export async function readMetrics(
  clients: AwsClients,
  bundles: readonly (readonly MetricQuery[])[],
  options: MetricsOptions,
): Promise<MetricAnswers> {
  const cloudWatch = await clients.cloudWatch(options.region)
  const limit = pLimit(options.concurrency)
  const reading: Reading = { send: cloudWatch.getMetricData, span: options.span, faults: [], wholes: 0, failures: 0 }
  const batches = packBundles(bundles, options.span.steps)
  const parts = await Promise.all(batches.map((batch) => limit(() => readSplitting(reading, batch))))
  const [fault] = reading.faults
  if (fault !== undefined && reading.wholes === 0) throw fault
  return new Map(parts.flatMap((part) => [...part]))
}

interface Reading {
  readonly send: SendMetricData
  readonly span: SeriesSpan
  /** Account-wide faults met. */
  readonly faults: TrimtabError[]
  /** Requests that were answered, and that failed for themselves. */
  wholes: number
  failures: number
}

/** Bundles in requests of at most 500 queries and 100,800 points; at least one bundle in each. */
export function packBundles(
  bundles: readonly (readonly MetricQuery[])[],
  steps: number,
): readonly (readonly (readonly MetricQuery[])[])[] {
  const most = Math.min(metricLimits.queries, Math.max(1, Math.floor(metricLimits.points / Math.max(1, steps))))
  const batches: (readonly MetricQuery[])[][] = []
  let held = most
  for (const bundle of bundles) {
    if (held + bundle.length > most) {
      batches.push([])
      held = 0
    }
    batches.at(-1)?.push(bundle)
    held += bundle.length
  }
  return batches
}

async function readSplitting(reading: Reading, bundles: readonly (readonly MetricQuery[])[]): Promise<MetricAnswers> {
  const queries = bundles.flat()
  try {
    const answers = await readMetricBatch(reading.send, queries, reading.span)
    reading.wholes += 1
    return await askAgain(reading, answers)
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error
    if (wholeCallFaults.includes(error.code) && !canAskForLess(error, queries)) {
      reading.faults.push(error)
      return allUnknown(queries, error.message)
    }
    reading.failures += 1
    const hopeless = reading.wholes === 0 && reading.failures >= HOPELESS_AFTER
    const halves = hopeless ? undefined : halvesOf(bundles)
    if (halves === undefined) return allUnknown(queries, error.message)
    const [first, second] = [await readSplitting(reading, halves[0]), await readSplitting(reading, halves[1])]
    return new Map([...first, ...second])
  }
}

/** A request that took too long may be too large for the endpoint; a single query that did is beyond it. */
function canAskForLess({ cause }: TrimtabError, queries: readonly MetricQuery[]): boolean {
  return cause instanceof SlowAnswer && queries.length > 1
}

/** The series that came in part, asked for once more; what then still is not whole stays unknown. */
async function askAgain(reading: Reading, answers: MetricAnswers): Promise<MetricAnswers> {
  const partial = [...answers].filter(([, answer]) => answer.kind === 'unknown').map(([query]) => query)
  if (partial.length === 0) return answers
  try {
    return new Map([...answers, ...(await readMetricBatch(reading.send, partial, reading.span))])
  } catch (error) {
    if (error instanceof TrimtabError) return answers
    throw error
  }
}

/** A bundle of several statistics is itself split last: one of them may be the one that is refused. */
function halvesOf(bundles: readonly (readonly MetricQuery[])[]) {
  const pieces = bundles.length > 1 ? bundles : bundles.flat().map((query) => [query])
  if (pieces.length < 2) return undefined
  const middle = Math.ceil(pieces.length / 2)
  return [pieces.slice(0, middle), pieces.slice(middle)] as const
}

function allUnknown(queries: readonly MetricQuery[], why: string): MetricAnswers {
  return new Map(queries.map((query) => [query, unread(why)]))
}
