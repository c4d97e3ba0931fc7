import { type Evaluation, evaluate } from './evaluate.js'
import type { Study } from './study.js'
import type { Tuning } from './tuning.js'

const lowestTarget = 40
const targetStep = 5

/**
 * A lower CPU target where the group's own target let the recorded work run hot: more steps above the strain limit
 * than a safe configuration may have, and a lower target would have prevented it. Costs money, which is said.
 */
export function lowerTarget(study: Study, today: Evaluation): Tuning | undefined {
  const present = study.today.targetValue
  const { strainPercent, strainSharePercent } = study.policy.sizing
  const allowed = (today.recorded.steps * strainSharePercent) / 100
  const hot = hotSteps(study, strainPercent)
  if (present === undefined || hot <= allowed || today.usdPerMonth === undefined) return undefined
  for (
    let target = Math.ceil(present / targetStep) * targetStep - targetStep;
    target >= lowestTarget;
    target -= targetStep
  ) {
    const proposed = evaluate(study, { ...study.today, targetValue: target }, study.shape)
    if (proposed.recorded.above100 > 0 || proposed.recorded.strained > allowed) continue
    if (proposed.usdPerMonth === undefined) return undefined
    const minutes = study.demand.span.periodSeconds / 60
    return {
      property: 'scalingPolicy',
      description: `Lower the CPU target of ${study.group.name} from ${present} to ${target}: CPU was above ${strainPercent}% for ${Math.round(hot * minutes)} minutes`,
      from: { targetValue: present },
      to: { targetValue: target },
      steps: ['Review and merge the pull request', 'Deploy the change'],
      notes: [
        `Replayed with a target of ${target} %, CPU is above ${strainPercent} % for ${proposed.recorded.strained * minutes} minutes.`,
      ],
      monthlyUsd: Math.min(today.usdPerMonth - proposed.usdPerMonth, -Number.MIN_VALUE),
      breaching: true,
    }
  }
  return undefined
}

/** Steps in which the group really ran above the limit, as recorded. */
function hotSteps({ demand, shape }: Study, percent: number): number {
  let count = 0
  demand.vcpus.forEach((vcpus, step) => {
    const capacity = (demand.inService[step] as number) * shape.vcpus
    if ((vcpus / capacity) * 100 > percent) count++
  })
  return count
}
