/** How a series moves, whatever its level: the figures by which a generated series is held against a real one. */
export interface SeriesMeasures {
  /** Standard deviation ÷ mean. */
  readonly cv: number
  /** Correlation of the hourly means with themselves a day, a week later. */
  readonly acfDay: number
  readonly acfWeek: number
  readonly p50ToMean: number
  readonly p95ToMean: number
  readonly p995ToMean: number
  readonly peakToMedian: number
}

/** Measures of values on a regular grid; NaN is a gap and takes no part. Undefined correlations are NaN. */
export function measureSeries(values: ArrayLike<number>, periodSeconds: number): SeriesMeasures {
  const all = Array.from(values)
  const sorted = all.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length
  const hourly = hourlyMeans(all, periodSeconds)
  return {
    cv: Math.sqrt(variance) / mean,
    acfDay: autocorrelation(hourly, mean, 24),
    acfWeek: autocorrelation(hourly, mean, 168),
    p50ToMean: percentileOf(sorted, 50) / mean,
    p95ToMean: percentileOf(sorted, 95) / mean,
    p995ToMean: percentileOf(sorted, 99.5) / mean,
    peakToMedian: percentileOf(sorted, 100) / percentileOf(sorted, 50),
  }
}

/** Means of the hours; NaN where an hour holds no value. Series coarser than an hour are left as they are. */
export function hourlyMeans(values: ArrayLike<number>, periodSeconds: number): readonly number[] {
  const perHour = Math.max(1, Math.round(3600 / periodSeconds))
  const all = Array.from(values)
  return Array.from({ length: Math.floor(all.length / perHour) }, (_, hour) => {
    const known = all.slice(hour * perHour, (hour + 1) * perHour).filter((value) => !Number.isNaN(value))
    return known.reduce((sum, value) => sum + value, 0) / known.length
  })
}

/** Pairs with a gap on either side take no part. */
function autocorrelation(values: readonly number[], mean: number, lag: number): number {
  let products = 0
  let left = 0
  let right = 0
  for (let index = lag; index < values.length; index += 1) {
    const a = (values[index - lag] ?? Number.NaN) - mean
    const b = (values[index] ?? Number.NaN) - mean
    if (Number.isNaN(a) || Number.isNaN(b)) continue
    products += a * b
    left += a * a
    right += b * b
  }
  return products / Math.sqrt(left * right)
}

/** The value below which `percent` of the sorted values lie, interpolated between neighbours; NaN when there are none. */
export function percentileOf(sorted: ArrayLike<number>, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}
