import { isRecord } from './read-json-input.js'

/** The ids of a GetMetricData input's queries that `wanted` chooses (see FaultRule); without it, of the first one. */
export function matchingQueryIds(
  input: Readonly<Record<string, unknown>>,
  wanted: string | undefined,
): readonly string[] {
  const queries = Array.isArray(input.MetricDataQueries) ? input.MetricDataQueries.filter(isRecord) : []
  const chosen = wanted === undefined ? queries.slice(0, 1) : queries.filter((query) => isChosen(query, wanted))
  return chosen.map((query) => String(query.Id))
}

function isChosen(query: Readonly<Record<string, unknown>>, wanted: string): boolean {
  const stat = isRecord(query.MetricStat) ? query.MetricStat : {}
  const metric = isRecord(stat.Metric) ? stat.Metric : {}
  const dimensions = Array.isArray(metric.Dimensions) ? metric.Dimensions.filter(isRecord) : []
  const names = [query.Id, metric.MetricName, metric.Namespace, ...dimensions.map((dimension) => dimension.Value)]
  return names.includes(wanted) || String(query.Expression ?? '').includes(wanted)
}

/** GetMetricData's output with the results of the given ids made incomplete, as AWS does when it could not read all. */
export function withPartialResults(
  output: unknown,
  ids: readonly string[],
  statusCode: 'PartialData' | 'InternalError',
): unknown {
  if (!isRecord(output) || !Array.isArray(output.MetricDataResults)) return output
  const results = output.MetricDataResults.map((result: unknown) =>
    isRecord(result) && ids.includes(String(result.Id)) ? partial(result, statusCode) : result,
  )
  return { ...output, MetricDataResults: results }
}

function partial(result: Readonly<Record<string, unknown>>, statusCode: 'PartialData' | 'InternalError'): unknown {
  const half = (points: unknown): readonly unknown[] => {
    if (!Array.isArray(points) || statusCode === 'InternalError') return []
    return points.slice(0, Math.floor(points.length / 2))
  }
  const text = statusCode === 'PartialData' ? 'not all points could be read' : 'the metric could not be read'
  return {
    ...result,
    StatusCode: statusCode,
    Timestamps: half(result.Timestamps),
    Values: half(result.Values),
    Messages: [{ Code: statusCode, Value: text }],
  }
}
