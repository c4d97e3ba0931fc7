import { isGap, type Series } from '../model/series.js'
import type { SignalName, Signals } from '../model/signals.js'
import { hourMs, type Percent } from '../model/units.js'

export const hoursPerWeek = 168

/** 1970-01-05 was the first Monday of the epoch. */
const firstMondayMs = 4 * 24 * hourMs

/** CPU above which a step counts as a breach, as on the scorecard (DESIGN.md section 5). */
export const breachCpuPercent: Percent = 90

/** What a group did in one hour of the week: means over every week of the window. Undefined: not measured. */
export interface HourOfWeek {
  readonly instances: number | undefined
  /** Requests a second of the whole group. */
  readonly requests: number | undefined
  /** CPU in vCPUs in use, or in instances in use where the type is unknown. */
  readonly cpuWork: number | undefined
  readonly responseMs: number | undefined
  /** Share of the measured steps with CPU over 90 % or response time over its target. */
  readonly breachShare: number | undefined
}

/** A side of the comparison: series, the instance type's vCPUs where known, and the response time target. */
export interface HourOfWeekInput {
  readonly signals: Signals
  readonly vcpus: number
  readonly responseTimeTargetMs: number
}

/** The 168 hours of the week from Monday 00:00 UTC. */
export function hoursOfWeek({ signals, vcpus, responseTimeTargetMs }: HourOfWeekInput): readonly HourOfWeek[] {
  const cpu = readerOf(signals, 'cpuAverage')
  const inService = readerOf(signals, 'inService')
  const response = readerOf(signals, 'responseTime')
  const work = (step: number) => {
    const use = cpu(step)
    const instances = inService(step)
    return use === undefined || instances === undefined ? undefined : (use / 100) * instances * vcpus
  }
  const breached = (step: number) => {
    const use = cpu(step)
    if (use === undefined) return undefined
    const ms = response(step)
    return use > breachCpuPercent || (ms !== undefined && ms > responseTimeTargetMs) ? 1 : 0
  }
  const instances = meansOf(signals, inService)
  const requests = meansOf(signals, readerOf(signals, 'requests'))
  const cpuWork = meansOf(signals, work)
  const responseMs = meansOf(signals, response)
  const breachShare = meansOf(signals, breached)
  return Array.from({ length: hoursPerWeek }, (_, hour) => ({
    instances: instances[hour],
    requests: requests[hour],
    cpuWork: cpuWork[hour],
    responseMs: responseMs[hour],
    breachShare: breachShare[hour],
  }))
}

function meansOf(signals: Signals, read: (step: number) => number | undefined): readonly (number | undefined)[] {
  const sums = new Array<number>(hoursPerWeek).fill(0)
  const counts = new Array<number>(hoursPerWeek).fill(0)
  const start = Date.parse(signals.window.startAt) - firstMondayMs
  for (let step = 0; step < signals.window.steps; step += 1) {
    const value = read(step)
    if (value === undefined) continue
    const hour = Math.floor((start + step * signals.window.periodSeconds * 1000) / hourMs) % hoursPerWeek
    sums[hour] = (sums[hour] as number) + value
    counts[hour] = (counts[hour] as number) + 1
  }
  return sums.map((sum, hour) => (counts[hour] === 0 ? undefined : sum / (counts[hour] as number)))
}

function readerOf(signals: Signals, name: SignalName): (step: number) => number | undefined {
  const fact = signals.series[name]
  return fact.kind === 'known' ? readSeries(fact.value) : () => undefined
}

function readSeries({ samples }: Series): (step: number) => number | undefined {
  return (step) => {
    const sample = samples[step]
    return sample === undefined || isGap(sample) ? undefined : sample
  }
}
