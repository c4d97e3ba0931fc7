import type { CapacityForecast } from '../model/capacity-forecast.js'
import { type Hold, hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Advice } from '../model/recommendation.js'
import type { Scored } from '../model/scorecard.js'
import { capacityForecast } from './capacity-forecast.js'
import { choose } from './choose.js'
import { highest } from './demand.js'
import { evaluate } from './evaluate.js'
import { historyHold } from './history.js'
import { offHoursAdvice } from './off-hours.js'
import { compareAdvice } from './priority.js'
import { recordedInstanceHours, savingAdvice } from './saving-advice.js'
import { scaleUp } from './scale-up.js'
import { saidFaultTolerant, spotAdvice } from './spot.js'
import { type Study, type StudyInput, studyOf } from './study.js'
import { lowerTarget } from './target-tuning.js'
import { tuningAdvice, tunings } from './tuning.js'

export interface PlanInput extends StudyInput {
  readonly scored: Scored
}

/** Advice in order of priority, or the one reason why there is none. */
export interface Plan {
  readonly advice: readonly Advice[]
  readonly hold?: Hold
  /** When growth meets the maximum; absent where there is no such growth. */
  readonly forecast?: CapacityForecast
}

/**
 * What to change about one group: more capacity where it is short of it now, otherwise the cheapest configuration that
 * would have served the recorded demand safely, and what would make it run better. Without a scorecard, for lack of CPU
 * data, there is none. At most one advice for each property. The same input gives the same plan.
 */
export function plan(input: PlanInput): Plan {
  const { group, signals, policy, catalogue } = input
  if (group.desiredCapacity === 0 && group.instances.length === 0) {
    return { advice: [], hold: hold('empty-group', `${group.name} has a desired capacity of 0`) }
  }
  const scorecard = input.scored.kind === 'scored' ? input.scored.scorecard : undefined
  const up = scaleUp({ group, signals, scorecard, policy, catalogue })
  if (up && !('kind' in up)) return { advice: [up] }
  const replayed = fromReplay(input)
  const advice = onePerProperty([
    ...replayed.advice,
    ...(scorecard ? tunings({ group, signals, policy }) : []).map((tuning) =>
      tuningAdvice({ group, signals, policy }, tuning),
    ),
  ]).sort(compareAdvice)
  const reason = advice.length > 0 ? undefined : (up ?? replayed.hold)
  return { advice, ...(reason && { hold: reason }), ...(replayed.forecast && { forecast: replayed.forecast }) }
}

function onePerProperty(advice: readonly Advice[]): Advice[] {
  const seen = new Set<string>()
  return advice.filter(({ property }) => !seen.has(property) && seen.add(property))
}

/** Why no cheaper configuration is looked for; undefined where candidates are replayed. */
export function searchHold(study: Study): Hold | undefined {
  return (
    switchedOff(study.policy) ??
    historyHold(study.demand, study.policy) ??
    memoryHold(study) ??
    busy(study) ??
    notReproduced(study)
  )
}

function fromReplay(input: PlanInput): Plan {
  const study = studyOf(input)
  const off = switchedOff(input.policy)
  if ('kind' in study) return { advice: [], hold: off ?? study }
  const early = historyHold(study.demand, study.policy)
  if (early) return { advice: [], hold: off ?? early }
  const forecast = capacityForecast(study)
  const saved: Plan = off ? { advice: [], hold: off } : savings(study)
  const slower = lowerTarget(study, evaluate(study, study.today, study.shape))
  const advice = slower ? [...saved.advice, tuningAdvice(study, slower)] : saved.advice
  return { ...saved, advice, ...(forecast && { forecast }) }
}

function switchedOff({ enableCostOptimization, environment }: Policy): Hold | undefined {
  return enableCostOptimization ? undefined : hold('switched-off', `enableCostOptimization is off for ${environment}`)
}

function memoryHold({ policy, demand }: Study): Hold | undefined {
  const held = policy.sizing.memoryUnknown === 'hold' && !demand.memory
  return held ? hold('memory-unknown', 'memoryUnknown is hold') : undefined
}

function savings(study: Study): Plan {
  const unknown = memoryHold(study)
  if (unknown) return { advice: [], hold: unknown }
  const still = busy(study) ?? notReproduced(study)
  const choice = still ? undefined : choose(study)
  const today = choice?.today ?? evaluate(study, study.today, study.shape)
  const final = choice?.final ?? today
  const picks = choice?.picks ?? []
  const spot = spotAdvice(study, today, final)
  const offHours = offHoursAdvice(study, today, final)
  const advice = [
    ...picks.map((pick) => savingAdvice(study, pick, picks)),
    ...(spot && !('kind' in spot) ? [spot] : []),
    ...(offHours ? [offHours] : []),
  ]
  const spotHold = spot && 'kind' in spot && saidFaultTolerant(study) ? spot : undefined
  const reason = spotHold ?? still ?? choice?.hold
  return { advice, ...(reason && { hold: reason }) }
}

/** Replayed instance-hours of the present setting may exceed the recorded ones by this much; savings count against them. */
const reproducedWithin = 1.25

/** A replay that runs more instances than really ran would promise savings that nobody can have. */
function notReproduced(study: Study): Hold | undefined {
  const recorded = recordedInstanceHours(study)
  const replayed = evaluate(study, study.today, study.shape).recorded.instanceHours
  if (replayed <= recorded * reproducedWithin) return undefined
  const hours = `${replayed.toFixed(0)} instance-hours, ${recorded.toFixed(0)} were recorded`
  return hold('not-reproduced', `it takes ${hours}; the setting may have changed in the window`)
}

/** A group at or above the utilisation threshold (mean of CPU and memory) is not made smaller. */
function busy({ demand, shape, policy, signals }: Study): Hold | undefined {
  const cpu = meanOf(
    demand.vcpus.map((vcpus, step) => (vcpus / ((demand.inService[step] as number) * shape.vcpus)) * 100),
  )
  const recorded = signals.series.memory
  const memory = demand.memory && recorded.kind === 'known' ? meanOf(Float64Array.from(recorded.value.samples)) : cpu
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
