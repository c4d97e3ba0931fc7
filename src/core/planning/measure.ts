import type { InstanceType } from '../model/instance-type.js'
import { type Demand, numberAt } from './demand.js'
import type { Trajectory } from './replay.js'

/** Use is cut off here, so that a step without any instance stays a number. */
export const maxUsePercent = 1000
const binsPerPercent = 10
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

/** Use of each resource on a trajectory; percentiles come from a histogram, read at the upper edge of its bin. */
export function measure({ demand, trajectory, shape, margin, strainPercent }: MeasureInput): Measured {
  const { serving, billed } = trajectory
  const { vcpus } = demand
  const histogram = new Int32Array(maxUsePercent * binsPerPercent + 1)
  const perPercent = (margin * 100) / shape.vcpus
  let steps = 0
  let sum = 0
  let worst = -1
  let worstStep = 0
  let above90 = 0
  let strained = 0
  let above100 = 0
  let lowest = Number.POSITIVE_INFINITY
  let most = 0
  let servingSum = 0
  let billedSum = 0
  for (let step = 0; step < vcpus.length; step++) {
    const load = vcpus[step] as number
    if (Number.isNaN(load)) continue
    const count = serving[step] as number
    const exact = count > 0 ? (load * perPercent) / count : load > 0 ? maxUsePercent : 0
    const use = exact > maxUsePercent ? maxUsePercent : exact
    steps++
    sum += use
    histogram[(use * binsPerPercent) | 0] = (histogram[(use * binsPerPercent) | 0] as number) + 1
    if (use > worst) {
      worst = use
      worstStep = step
    }
    if (use > 90) above90++
    if (use > strainPercent) strained++
    if (use > 100) above100++
    if (count < lowest) lowest = count
    if (count > most) most = count
    servingSum += count
    billedSum += billed[step] as number
  }
  return {
    steps,
    lowest: steps === 0 ? Number.NaN : lowest,
    mean: servingSum / steps,
    highest: most,
    meanUse: sum / steps,
    p995Use: Math.min(worst, percentile(histogram, steps, 0.995)),
    worstUse: worst,
    worstStep,
    above90,
    strained,
    above100,
    instanceHours: (billedSum * demand.span.periodSeconds) / 3600,
    memoryWorst: memoryWorst(demand, serving, shape),
    networkWorst: networkWorst(demand, serving, shape, margin),
    worstVcpus: (worst / 100) * shape.vcpus,
  }
}

function percentile(histogram: Int32Array, steps: number, share: number): number {
  const rank = Math.ceil(steps * share)
  let seen = 0
  for (let bin = 0; bin < histogram.length; bin++) {
    seen += histogram[bin] as number
    if (seen >= rank) return (bin + 1) / binsPerPercent
  }
  return maxUsePercent
}

/**
 * Memory does not fall when instances are added (each has its own system and caches) and is taken to grow in full when
 * they are removed: the larger of what an instance held in the record and its share of the total.
 */
function memoryWorst({ memoryGiB, inService }: Demand, serving: Int32Array, shape: InstanceType): number | undefined {
  if (!memoryGiB) return undefined
  let worst = -1
  for (let step = 0; step < memoryGiB.length; step++) {
    const total = memoryGiB[step] as number
    const fewest = Math.min(serving[step] as number, inService[step] as number)
    if (!Number.isNaN(total) && fewest > 0 && total / fewest > worst) worst = total / fewest
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
