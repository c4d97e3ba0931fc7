import type { GetMetricDataCommandOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { collectBody } from '@smithy/core/protocols'
import type { PointRun } from '../../core/model/series.js'

/** The points of one query. Some implementations give null where they cannot compute a statistic. */
export interface MetricResult extends Omit<MetricDataResult, 'Timestamps' | 'Values'> {
  readonly points: PointRun
}

/** GetMetricData's answer without an object for each point. */
export interface MetricDataAnswer extends Omit<GetMetricDataCommandOutput, 'MetricDataResults'> {
  readonly MetricDataResults?: readonly MetricResult[] | undefined
}

type Deserialize = AwsJson1_0Protocol['deserializeResponse']

/**
 * CloudWatch's JSON protocol, with one change: the points of GetMetricData stay the packed numbers that JSON.parse gives.
 * The SDK's own reader makes a Date of each time, which costs more than all the rest of a read (docs/performance.md).
 * Whatever is not the plain form (errors, pages, other times than numbers) goes to the SDK's reader.
 */
export class PackedMetricsProtocol extends AwsJson1_0Protocol {
  override async deserializeResponse(
    operation: Parameters<Deserialize>[0],
    context: Parameters<Deserialize>[1],
    response: Parameters<Deserialize>[2],
    // biome-ignore lint/suspicious/noExplicitAny: the SDK's own type is generic in each operation's output
  ): Promise<any> {
    if (operation.name !== 'GetMetricData' || response.statusCode >= 300) {
      return super.deserializeResponse(operation, context, response)
    }
    const body = await collectBody(response.body, context)
    const packed = packedAnswer(body)
    if (packed === undefined) return super.deserializeResponse(operation, context, { ...response, body })
    return { ...packed, $metadata: this.deserializeMetadata(response) }
  }
}

/** The answer of any protocol in the packed form. */
export function metricDataAnswer(output: GetMetricDataCommandOutput | MetricDataAnswer): MetricDataAnswer {
  const results: readonly (MetricResult | MetricDataResult)[] | undefined = output.MetricDataResults
  if (results === undefined) return { ...output, MetricDataResults: undefined }
  return { ...output, MetricDataResults: results.map((result) => ('points' in result ? result : packedResult(result))) }
}

function packedResult({ Timestamps, Values, ...rest }: MetricDataResult): MetricResult {
  const at = (Timestamps ?? []).map((time) => time.getTime())
  return { ...rest, points: { at, unitMs: 1, values: Values ?? [] } }
}

interface JsonResult extends Omit<MetricDataResult, 'Timestamps' | 'Values'> {
  readonly Timestamps?: unknown
  readonly Values?: unknown
}

/** Undefined where the body is anything but an answer with times in seconds. */
function packedAnswer(body: Uint8Array): Omit<MetricDataAnswer, '$metadata'> | undefined {
  const answer = parsed(body)
  const results = answer?.MetricDataResults
  if (!Array.isArray(results)) return undefined
  const packed: MetricResult[] = []
  for (const { Timestamps = [], Values = [], ...rest } of results as readonly JsonResult[]) {
    if (!Array.isArray(Timestamps) || !Array.isArray(Values)) return undefined
    // One look tells the form: nobody writes some of its times in another.
    if (Timestamps.length > 0 && typeof Timestamps[0] !== 'number') return undefined
    packed.push({ ...rest, points: { at: Timestamps, unitMs: 1000, values: Values } })
  }
  return { ...answer, MetricDataResults: packed }
}

function parsed(body: Uint8Array): { readonly MetricDataResults?: unknown } | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
    return typeof answer === 'object' && answer !== null ? answer : undefined
  } catch {
    return undefined
  }
}
