import type { Fact } from '../../core/model/fact.js'
import type { PointRun } from '../../core/model/series.js'

/** One statistic of one CloudWatch metric. */
export interface MetricQuery {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  /** `Average`, `Maximum`, `Sum`, `p90`, … */
  readonly statistic: string
}

/** The points of one query, page after page as CloudWatch gave them. Empty means that there is no data, which is an answer. */
export type MetricPoints = readonly PointRun[]

/** The answers by query object; every query asked for has one. */
export type MetricAnswers = ReadonlyMap<MetricQuery, Fact<MetricPoints>>

/**
 * The metric in words, for a sentence about it.
 * @example metricName({ namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: {}, statistic: 'Average' }) // 'AWS/EC2 CPUUtilization'
 */
export function metricName(query: MetricQuery): string {
  return `${query.namespace} ${query.metric}`
}
