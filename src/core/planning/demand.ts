import type { Fact } from '../model/fact.js'
import { type Group, inServiceCount } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import type { InstanceType } from '../model/instance-type.js'
import { isGap, type Series, type SeriesSpan } from '../model/series.js'
import type { Signals } from '../model/signals.js'
import { type MemoryModel, memoryModelOf } from './memory-model.js'

/** At this CPU and above the machines may have wanted more than they could use: the demand is only a lower bound. */
export const censoredCpuPercent = 95

/**
 * What the work needed at each step, whatever hardware ran it. Arrays have one entry a step; NaN is a gap. A resource
 * that was not measured is absent.
 */
export interface Demand {
  readonly span: SeriesSpan
  readonly vcpus: Float64Array
  /** From the highest sample of each step; sizes groups that have no scaling policy. */
  readonly peakVcpus?: Float64Array
  readonly memory?: MemoryModel
  /** The busier direction, whole group. */
  readonly networkBytesPerSecond?: Float64Array
  readonly requestsPerSecond?: Float64Array
  /** Instances that served, as recorded; NaN where unknown. */
  readonly inService: Float64Array
  readonly knownSteps: number
  /** Steps with CPU at or above `censoredCpuPercent`. */
  readonly censoredSteps: number
  /** The most vCPUs that one instance carried in any step. */
  readonly survivedVcpus: number
}

/**
 * Demand from the recorded use of instances of one shape. Holds where CPU or the number of instances in service is
 * unknown; gaps in either stay gaps.
 */
export function demandOf(signals: Signals, shape: InstanceType): Demand | Hold {
  const { series, window } = signals
  if (series.cpuAverage.kind === 'unknown') return hold('no-cpu-data', series.cpuAverage.why)
  const inService = inServiceOf(signals)
  if ('kind' in inService) return inService
  const vcpus = spread(series.cpuAverage.value, inService, shape.vcpus / 100)
  const knownSteps = count(vcpus, () => true)
  if (knownSteps === 0) return hold('no-cpu-data', 'no step of the window has both CPU and instances in service')
  const cpu = series.cpuAverage.value.samples
  const peak = optional(series.cpuMaximum, (maximum) => spread(maximum, inService, shape.vcpus / 100))
  const held = optional(series.memory, ({ samples }) =>
    Float64Array.from(samples, (percent) => (percent * shape.memoryGiB) / 100),
  )
  const memory = held && memoryModelOf({ perInstanceGiB: held, vcpus, inService, scales: hasPolicy(signals.group) })
  const network = busierDirection(series.networkIn, series.networkOut)
  const requests = optional(series.requests, ({ samples }) => Float64Array.from(samples))
  return {
    span: window,
    vcpus,
    ...(peak && { peakVcpus: peak }),
    ...(memory && { memory }),
    ...(network && { networkBytesPerSecond: network }),
    ...(requests && { requestsPerSecond: requests }),
    inService,
    knownSteps,
    censoredSteps: count(vcpus, (_, step) => numberAt(cpu, step) >= censoredCpuPercent),
    survivedVcpus: highest(vcpus.map((value, step) => value / numberAt(inService, step))),
  }
}

/** The sample of a step that exists by construction; NaN (a gap) outside the array. */
export function numberAt(values: ArrayLike<number>, step: number): number {
  return values[step] ?? Number.NaN
}

/** Highest known value; −∞ for an array of gaps. */
export function highest(values: ArrayLike<number>): number {
  let best = Number.NEGATIVE_INFINITY
  for (let step = 0; step < values.length; step++) {
    const value = numberAt(values, step)
    if (value > best) best = value
  }
  return best
}

function hasPolicy({ scalingPolicies }: Group): boolean {
  return scalingPolicies.kind === 'known' && scalingPolicies.value.some(({ enabled }) => enabled)
}

function inServiceOf({ group, window, series }: Signals): Float64Array | Hold {
  const recorded = [series.inService, series.desired].find((fact) => hasPoints(fact))
  if (recorded?.kind === 'known') {
    return Float64Array.from(recorded.value.samples, (sample) => (sample > 0 ? sample : Number.NaN))
  }
  const constant = group.minSize === group.maxSize && group.minSize === group.desiredCapacity
  if (group.activities.kind === 'unknown') {
    return hold('fact-unknown', `instances in service: the group's metrics are off, and ${group.activities.why}`)
  }
  const since = Date.parse(window.startAt)
  const quiet = group.activities.value.every(({ startedAt }) => Date.parse(startedAt) < since)
  const now = inServiceCount(group)
  if (!constant || !quiet || now === 0) {
    return hold(
      'fact-unknown',
      'how many instances were in service is not recorded: switch on the group metric GroupInServiceInstances',
    )
  }
  return new Float64Array(window.steps).fill(now)
}

function hasPoints(fact: Fact<Series>): boolean {
  return fact.kind === 'known' && fact.value.samples.some((sample) => !isGap(sample))
}

function optional(fact: Fact<Series>, convert: (series: Series) => Float64Array): Float64Array | undefined {
  return fact.kind === 'known' && hasPoints(fact) ? convert(fact.value) : undefined
}

function busierDirection(incoming: Fact<Series>, outgoing: Fact<Series>): Float64Array | undefined {
  if (incoming.kind === 'unknown' || outgoing.kind === 'unknown') return undefined
  if (!hasPoints(incoming) || !hasPoints(outgoing)) return undefined
  const sent = outgoing.value.samples
  return Float64Array.from(incoming.value.samples, (received, step) => Math.max(received, numberAt(sent, step)))
}

function spread(percent: Series, inService: Float64Array, unit: number): Float64Array {
  return inService.map((count, step) => numberAt(percent.samples, step) * count * unit)
}

function count(values: Float64Array, condition: (value: number, step: number) => boolean): number {
  let found = 0
  values.forEach((value, step) => {
    if (!isGap(value) && condition(value, step)) found++
  })
  return found
}
