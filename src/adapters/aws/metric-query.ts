import type { Fact } from '../../core/model/fact.js'

/** One statistic of one CloudWatch metric. */
export interface MetricQuery {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  /** `Average`, `Maximum`, `Sum`, `p90`, … */
  readonly statistic: string
}

/** Points in order of time, as CloudWatch gave them. Empty means that there is no data, which is an answer. */
export type MetricPoints = readonly { readonly at: number; readonly value: number }[]

/** The answers by query object; every query asked for has one. */
export type MetricAnswers = ReadonlyMap<MetricQuery, Fact<MetricPoints>>

/**
 * The metric in words, for a sentence about it.
 * @example metricName({ namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: {}, statistic: 'Average' }) // 'AWS/EC2 CPUUtilization'
 */
export function metricName(query: MetricQuery): string {
  return `${query.namespace} ${query.metric}`
}
