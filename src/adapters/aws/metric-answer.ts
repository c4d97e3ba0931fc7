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
  const { text, repeated } = withoutRepeatedTimes(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  const answer = parsed(text)
  const results = answer?.MetricDataResults
  if (!Array.isArray(results)) return undefined
  const packed: MetricResult[] = []
  let times: unknown = []
  for (const { Timestamps = [], Values = [], ...rest } of results as readonly JsonResult[]) {
    if (!(repeated && Timestamps === sameTimes)) times = Timestamps
    if (!Array.isArray(times) || !Array.isArray(Values)) return undefined
    // One look tells the form: nobody writes some of its times in another.
    if (times.length > 0 && typeof times[0] !== 'number') return undefined
    packed.push({ ...rest, points: { at: times, unitMs: 1000, values: Values } })
  }
  return { ...answer, MetricDataResults: packed }
}

const timesKey = '"Timestamps":'
/** Stands for the times of the series before it. */
const sameTimes = 0

/**
 * The text without lists of times that are, byte for byte, those of the series before them: half of an answer, and most
 * series have a point at every step. The key cannot stand inside a JSON string, where its quotes would be escaped.
 */
function withoutRepeatedTimes(body: Buffer): { readonly text: string; readonly repeated: boolean } {
  const parts: string[] = []
  let kept = 0
  let last: Buffer | undefined
  for (let at = body.indexOf(`${timesKey}[`); at >= 0; at = body.indexOf(`${timesKey}[`, at)) {
    const start = at + timesKey.length
    const end = body.indexOf(']', start) + 1
    if (end === 0) break
    const list = body.subarray(start, end)
    if (last !== undefined && list.equals(last)) {
      parts.push(body.toString('utf8', kept, start), String(sameTimes))
      kept = end
    } else last = list
    at = end
  }
  return { text: parts.join('') + body.toString('utf8', kept), repeated: parts.length > 0 }
}

function parsed(text: string): { readonly MetricDataResults?: unknown } | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? answer : undefined
  } catch {
    return undefined
  }
}
