import type { Settings } from '../model/configuration.js'
import type { Advice, Evidence, Implementation, RiskLevel } from '../model/recommendation.js'
import { hoursPerMonth, type UsdPerMonth } from '../model/units.js'
import { backTestOf } from './back-test.js'
import { scales } from './candidates.js'
import type { Pick } from './choose.js'
import { describe } from './describe.js'
import { evidenceOf, memoryBasis } from './evidence.js'
import { dailyInstances } from './measure.js'
import { priorityOf } from './priority.js'
import type { Study } from './study.js'

/** Load on one instance, relative to the record, from which a page warns. */
const notableLoadRatio = 1.05

/** Stored advice for one pick of the sizing: never automated, both back-tests attached. */
export function savingAdvice(study: Study, pick: Pick, others: readonly Pick[]): Advice {
  const { group, policy } = study
  const { candidate } = pick.replayed
  const costSavings = (pick.usdSaved / (pick.before.usdPerMonth ?? Number.POSITIVE_INFINITY)) * 100
  const riskLevel = riskOf(study, pick)
  const range = savingRange(study, pick)
  return {
    type: candidate.type,
    priority: priorityOf({
      type: candidate.type,
      monthlyUsd: pick.usdSaved,
      costSavingsPercent: costSavings,
      riskLevel,
      breaching: false,
    }),
    property: candidate.property,
    groupKey: group.groupKey,
    environment: policy.environment,
    description: describe({
      property: candidate.property,
      groupName: group.name,
      from: candidate.from,
      to: candidate.to,
      costSavingsPercent: costSavings,
    }),
    from: candidate.from,
    to: candidate.to,
    monthlyUsd: pick.usdSaved,
    ...(range && { monthlyUsdRange: range }),
    expectedImpact: { costSavings, riskLevel },
    implementation: implementationOf(pick),
    evidence: evidence(study, pick, others),
  }
}

function evidence(study: Study, pick: Pick, others: readonly Pick[]): Evidence {
  const { evaluation, candidate } = pick.replayed
  const { signals, group, policy } = study
  return {
    ...evidenceOf(signals, group, { ...pick.after, ...candidate.to }, policy.sizing.demandMargin),
    memory: memoryBasis(study),
    today: backTestOf(study, pick.before),
    proposed: backTestOf(study, evaluation),
    ...(evaluation.price && { priceSource: `${evaluation.price.source}, ${evaluation.price.asOf}` }),
    notes: [...notesOf(study, pick), ...overlapNotes(pick, others)],
  }
}

function notesOf(study: Study, { before, replayed, after }: Pick): readonly string[] {
  const notes: string[] = [...study.model.notes]
  const recordedHours = recordedInstanceHours(study)
  const drift = recordedHours > 0 ? (before.recorded.instanceHours / recordedHours - 1) * 100 : 0
  if (after) {
    notes.push(`Counted with ${settingsText(after)} in place: alone it would save too little.`)
  } else if (Math.abs(drift) >= 10) {
    notes.push(
      `The replay of today's setting takes ${before.recorded.instanceHours.toFixed(0)} instance-hours; ${recordedHours.toFixed(0)} were recorded.`,
    )
  }
  const ratio = replayed.evaluation.recorded.worstVcpus / study.demand.survivedVcpus
  if (ratio >= notableLoadRatio) {
    notes.push(
      `At worst one instance would carry ${ratio.toFixed(2)} × the most that any carried in the window: its response time at that load is not known.`,
    )
  }
  if (!study.demand.memory) {
    notes.push(
      study.policy.sizing.memoryUnknown === 'ignore'
        ? 'Memory is unknown; the load limit was lifted by memoryUnknown: ignore.'
        : 'Memory is unknown: no instance carries more load than one carried in the window.',
    )
  }
  if (!scales(study)) {
    notes.push('The group has no scaling policy: a target-tracking policy would follow the demand more closely.')
  }
  if (replayed.candidate.property === 'instanceType') {
    notes.push('A new type replaces nothing by itself: running instances stay until an instance refresh.')
    notes.push('One vCPU of the new type is taken to do at least the work of one of the present type.')
  }
  return notes
}

function overlapNotes(pick: Pick, others: readonly Pick[]): readonly string[] {
  return others
    .filter((other) => other !== pick && !pick.after)
    .map(
      ({ replayed }) =>
        `Overlaps with the advice on ${settingsText(replayed.candidate.to)}: the savings of the two do not add up in full.`,
    )
}

function settingsText(settings: Settings): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
}

/** Instance-hours of the steps that have demand, as they really ran. */
export function recordedInstanceHours({ demand }: Study): number {
  let sum = 0
  demand.vcpus.forEach((load, step) => {
    if (!Number.isNaN(load)) sum += demand.inService[step] as number
  })
  return (sum * demand.span.periodSeconds) / 3600
}

/** LOW: nothing is replaced and the stress replay is never strained. HIGH never: unsafe candidates are not advised. */
function riskOf({ demand }: Study, { replayed }: Pick): RiskLevel {
  const { candidate, evaluation } = replayed
  const calm = evaluation.stressed.strained === 0 && demand.memory !== undefined
  const followed = candidate.property === 'minSize' || candidate.property === 'scalingPolicy'
  return candidate.disruptionShare === 0 && followed && calm ? 'LOW' : 'MEDIUM'
}

/** The saving ± two standard errors of the mean of the daily savings; absent with fewer than two days. */
function savingRange(
  { demand }: Study,
  { replayed, before: base, usdSaved }: Pick,
): readonly [UsdPerMonth, UsdPerMonth] | undefined {
  const { evaluation } = replayed
  if (!evaluation.price || !base.price) return undefined
  const before = dailyInstances(demand, base.trajectory.billed)
  const after = dailyInstances(demand, evaluation.trajectory.billed)
  const [usdBefore, usdAfter] = [base.price.usdPerHour, evaluation.price.usdPerHour]
  const savings = before.flatMap((count, day) => {
    const next = after[day]
    return next === undefined ? [] : [(count * usdBefore - next * usdAfter) * hoursPerMonth]
  })
  if (savings.length < 2) return undefined
  const mean = savings.reduce((sum, value) => sum + value, 0) / savings.length
  const variance = savings.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (savings.length - 1)
  const error = 2 * Math.sqrt(variance / savings.length)
  return [usdSaved - error, usdSaved + error]
}

function implementationOf({ replayed }: Pick): Implementation {
  const { candidate } = replayed
  if (candidate.property === 'instanceType') {
    return {
      automated: false,
      steps: [
        `Set the instance type to ${candidate.shape.name} in the infrastructure code`,
        'Deploy the change',
        'Start an instance refresh, so that running instances are replaced one after another',
      ],
      estimatedDuration: '30-60 minutes',
    }
  }
  return {
    automated: false,
    steps: ['Review and merge the pull request', 'Deploy the change', 'Compare the same hours of the week for 7 days'],
    estimatedDuration: '10-20 minutes',
  }
}
