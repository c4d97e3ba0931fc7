import { quantile } from 'simple-statistics'
import type { UsageSummary } from '../model/scorecard.js'
import { knownValues, type Series, timeOf, valueAt } from '../model/series.js'
import type { SignalName } from '../model/signals.js'

/** Mean, high percentiles (nearest rank), maximum and its time, and coverage; undefined for a series without a value. */
export function usageOf(metric: SignalName, series: Series): UsageSummary | undefined {
  const values = knownValues(series)
  if (values.length === 0) return undefined
  const peak = peakOf(series)
  const [p95, p995] = quantile(values, [0.95, 0.995]) as [number, number]
  return {
    metric,
    mean: peak.sum / values.length,
    p95,
    p995,
    max: peak.max,
    maxAt: timeOf(series, peak.step),
    coveragePercent: (values.length / series.samples.length) * 100,
  }
}

function peakOf(series: Series): { readonly sum: number; readonly max: number; readonly step: number } {
  let sum = 0
  let max = Number.NEGATIVE_INFINITY
  let step = -1
  for (let at = 0; at < series.samples.length; at += 1) {
    const value = valueAt(series, at)
    if (value === undefined) continue
    sum += value
    if (value > max) {
      max = value
      step = at
    }
  }
  return { sum, max, step }
}
