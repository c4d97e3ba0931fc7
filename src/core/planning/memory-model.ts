import { linearRegression } from 'simple-statistics'
import { factValue } from '../model/fact.js'
import { valueAt } from '../model/series.js'
import type { Signals } from '../model/signals.js'

/** Correlation from which memory counts as following the load of an instance. */
const followingCorrelation = 0.5
const fewestPairs = 24

/**
 * How memory answers to the number of instances. Steps are the window's; NaN is a gap. An instance that carries more
 * holds `perVcpuGiB` more for each vCPU. `shared` says whether what it holds beyond that is its part of one whole, which
 * fewer instances would have to share, or its own.
 */
export interface MemoryModel {
  readonly perInstanceGiB: Float64Array
  readonly perVcpuGiB: number
  readonly shared: boolean
}

export interface MemoryRecord {
  readonly perInstanceGiB: Float64Array
  readonly vcpus: Float64Array
  readonly inService: Float64Array
  /** Whether a policy adds and removes instances of the group. */
  readonly scales: boolean
}

/**
 * A group that a policy grows and shrinks cannot keep one data set spread over its instances: idle memory is each
 * instance's own, and the slope of memory over load comes from the record (least squares, never below zero). A group of
 * fixed size may well do so (a cache): all its memory is taken as shared.
 */
export function memoryModelOf({ perInstanceGiB, vcpus, inService, scales }: MemoryRecord): MemoryModel {
  const whole: MemoryModel = { perInstanceGiB, perVcpuGiB: Number.NaN, shared: true }
  if (!scales) return whole
  const pairs: [number, number][] = []
  perInstanceGiB.forEach((held, step) => {
    const load = (vcpus[step] as number) / (inService[step] as number)
    if (held >= 0 && load >= 0) pairs.push([load, held])
  })
  const { m: slope } = linearRegression(pairs)
  if (pairs.length < fewestPairs || !Number.isFinite(slope)) return whole
  return { perInstanceGiB, perVcpuGiB: Math.max(0, slope), shared: false }
}

/**
 * Whether memory per instance rises and falls with CPU per instance: only then do more instances help it. Judged by
 * the correlation over the window; false where either is unknown or hardly moves.
 */
export function memoryFollowsLoad({ series, window }: Signals): boolean {
  const cpu = factValue(series.cpuAverage)
  const memory = factValue(series.memory)
  if (!cpu || !memory) return false
  const pairs: (readonly [number, number])[] = []
  for (let step = 0; step < window.steps; step++) {
    const load = valueAt(cpu, step)
    const held = valueAt(memory, step)
    if (load !== undefined && held !== undefined) pairs.push([load, held])
  }
  return pairs.length >= fewestPairs && correlation(pairs) >= followingCorrelation
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length
  let cross = 0
  let squareX = 0
  let squareY = 0
  for (const [x, y] of pairs) {
    cross += (x - meanX) * (y - meanY)
    squareX += (x - meanX) ** 2
    squareY += (y - meanY) ** 2
  }
  const scale = Math.sqrt(squareX * squareY)
  return scale > 0 ? cross / scale : Number.NEGATIVE_INFINITY
}
