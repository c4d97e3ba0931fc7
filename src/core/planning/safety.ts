import type { Percent } from '../model/units.js'
import { numberAt } from './demand.js'
import type { Evaluation } from './evaluate.js'
import type { Study } from './study.js'

export type ViolationKind =
  | 'over-100'
  | 'strained'
  | 'worse-than-today'
  | 'memory'
  | 'less-memory'
  | 'survived-load'
  | 'network'
  | 'zone-loss'
  | 'lone-instance'
  | 'burst-baseline'
  | 'censored'

/** One rule that a configuration breaks, with a sentence that carries its figures. */
export interface Violation {
  readonly kind: ViolationKind
  readonly sentence: string
}

/** Whether a configuration would have served the window safely, and if not why. */
export interface Safety {
  readonly safe: boolean
  readonly violations: readonly Violation[]
}

/** Points over its target that memory may reach at worst: the best range of the score ends there (DESIGN.md section 5). */
export const memoryRoomPercent = 5
const tolerance = 1e-6

/** Judges a configuration against today's, by DESIGN.md section 5 (sizing) and rule 2. */
export function safetyOf(study: Study, today: Evaluation, proposed: Evaluation): Safety {
  const violations = [
    ...cpuViolations(study, today, proposed),
    ...memoryViolations(study, today, proposed),
    ...networkViolations(today, proposed),
    ...zoneViolations(study, today, proposed),
    ...burstViolations(study, proposed),
  ]
  return { safe: violations.length === 0, violations }
}

/** Highest worst-step memory that a safe configuration may have. */
export function memoryLimit(study: Study): Percent {
  return study.policy.thresholds.memoryUtilizationTarget + memoryRoomPercent
}

function cpuViolations(study: Study, today: Evaluation, { stressed, recorded, ...proposed }: Evaluation): Violation[] {
  const { demandMargin, strainPercent, strainSharePercent } = study.policy.sizing
  const minutes = study.demand.span.periodSeconds / 60
  const found: Violation[] = []
  if (stressed.above100 > 0) {
    found.push({
      kind: 'over-100',
      sentence: `demand × ${demandMargin} gives ${stressed.above100 * minutes} minutes above 100 % CPU (limit 0)`,
    })
  }
  const allowed = (stressed.steps * strainSharePercent) / 100
  if (stressed.strained > allowed) {
    found.push({
      kind: 'strained',
      sentence: `demand × ${demandMargin} gives ${stressed.strained * minutes} minutes above ${strainPercent} % CPU (limit ${Math.floor(allowed * minutes)})`,
    })
  }
  if (recorded.above100 > today.recorded.above100) {
    found.push({
      kind: 'worse-than-today',
      sentence: `${recorded.above100 * minutes} minutes above 100 % CPU on the recorded demand (today ${today.recorded.above100 * minutes})`,
    })
  }
  const smaller = proposed.shape.vcpus * recorded.mean < today.shape.vcpus * today.recorded.mean - tolerance
  if (study.demand.censoredSteps > 0 && smaller) {
    found.push({
      kind: 'censored',
      sentence: `CPU was at 95 % or more for ${study.demand.censoredSteps * minutes} minutes: the demand may have been higher than recorded`,
    })
  }
  return found
}

function memoryViolations(study: Study, today: Evaluation, proposed: Evaluation): Violation[] {
  const { memoryUnknown } = study.policy.sizing
  if (study.demand.memory) {
    const worst = proposed.recorded.memoryWorst
    const limit = memoryLimit(study)
    if (worst !== undefined && worst <= limit) return []
    const figure = worst === undefined ? 'an unknown share' : `${worst.toFixed(0)} %`
    return [{ kind: 'memory', sentence: `memory would reach ${figure} (limit ${limit} %)` }]
  }
  const found: Violation[] = []
  if (proposed.shape.memoryGiB < today.shape.memoryGiB) {
    found.push({
      kind: 'less-memory',
      sentence: `memory is unknown, and ${proposed.shape.name} has ${proposed.shape.memoryGiB} GiB instead of ${today.shape.memoryGiB}`,
    })
  }
  const ratio = proposed.recorded.worstVcpus / study.demand.survivedVcpus
  if (memoryUnknown === 'survivedLoad' && ratio > 1 + tolerance) {
    found.push({
      kind: 'survived-load',
      sentence: `memory is unknown, and one instance would carry ${ratio.toFixed(2)} × the most that any carried in the window`,
    })
  }
  return found
}

function networkViolations(today: Evaluation, proposed: Evaluation): Violation[] {
  const before = today.shape.networkBaselineGbps
  const after = proposed.shape.networkBaselineGbps
  const worst = proposed.recorded.networkWorst
  if (worst === undefined) {
    const unproved =
      proposed.shape.name !== today.shape.name && (after === undefined || (before !== undefined && after < before))
    if (!unproved) return []
    return [{ kind: 'network', sentence: `${proposed.shape.name} may have less network than ${today.shape.name}` }]
  }
  const stressed = proposed.stressed.networkWorst
  const limit = Math.max(100, today.stressed.networkWorst ?? 100)
  if (stressed !== undefined && stressed <= limit + tolerance) return []
  return [{ kind: 'network', sentence: `network would reach ${worst.toFixed(0)} % of the type's baseline` }]
}

function zoneViolations(study: Study, today: Evaluation, proposed: Evaluation): Violation[] {
  const { group, policy } = study
  if (policy.environment !== 'production' || policy.sizing.zoneLoss === 'ignore') return []
  const found: Violation[] = []
  const loss = proposed.zoneLoss
  const breached = loss.kind === 'breaches' || (loss.kind === 'recovers' && policy.sizing.zoneLoss === 'hold')
  if (breached) {
    found.push({
      kind: 'zone-loss',
      sentence: `with one zone lost at the worst hour CPU is above 100 % for ${loss.breachMinutes} minutes`,
    })
  }
  if (group.availabilityZones.length > 1 && proposed.recorded.lowest < 2 && today.recorded.lowest >= 2) {
    found.push({ kind: 'lone-instance', sentence: 'a single instance would be left, in one zone' })
  }
  return found
}

/** A burstable type's capacity is its baseline: a day of use above it runs the credits down. */
function burstViolations(study: Study, { shape, trajectory }: Evaluation): Violation[] {
  if (!shape.burst) return []
  const { vcpus, span } = study.demand
  const stepsPerDay = Math.round(86_400 / span.periodSeconds)
  let worst = 0
  for (let from = 0; from < vcpus.length; from += stepsPerDay) {
    let sum = 0
    let known = 0
    for (let step = from; step < Math.min(from + stepsPerDay, vcpus.length); step++) {
      const use = numberAt(vcpus, step) / (numberAt(trajectory.serving, step) * shape.vcpus)
      if (!Number.isFinite(use)) continue
      sum += use
      known++
    }
    if (known > 0) worst = Math.max(worst, (sum / known) * 100)
  }
  if (worst <= shape.burst.baselinePercentPerVcpu) return []
  return [
    {
      kind: 'burst-baseline',
      sentence: `the mean of a day would be ${worst.toFixed(0)} % a vCPU, over the ${shape.burst.baselinePercentPerVcpu} % baseline of ${shape.name}`,
    },
  ]
}
