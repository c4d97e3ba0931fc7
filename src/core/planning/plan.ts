import { type Hold, hold } from '../model/hold.js'
import type { Advice } from '../model/recommendation.js'
import type { Scored } from '../model/scorecard.js'
import { choose } from './choose.js'
import { highest } from './demand.js'
import { historyHold } from './history.js'
import { compareAdvice } from './priority.js'
import { savingAdvice } from './saving-advice.js'
import { scaleUp } from './scale-up.js'
import { type Study, type StudyInput, studyOf } from './study.js'

export interface PlanInput extends StudyInput {
  readonly scored: Scored
}

/** Advice in order of priority, or the one reason why there is none. */
export interface Plan {
  readonly advice: readonly Advice[]
  readonly hold?: Hold
}

/**
 * What to change about one group: more capacity where it is short of it now, otherwise the cheapest configuration that
 * would have served the recorded demand safely. The same input gives the same plan.
 */
export function plan(input: PlanInput): Plan {
  const { group, signals, policy, catalogue } = input
  if (group.desiredCapacity === 0 && group.instances.length === 0) {
    return { advice: [], hold: hold('empty-group', `${group.name} has a desired capacity of 0`) }
  }
  const scorecard = input.scored.kind === 'scored' ? input.scored.scorecard : undefined
  const up = scaleUp({ group, signals, scorecard, policy, catalogue })
  if (up && !('kind' in up)) return { advice: [up] }
  const saved = savings(input)
  const advice = [...saved.advice].sort(compareAdvice)
  if (advice.length > 0) return { advice }
  const reason = up ?? saved.hold
  return reason ? { advice, hold: reason } : { advice }
}

function savings(input: PlanInput): Plan {
  const { policy } = input
  if (!policy.enableCostOptimization) {
    return { advice: [], hold: hold('switched-off', `enableCostOptimization is off for ${policy.environment}`) }
  }
  const study = studyOf(input)
  if ('kind' in study) return { advice: [], hold: study }
  const early = historyHold(study.demand, policy) ?? busy(study)
  if (early) return { advice: [], hold: early }
  if (policy.sizing.memoryUnknown === 'hold' && !study.demand.memoryGiB) {
    return { advice: [], hold: hold('memory-unknown', 'memoryUnknown is hold') }
  }
  const { picks, hold: reason } = choose(study)
  const advice = picks.map((pick) => savingAdvice(study, pick, picks))
  return reason ? { advice, hold: reason } : { advice }
}

/** A group at or above the utilisation threshold (mean of CPU and memory) is not made smaller. */
function busy({ demand, shape, policy, signals }: Study): Hold | undefined {
  const cpu = meanOf(
    demand.vcpus.map((vcpus, step) => (vcpus / ((demand.inService[step] as number) * shape.vcpus)) * 100),
  )
  const recorded = signals.series.memory
  const memory = demand.memoryGiB && recorded.kind === 'known' ? meanOf(Float64Array.from(recorded.value.samples)) : cpu
  const use = (cpu + memory) / 2
  if (use < policy.cost.utilizationThreshold) return undefined
  return hold('busy-enough', `use is ${use.toFixed(0)} %, the threshold ${policy.cost.utilizationThreshold} %`)
}

function meanOf(values: Float64Array): number {
  let sum = 0
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    known++
  }
  return known > 0 ? sum / known : highest(values)
}
