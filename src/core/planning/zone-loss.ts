import type { ZoneLoss } from '../model/back-test.js'
import type { Group } from '../model/group.js'
import { type Demand, numberAt } from './demand.js'
import type { Trajectory } from './replay.js'
import type { ScalingModel } from './scaling-model.js'

export interface ZoneLossInput {
  readonly group: Group
  readonly demand: Demand
  readonly trajectory: Trajectory
  readonly vcpusPerInstance: number
  readonly margin: number
  readonly model: ScalingModel
}

/**
 * One zone is lost at the start of the busiest hour of the replay. The rest carries the load until replacements for
 * the lost instances serve in the other zones, one lag later. A breach is use over 100 %.
 */
export function zoneLossOf(input: ZoneLossInput): ZoneLoss {
  const { group, demand, trajectory, vcpusPerInstance, margin, model } = input
  const zones = group.availabilityZones.length
  if (zones < 2) return { kind: 'not-tested', why: 'the group runs in one zone' }
  const minutes = demand.span.periodSeconds / 60
  const stepsPerHour = Math.max(1, Math.round(60 / minutes))
  const useAt = (step: number, count: number): number =>
    (numberAt(demand.vcpus, step) * margin) / (count * vcpusPerInstance)
  const from = busiestHour(demand, trajectory.serving, stepsPerHour)
  let during = 0
  let after = 0
  for (let step = from; step < Math.min(from + stepsPerHour + model.lagSteps, demand.vcpus.length); step++) {
    const count = numberAt(trajectory.serving, step)
    const replaced = step >= from + model.lagSteps
    const left = replaced ? count : Math.floor((count * (zones - 1)) / zones)
    if (!(useAt(step, left) > 1)) continue
    if (replaced) after++
    else during++
  }
  const replacementMinutes = model.lagSteps * minutes
  const breachMinutes = (during + after) * minutes
  if (after > 0) return { kind: 'breaches', breachMinutes, replacementMinutes }
  return during > 0 ? { kind: 'recovers', breachMinutes, replacementMinutes } : { kind: 'survives' }
}

/** First step of the hour with the highest mean use; gaps are left out. */
function busiestHour({ vcpus }: Demand, serving: Int32Array, length: number): number {
  let best = 0
  let bestUse = -1
  for (let from = 0; from + length <= vcpus.length; from += length) {
    let sum = 0
    let known = 0
    for (let step = from; step < from + length; step++) {
      const use = (vcpus[step] as number) / (serving[step] as number)
      if (!(use >= 0)) continue
      sum += use
      known++
    }
    if (known > 0 && sum / known > bestUse) {
      bestUse = sum / known
      best = from
    }
  }
  return best
}
