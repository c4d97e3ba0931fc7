import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'

/** Statistics of one metric in one request that AWS bills as one metric. */
const statisticsInOne = 5

/** The metrics that a GetMetricData request is billed for: average and maximum of one metric are one. */
export function billedMetrics(queries: readonly MetricDataQuery[]): number {
  const statistics = new Map<string, number>()
  for (const { MetricStat } of queries) {
    const key = JSON.stringify(MetricStat?.Metric)
    statistics.set(key, (statistics.get(key) ?? 0) + 1)
  }
  return [...statistics.values()].reduce((sum, count) => sum + Math.ceil(count / statisticsInOne), 0)
}
