import type { FactorName } from '../model/scorecard.js'
import type { Percent } from '../model/units.js'

/** Use of one group at one step. Undefined means not measured: it is left out of the score, never taken as zero. */
export interface StepUse {
  readonly cpu: Percent
  readonly memory: Percent | undefined
  /** Instances in service ÷ maximum size. */
  readonly capacity: Percent | undefined
  /** Response time as a share of its target: 100 is exactly on target. */
  readonly responseTime: Percent | undefined
}

/** Weights of the four factors (DESIGN.md section 5); they sum to 100. */
export const factorWeights = { cpu: 40, memory: 30, capacity: 20, responseTime: 10 } as const satisfies Readonly<
  Record<FactorName, Percent>
>

export const factorNames = ['cpu', 'memory', 'capacity', 'responseTime'] as const satisfies readonly FactorName[]

/** Range of CPU use that gives full marks. */
export const bestCpu = { low: 60, high: 80 } as const
/** Range of memory use that gives full marks. */
export const bestMemory = { low: 70, high: 85 } as const

/** One factor's mark at each name; undefined where the step does not know it. */
export type Marks = Readonly<Record<FactorName, number | undefined>>

/** Marks of one step, each 0–100 and continuous in its input. */
export function marksOf(use: StepUse): Marks {
  return {
    cpu: rangeMark(use.cpu, bestCpu),
    memory: use.memory === undefined ? undefined : rangeMark(use.memory, bestMemory),
    capacity: use.capacity === undefined ? undefined : capacityMark(use.capacity, use.cpu),
    responseTime: use.responseTime === undefined ? undefined : clamp(200 - use.responseTime, 0, 100),
  }
}

/** Weighted mean of the known marks, 0–100. CPU is always known, so there is always a weight. */
export function scoreOf(marks: Marks): number {
  let sum = 0
  for (const name of factorNames) {
    const mark = marks[name]
    if (mark !== undefined) sum += mark * factorWeights[name]
  }
  return sum / knownWeight(marks)
}

/** Sum of the weights of the known marks. */
export function knownWeight(marks: Marks): Percent {
  let weight = 0
  for (const name of factorNames) if (marks[name] !== undefined) weight += factorWeights[name]
  return weight
}

/**
 * 100 inside the best range, falling linearly to 0 at 0 % and at 100 % use.
 * @example rangeMark(30, { low: 60, high: 80 }) // 50
 */
export function rangeMark(use: Percent, best: { readonly low: Percent; readonly high: Percent }): number {
  const bounded = clamp(use, 0, 100)
  if (bounded < best.low) return (bounded / best.low) * 100
  if (bounded > best.high) return ((100 - bounded) / (100 - best.high)) * 100
  return 100
}

/**
 * Full marks to 80 % of the maximum size, then linearly to 0 at 100 %, but only as far as demand is held back: an idle
 * group at its maximum loses nothing, one at CPU 90 % or more loses all (DESIGN.md section 5).
 */
export function capacityMark(capacity: Percent, cpu: Percent): number {
  const linear = clamp((100 - capacity) * 5, 0, 100)
  return 100 - (100 - linear) * clamp((cpu - 70) / 20, 0, 1)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
