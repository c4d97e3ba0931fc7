import { quantile } from 'simple-statistics'
import type { ResponseAtLoad } from '../model/back-test.js'
import { factValue } from '../model/fact.js'
import { timeOf, valueAt } from '../model/series.js'
import type { Signals } from '../model/signals.js'
import type { Percent } from '../model/units.js'

/** Recorded use this near to the one asked for, in points of CPU, counts as the same load. */
const nearPercent = 5
/** Fewer recorded steps than an hour's say nothing. */
const fewestSteps = 12

/**
 * The response time (P95 of the steps) that was recorded while CPU use was near `cpuPercent`: what to expect of a
 * configuration whose busiest steps are as busy. Undefined where that load was not recorded for an hour in all: no
 * response time is guessed beyond what was seen.
 */
export function responseAtLoad({ series, window }: Signals, cpuPercent: Percent): ResponseAtLoad | undefined {
  const cpu = factValue(series.cpuAverage)
  const response = factValue(series.responseTime)
  if (!cpu || !response) return undefined
  const seen: number[] = []
  let newest = 0
  for (let step = 0; step < window.steps; step++) {
    const use = valueAt(cpu, step)
    const milliseconds = valueAt(response, step)
    if (use === undefined || milliseconds === undefined || Math.abs(use - cpuPercent) > nearPercent) continue
    seen.push(milliseconds)
    newest = step
  }
  if (seen.length < fewestSteps) return undefined
  return { milliseconds: quantile(seen, 0.95), steps: seen.length, seenAt: timeOf(window, newest) }
}
