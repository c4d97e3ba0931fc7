import type { GetMetricDataCommandOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { collectBody } from '@smithy/core/protocols'

/** The points of one query, `at[i]` in milliseconds since 1970 being the time of `values[i]`. */
export interface MetricResult extends Omit<MetricDataResult, 'Timestamps' | 'Values'> {
  readonly at: ArrayLike<number>
  /** Some implementations give null where they cannot compute a statistic. */
  readonly values: ArrayLike<number | null>
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
  return { ...output, MetricDataResults: results.map((result) => ('at' in result ? result : packedResult(result))) }
}

function packedResult({ Timestamps, Values, ...rest }: MetricDataResult): MetricResult {
  return { ...rest, at: (Timestamps ?? []).map((time) => time.getTime()), values: Values ?? [] }
}

interface JsonResult extends Omit<MetricDataResult, 'Timestamps' | 'Values'> {
  readonly Timestamps?: unknown
  readonly Values?: unknown
}

/** Undefined where the body is anything but an answer with times in seconds and values in numbers. */
function packedAnswer(body: Uint8Array): Omit<MetricDataAnswer, '$metadata'> | undefined {
  const answer = parsed(body)
  const results = answer?.MetricDataResults
  if (!Array.isArray(results)) return undefined
  const packed: MetricResult[] = []
  for (const { Timestamps = [], Values = [], ...rest } of results as readonly JsonResult[]) {
    const at = millisecondsOf(Timestamps)
    if (at === undefined || !areNumbersOrNull(Values)) return undefined
    packed.push({ ...rest, at, values: Values })
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

/** Seconds since 1970 made milliseconds where they stand; undefined where one is no number. */
function millisecondsOf(list: unknown): readonly number[] | undefined {
  if (!Array.isArray(list)) return undefined
  for (let index = 0; index < list.length; index += 1) {
    if (typeof list[index] !== 'number') return undefined
    list[index] *= 1000
  }
  return list
}

function areNumbersOrNull(list: unknown): list is readonly (number | null)[] {
  if (!Array.isArray(list)) return false
  for (const item of list) if (typeof item !== 'number' && item !== null) return false
  return true
}
