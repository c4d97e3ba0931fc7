import type { Operations } from '../aws/operation.js'
import { dimensionsOf } from './custom-metrics.js'
import { type Members, recordOf, recordsOf, textOf } from './read-members.js'

/** What GetMetricData was asked for and gave so far. */
export interface MetricCounts {
  /** As AWS bills: up to five statistics of one metric in one request are one. */
  readonly requested: number
  readonly points: number
}

const statisticsInOne = 5
const name = 'cloudwatch:GetMetricData'

/** The operations, with what passes through GetMetricData counted. */
export function countMetrics(operations: Operations): {
  readonly operations: Operations
  readonly counts: () => MetricCounts
} {
  const answer = operations[name]
  let [requested, points] = [0, 0]
  if (!answer) return { operations, counts: () => ({ requested, points }) }
  const counting: Operations = {
    [name]: async (input, caller) => {
      requested += billedMetrics(input)
      const output: unknown = await answer(input, caller)
      points += recordsOf(output as Members, 'MetricDataResults').reduce((sum, { Values }) => sum + lengthOf(Values), 0)
      return output
    },
  }
  return { operations: { ...operations, ...counting }, counts: () => ({ requested, points }) }
}

function billedMetrics(input: Members): number {
  const statistics = new Map<string, number>()
  for (const query of recordsOf(input, 'MetricDataQueries')) {
    const metric = recordOf(recordOf(query, 'MetricStat') ?? {}, 'Metric') ?? {}
    const key = JSON.stringify([textOf(metric, 'Namespace'), textOf(metric, 'MetricName'), dimensionsOf(metric)])
    statistics.set(key, (statistics.get(key) ?? 0) + 1)
  }
  return [...statistics.values()].reduce((sum, count) => sum + Math.ceil(count / statisticsInOne), 0)
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}
