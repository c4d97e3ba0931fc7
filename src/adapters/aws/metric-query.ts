import type { Fact } from '../../core/model/fact.js'

/** One statistic of one CloudWatch metric. */
export interface MetricQuery {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  /** `Average`, `Maximum`, `Sum`, `p90`, … */
  readonly statistic: string
  /** How its values become the signal's unit. */
  readonly scaling: Scaling
}

/** As they are, sums of a period as rates, or seconds as milliseconds. */
export type Scaling = 'asIs' | 'perSecond' | 'milliseconds'

/** The function of a scaling for samples of that period. */
export function scaleOf(scaling: Scaling, periodSeconds: number): (value: number) => number {
  if (scaling === 'perSecond') return (sum) => sum / periodSeconds
  return scaling === 'milliseconds' ? (seconds) => seconds * 1000 : (value) => value
}

/**
 * The answers by query object, on the steps of the span that was asked for; every query has one. Nothing but gaps means
 * that there is no data, which is an answer.
 */
export type MetricAnswers = ReadonlyMap<MetricQuery, Fact<Float32Array>>

/**
 * The metric in words, for a sentence about it.
 * @example metricName({ namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: {}, statistic: 'Average', scaling: 'asIs' }) // 'AWS/EC2 CPUUtilization'
 */
export function metricName(query: MetricQuery): string {
  return `${query.namespace} ${query.metric}`
}
