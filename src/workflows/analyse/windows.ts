import type { SeriesSpan } from '../../core/model/series.js'
import { hourMs } from '../../core/model/units.js'

const stepSeconds = 300

/** The last `days` whole days up to the last complete step. */
export function windowUntil(now: Date, days: number): SeriesSpan {
  return lastHours(now, days * 24)
}

/** The last `hours` whole hours up to the last complete step. */
export function lastHours(now: Date, hours: number): SeriesSpan {
  const end = Math.floor(now.getTime() / (stepSeconds * 1000)) * stepSeconds * 1000
  const steps = (hours * hourMs) / (stepSeconds * 1000)
  return { startAt: new Date(end - hours * hourMs).toISOString(), periodSeconds: stepSeconds, steps }
}
