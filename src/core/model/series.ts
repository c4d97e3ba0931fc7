import type { IsoTime, Percent } from './units.js'

export type SeriesUnit = 'percent' | 'count' | 'bytesPerSecond' | 'requestsPerSecond' | 'milliseconds' | 'credits'

/**
 * Regular samples of one metric. Step i covers [startAt + i × periodSeconds, + periodSeconds).
 * A gap is no data, never zero. `samples` is packed for size and speed, and a gap is stored in it as NaN: only the
 * functions of this file (and a replay's inner loop, through `isGap`) may know that.
 */
export interface Series {
  readonly startAt: IsoTime
  readonly periodSeconds: number
  readonly unit: SeriesUnit
  readonly samples: Float32Array
}

export interface SeriesSpan {
  readonly startAt: IsoTime
  readonly periodSeconds: number
  readonly steps: number
}

/** A series of `span.steps` steps from sparse points; times are floored to the period, the last point of a step wins. */
export function seriesOf(
  span: SeriesSpan,
  unit: SeriesUnit,
  points: Iterable<{ readonly at: number; readonly value: number }>,
): Series {
  const samples = gaps(span.steps)
  const start = Date.parse(span.startAt)
  for (const { at, value } of points) {
    const step = Math.floor((at - start) / (span.periodSeconds * 1000))
    if (step >= 0 && step < span.steps && Number.isFinite(value)) samples[step] = value
  }
  return { startAt: span.startAt, periodSeconds: span.periodSeconds, unit, samples }
}

/** Points as they come from a metric store: `at[i]`, in `unitMs` since 1970, is the time of `values[i]`. */
export interface PointRun {
  readonly at: ArrayLike<unknown>
  readonly unitMs: number
  readonly values: ArrayLike<unknown>
}

/**
 * Puts points into the samples of a span, each value through `scale`. Times are floored to the period, the last point of a
 * step wins; what has no number as its time or value is left out.
 */
export function putPoints(
  samples: Float32Array,
  span: SeriesSpan,
  { at, unitMs, values }: PointRun,
  scale: (value: number) => number,
): void {
  const start = Date.parse(span.startAt)
  const periodMs = span.periodSeconds * 1000
  for (let index = 0; index < at.length; index += 1) {
    const [time, value] = [at[index], values[index]]
    if (typeof time !== 'number' || typeof value !== 'number' || !Number.isFinite(value)) continue
    const step = Math.floor((time * unitMs - start) / periodMs)
    if (step >= 0 && step < samples.length) samples[step] = scale(value)
  }
}

/** Samples of nothing but gaps. */
export function gaps(steps: number): Float32Array {
  return new Float32Array(steps).fill(Number.NaN)
}

/** Puts each sample of `other` into `samples`, through `join` where both have one; a gap changes nothing. */
export function joinSamples(
  samples: Float32Array,
  other: Float32Array,
  join: (one: number, another: number) => number,
): void {
  for (const [step, sample] of other.entries()) {
    if (isGap(sample)) continue
    const own = samples[step] as number
    samples[step] = isGap(own) ? sample : join(own, sample)
  }
}

export function isGap(sample: number): boolean {
  return Number.isNaN(sample)
}

/** The value of step i; undefined for a gap or a step outside the series. */
export function valueAt(series: Series, step: number): number | undefined {
  const sample = series.samples[step]
  return sample === undefined || isGap(sample) ? undefined : sample
}

/** The start of step i. */
export function timeOf(series: SeriesSpan | Series, step: number): IsoTime {
  return new Date(Date.parse(series.startAt) + step * series.periodSeconds * 1000).toISOString()
}

/** The known values in order of time, gaps left out. */
export function knownValues(series: Series): number[] {
  const values: number[] = []
  for (const sample of series.samples) if (!isGap(sample)) values.push(sample)
  return values
}

/** Share of steps that have a value. An empty series covers 0 %. */
export function coverageOf(series: Series): Percent {
  if (series.samples.length === 0) return 0
  let known = 0
  for (const sample of series.samples) if (!isGap(sample)) known += 1
  return (known / series.samples.length) * 100
}
