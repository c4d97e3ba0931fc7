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

/** A UTC day as far as a window touches it. */
export interface DayOfWindow {
  /** `2026-11-23` */
  readonly day: string
  /** The window's first step in it, and where that lies in the day. */
  readonly step: number
  readonly offset: number
  /** Steps of the window in it. */
  readonly steps: number
}

/** The UTC days that the window touches, oldest first. */
export function daysOf(window: SeriesSpan): readonly DayOfWindow[] {
  const startMs = Date.parse(window.startAt)
  const periodMs = window.periodSeconds * 1000
  const days: DayOfWindow[] = []
  for (let step = 0; step < window.steps; ) {
    const ms = startMs + step * periodMs
    const offset = (ms % dayMs) / periodMs
    const steps = Math.min(stepsInDay(window) - offset, window.steps - step)
    days.push({ day: new Date(ms).toISOString().slice(0, 10), step, offset, steps })
    step += steps
  }
  return days
}
