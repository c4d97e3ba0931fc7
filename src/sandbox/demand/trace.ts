import type { DemandAt } from './generate-demand.js'
import { percentileOf } from './measure-series.js'

/** A recorded demand on a regular grid. `values` holds NaN where the recording has a gap. */
export interface Trace {
  readonly id: string
  readonly file: string
  readonly periodSeconds: number
  readonly startMs: number
  readonly values: Float64Array
}

const dayMs = 86_400_000

/**
 * A recording as a demand without end: its last whole weeks (whole days, or all of it where it is shorter) are repeated
 * in both directions, so that the hour of the week, or of the day, stays what it was. Coarse samples are held until the
 * next one. The level is such that P99 of what is repeated is `p99`; gaps stay gaps.
 */
export function demandOfTrace(trace: Trace, p99: number): DemandAt {
  const periodMs = trace.periodSeconds * 1000
  const lengthMs = trace.values.length * periodMs
  const unitMs = [7 * dayMs, dayMs, periodMs].find((unit) => unit <= lengthMs && unit % periodMs === 0) ?? periodMs
  const steps = (Math.floor(lengthMs / unitMs) * unitMs) / periodMs
  const values = trace.values.slice(trace.values.length - steps)
  const startMs = trace.startMs + (trace.values.length - steps) * periodMs
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  const top = percentileOf(known, 99)
  // A recording that is idle 99 % of the time has no P99 to go by: its largest value takes the place.
  const reference = top > 0 ? top : percentileOf(known, 100)
  const factor = reference > 0 ? p99 / reference : 0
  return (atMs) => {
    const step = Math.floor((atMs - startMs) / periodMs)
    return (values[((step % steps) + steps) % steps] ?? Number.NaN) * factor
  }
}
