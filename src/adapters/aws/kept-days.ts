import type { SeriesSpan } from '../../core/model/series.js'
import { dayMs, hourMs } from '../../core/model/units.js'

/** CloudWatch completes points late, and gaps may still fill: what is younger is asked for again and never kept. */
const settledMs = 3 * hourMs

/** Steps at the end of a window that are not settled. */
export function settledSteps({ periodSeconds }: SeriesSpan): number {
  return settledMs / (periodSeconds * 1000)
}

/** Steps in a UTC day. */
export function stepsInDay({ periodSeconds }: SeriesSpan): number {
  return dayMs / (periodSeconds * 1000)
}

/** The UTC days that the window touches, oldest first. */
export function daysOf(window: SeriesSpan): readonly string[] {
  const days: string[] = []
  for (let step = 0; step < window.steps; step += stepsInDay(window) - offsetInDay(window, step))
    days.push(dayOfStep(window, step))
  return days
}

/** The UTC day of a step, `2026-11-23`. */
export function dayOfStep(window: SeriesSpan, step: number): string {
  return new Date(timeOf(window, step)).toISOString().slice(0, 10)
}

/** Where the step lies in its UTC day, in steps. */
export function offsetInDay(window: SeriesSpan, step: number): number {
  return (timeOf(window, step) % dayMs) / (window.periodSeconds * 1000)
}

function timeOf({ startAt, periodSeconds }: SeriesSpan, step: number): number {
  return Date.parse(startAt) + step * periodSeconds * 1000
}
