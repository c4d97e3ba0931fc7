import type { InstanceType } from '../model/instance-type.js'
import { type Demand, numberAt } from './demand.js'
import type { Trajectory } from './replay.js'

/** Use is cut off here, so that a step without any instance stays a number. */
export const maxUsePercent = 1000
const binsPerPercent = 10
/** Bins reach to 200 %; what is above shares the last one. */
const lastBin = 2000
const bytesPerGigabit = 125_000_000

/** What a trajectory means for a demand. Shares and minutes are over steps with demand only. */
export interface Measured {
  readonly steps: number
  readonly lowest: number
  readonly mean: number
  readonly highest: number
  readonly meanUse: number
  readonly p995Use: number
  readonly worstUse: number
  readonly worstStep: number
  readonly above90: number
  readonly strained: number
  readonly above100: number
  readonly instanceHours: number
  readonly memoryWorst: number | undefined
  readonly networkWorst: number | undefined
  /** Most vCPUs asked of one instance. */
  readonly worstVcpus: number
}

export interface MeasureInput {
  readonly demand: Demand
  readonly trajectory: Trajectory
  readonly shape: InstanceType
  readonly margin: number
  readonly strainPercent: number
}

/**
 * Use of each resource on a trajectory. Percentiles and minutes are read from a histogram, to a tenth of a percent:
 * 100.04 % is not above 100 %. A gap is NaN, for which every comparison is false.
 */
export function measure({ demand, trajectory, shape, margin, strainPercent }: MeasureInput): Measured {
  const { serving, billed } = trajectory
  const histogram = new Int32Array(lastBin + 1)
  const { sum, worst, worstStep } = fillHistogram(histogram, demand.vcpus, serving, (margin * 100) / shape.vcpus)
  const steps = demand.knownSteps
  const worstUse = Math.min(maxUsePercent, worst)
  return {
    steps,
    meanUse: sum / steps,
    p995Use: Math.min(worstUse, percentile(histogram, worst, Math.floor(steps * 0.005))),
    worstUse,
    worstStep,
    above90: countAbove(histogram, worst, 90),
    strained: countAbove(histogram, worst, strainPercent),
    above100: countAbove(histogram, worst, 100),
    ...capacityOf(demand, serving, billed),
    memoryWorst: memoryWorst(demand, serving, shape),
    networkWorst: networkWorst(demand, serving, shape, margin),
    worstVcpus: (worstUse / 100) * shape.vcpus,
  }
}

function fillHistogram(
  histogram: Int32Array,
  vcpus: Float64Array,
  serving: Int32Array,
  percentPerVcpu: number,
): { readonly sum: number; readonly worst: number; readonly worstStep: number } {
  let sum = 0
  let worst = -1
  let worstStep = 0
  for (let step = 0; step < vcpus.length; step++) {
    const load = vcpus[step] as number
    if (!(load >= 0)) continue
    const count = serving[step] as number
    const use = count > 0 ? (load * percentPerVcpu) / count : load > 0 ? maxUsePercent : 0
    const bin = binOf(use)
    histogram[bin] = (histogram[bin] as number) + 1
    sum += use
    if (use > worst) {
      worst = use
      worstStep = step
    }
  }
  return { sum, worst, worstStep }
}

/** Steps above a use, and the use that a share of the steps does not pass; both read from the top down to save time. */
function countAbove(histogram: Int32Array, worst: number, percent: number): number {
  let count = 0
  for (let bin = binOf(worst); bin > percent * binsPerPercent; bin--) count += histogram[bin] as number
  return count
}

function percentile(histogram: Int32Array, worst: number, allowedAbove: number): number {
  let above = 0
  for (let bin = binOf(worst); bin >= 0; bin--) {
    above += histogram[bin] as number
    if (above > allowedAbove) return bin < lastBin ? bin / binsPerPercent : worst
  }
  return worst
}

function binOf(use: number): number {
  return use < lastBin / binsPerPercent ? (use * binsPerPercent + 0.5) | 0 : lastBin
}

type CapacityMeasures = Pick<Measured, 'lowest' | 'mean' | 'highest' | 'instanceHours'>

function capacityOf({ vcpus, span, knownSteps }: Demand, serving: Int32Array, billed: Int32Array): CapacityMeasures {
  let lowest = 0x7fffffff
  let highest = 0
  let served = 0
  let paid = 0
  for (let step = 0; step < vcpus.length; step++) {
    if (!((vcpus[step] as number) >= 0)) continue
    const count = serving[step] as number
    served += count
    paid += billed[step] as number
    if (count < lowest) lowest = count
    if (count > highest) highest = count
  }
  return { lowest, mean: served / knownSteps, highest, instanceHours: (paid * span.periodSeconds) / 3600 }
}

/**
 * Memory of one instance at worst. It does not fall when instances are added (each has its own system and caches);
 * when they are removed it grows with the load that each carries more, or in full where it is shared.
 */
function memoryWorst(
  { memory, vcpus, inService }: Demand,
  serving: Int32Array,
  shape: InstanceType,
): number | undefined {
  if (!memory) return undefined
  const { perInstanceGiB, perVcpuGiB, shared } = memory
  let worst = -1
  for (let step = 0; step < perInstanceGiB.length; step++) {
    const held = perInstanceGiB[step] as number
    const before = inService[step] as number
    const now = serving[step] as number
    let wanted = held
    if (now < before && now > 0) {
      wanted = shared ? (held * before) / now : held + perVcpuGiB * (vcpus[step] as number) * (1 / now - 1 / before)
    }
    if (wanted > worst) worst = wanted
  }
  return worst < 0 ? undefined : Math.min(maxUsePercent, (worst / shape.memoryGiB) * 100)
}

function networkWorst(demand: Demand, serving: Int32Array, shape: InstanceType, margin: number): number | undefined {
  const bytes = demand.networkBytesPerSecond
  if (!bytes || shape.networkBaselineGbps === undefined) return undefined
  let worst = -1
  for (let step = 0; step < bytes.length; step++) {
    const count = serving[step] as number
    const each = (bytes[step] as number) / count
    if (count > 0 && each > worst) worst = each
  }
  if (worst < 0) return undefined
  return Math.min(maxUsePercent, ((worst * margin) / (shape.networkBaselineGbps * bytesPerGigabit)) * 100)
}

/** Instances billed on each UTC day with demand, as instance-hours per hour; days without demand are absent. */
export function dailyInstances(demand: Demand, billed: Int32Array): readonly number[] {
  const days = new Map<number, { sum: number; steps: number }>()
  const startMs = Date.parse(demand.span.startAt)
  demand.vcpus.forEach((load, step) => {
    if (Number.isNaN(load)) return
    const day = Math.floor((startMs + step * demand.span.periodSeconds * 1000) / 86_400_000)
    const entry = days.get(day) ?? { sum: 0, steps: 0 }
    days.set(day, { sum: entry.sum + numberAt(billed, step), steps: entry.steps + 1 })
  })
  return [...days.values()].map(({ sum, steps }) => sum / steps)
}
