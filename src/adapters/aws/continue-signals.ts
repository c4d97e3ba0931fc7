import { type Fact, known } from '../../core/model/fact.js'
import type { Series, SeriesSpan } from '../../core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../core/model/signals.js'

/** Steps of `window` that `kept` holds from its start on; 0 where it does not hold the start, or on another grid. */
export function overlapOf(kept: SeriesSpan, window: SeriesSpan): number {
  if (kept.periodSeconds !== window.periodSeconds) return 0
  const skipped = stepsBetween(kept, window)
  if (!Number.isInteger(skipped) || skipped < 0) return 0
  return Math.max(0, Math.min(kept.steps - skipped, window.steps))
}

/**
 * The kept signals over `window`, with the newer ones over its end. Undefined where a series was known on one side only:
 * then nobody can say what its other part is.
 */
export function continuedBy(kept: Signals, newer: Signals, window: SeriesSpan): Signals | undefined {
  const names = Object.keys(signalUnits) as readonly SignalName[]
  const series: Partial<Record<SignalName, Fact<Series>>> = {}
  for (const name of names) {
    const [before, after] = [kept.series[name], newer.series[name]]
    if (before.kind !== after.kind) return undefined
    series[name] =
      before.kind === 'known' && after.kind === 'known' ? known(joined(before.value, after.value, window)) : after
  }
  return { group: newer.group, window, series: series as Signals['series'] }
}

function joined(before: Series, after: Series, window: SeriesSpan): Series {
  const samples = new Float32Array(window.steps)
  const skipped = stepsBetween(before, window)
  const fresh = stepsBetween(window, after)
  samples.set(before.samples.subarray(skipped, skipped + fresh))
  samples.set(after.samples, fresh)
  return { ...after, startAt: window.startAt, samples }
}

function stepsBetween(
  earlier: { readonly startAt: string; readonly periodSeconds: number },
  later: { readonly startAt: string },
): number {
  return (Date.parse(later.startAt) - Date.parse(earlier.startAt)) / (earlier.periodSeconds * 1000)
}
