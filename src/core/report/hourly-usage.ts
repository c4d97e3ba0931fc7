import { isGap, type Series } from '../model/series.js'
import type { Signals } from '../model/signals.js'
import { hourMs } from '../model/units.js'
import type { HourlyUsage, HourlyValues } from './report.js'

/** A window small enough to draw: by the hour, gaps kept. */
export function hourlyUsage({ window, series }: Pick<Signals, 'window' | 'series'>): HourlyUsage {
  const stepsPerHour = Math.max(1, Math.round(hourMs / (window.periodSeconds * 1000)))
  const hours = Math.ceil(window.steps / stepsPerHour)
  const hourly = (name: 'cpuAverage' | 'cpuMaximum' | 'memory' | 'inService', merge: (values: number[]) => number) => {
    const fact = series[name]
    return fact.kind === 'known' ? merged(fact.value, stepsPerHour, hours, merge) : new Array(hours).fill(undefined)
  }
  return {
    startAt: window.startAt,
    hours,
    cpu: hourly('cpuAverage', meanOf),
    cpuHighest: hourly('cpuMaximum', (values) => Math.max(...values)),
    memory: hourly('memory', meanOf),
    inService: hourly('inService', meanOf),
  }
}

function merged(
  { samples }: Series,
  stepsPerHour: number,
  hours: number,
  merge: (values: number[]) => number,
): HourlyValues {
  return Array.from({ length: hours }, (_, hour) => {
    const known = Array.from(samples.subarray(hour * stepsPerHour, (hour + 1) * stepsPerHour)).filter(
      (value) => !isGap(value),
    )
    return known.length === 0 ? undefined : merge(known)
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
