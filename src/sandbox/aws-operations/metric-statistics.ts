import { AwsError } from '../aws/aws-error.js'
import type { Datum, Metric } from './metric-catalogue.js'

/** One point of an answer. */
export interface Point {
  readonly atMs: number
  readonly value: number
}

const plain = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const

/** Refuses statistics that CloudWatch does not have, and those it has but the sandbox does not. */
export function refuseOddStatistic(statistic: string): void {
  if (plain.some((name) => name === statistic) || percentOf(statistic) !== undefined) return
  throw new AwsError('ValidationError', `The value ${statistic} for parameter Stat is not supported.`)
}

function percentOf(statistic: string): number | undefined {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(statistic) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Points of [startMs, endMs) in order of time, each stamped with the start of its period (periods begin at multiples of
 * their length). Periods without data have no point.
 */
export function pointsOf(
  metric: Metric,
  {
    startMs,
    endMs,
    periodSeconds,
  }: { readonly startMs: number; readonly endMs: number; readonly periodSeconds: number },
): ReadonlyMap<number, readonly Datum[]> {
  const periodMs = periodSeconds * 1000
  const fromMs = Math.floor(startMs / periodMs) * periodMs
  const periods = new Map<number, Datum[]>()
  // Five-minute steps that begin before the first period may reach into it.
  const data = metric.read(fromMs - 240_000, endMs)
  for (const datum of metric.resolutionSeconds === 60 && periodMs < 300_000
    ? data.flatMap((one) => minutes(metric, one))
    : data) {
    const atMs = Math.floor(datum.atMs / periodMs) * periodMs
    if (atMs < fromMs || atMs >= endMs) continue
    const period = periods.get(atMs)
    if (period === undefined) periods.set(atMs, [datum])
    else period.push(datum)
  }
  return periods
}

/** The world keeps five-minute steps; their minutes are told alike. */
function minutes(metric: Metric, datum: Datum): readonly Datum[] {
  return [0, 1, 2, 3, 4].map((minute) => ({
    ...datum,
    atMs: datum.atMs + minute * 60_000,
    sum: datum.sum / 5,
    samples: metric.sumsUp ? Math.round(datum.samples / 5) : Math.max(1, datum.samples / 5),
  }))
}

/** One statistic of a period's data. */
export function statisticOf(data: readonly Datum[], statistic: string): number {
  const sum = data.reduce((total, datum) => total + datum.sum, 0)
  const samples = data.reduce((total, datum) => total + datum.samples, 0)
  const minimum = Math.min(...data.map((datum) => datum.minimum))
  const maximum = Math.max(...data.map((datum) => datum.maximum))
  if (statistic === 'Sum') return sum
  if (statistic === 'SampleCount') return samples
  if (statistic === 'Minimum') return minimum
  if (statistic === 'Maximum') return maximum
  const mean = sum / samples
  const percent = percentOf(statistic)
  if (percent === undefined) return mean
  const spread = data[0]?.logSpread
  if (spread === undefined) return percentile(minimum, mean, maximum, percent)
  return Math.min(maximum, mean * Math.exp(spread * normalQuantile(percent) - (spread * spread) / 2))
}

/** Between minimum, mean (taken for the median) and maximum, in straight lines. */
function percentile(minimum: number, mean: number, maximum: number, percent: number): number {
  if (percent <= 50) return minimum + ((mean - minimum) * percent) / 50
  return mean + ((maximum - mean) * (percent - 50)) / 50
}

const quantiles = [
  [0, -3.5],
  [1, -2.326],
  [10, -1.282],
  [25, -0.674],
  [50, 0],
  [75, 0.674],
  [90, 1.282],
  [95, 1.645],
  [99, 2.326],
  [99.9, 3.09],
  [100, 3.5],
] as const

function normalQuantile(percent: number): number {
  const after = quantiles.findIndex(([at]) => at >= percent)
  const [highAt, high] = quantiles[after] ?? [100, 3.5]
  const [lowAt, low] = quantiles[after - 1] ?? [highAt, high]
  return highAt === lowAt ? high : low + ((high - low) * (percent - lowAt)) / (highAt - lowAt)
}
