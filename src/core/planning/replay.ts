import type { Rule, ScalingModel } from './scaling-model.js'

/** Instances at each step of a replay: `serving` take load, `billed` are paid for (booting ones too). */
export interface Trajectory {
  readonly serving: Int32Array
  readonly billed: Int32Array
}

export interface ReplayInput {
  /** Instances' worth of tracked load at each step: load ÷ target per instance, NaN for a gap. Empty without tracks. */
  readonly need: Float64Array
  /** CPU load in instances of full use: demand ÷ vCPUs per instance, NaN for a gap. */
  readonly load: Float64Array
  readonly model: ScalingModel
  readonly minSize: number
  readonly maxSize: number
  /** Instances at the first step; clamped to the limits. */
  readonly start: number
  /** Largest need that the metric can show, per serving instance: 100 ÷ target for CPU, unbounded for requests. */
  readonly needCeiling: number
}

/** Target tracking scales in after 15 minutes under this share of its target (Application Auto Scaling's low alarm). */
const scaleInShare = 0.9
const scaleInSeconds = 900
const tolerance = 1e-9
const { min } = Math

/** Room for one trajectory; a replay writes into it, so that many candidates share one. */
export function trajectoryOf(steps: number): Trajectory {
  return { serving: new Int32Array(steps), billed: new Int32Array(steps) }
}

/**
 * Runs the group's own scaling policy over the load and writes the capacity of every step into `out`. Capacity is held
 * through gaps. The loops allocate nothing.
 */
export function replay(input: ReplayInput, periodSeconds: number, out: Trajectory): void {
  const start = Math.min(input.maxSize, Math.max(input.minSize, input.start))
  if (input.model.tracks.length > 0) track(input, start, Math.ceil(scaleInSeconds / periodSeconds), out)
  else if (input.model.rules.length > 0) followRules(input, start, out)
  else {
    out.serving.fill(start)
    out.billed.fill(start)
  }
}

function track(input: ReplayInput, start: number, patience: number, out: Trajectory): void {
  const { need, minSize, maxSize, needCeiling, model } = input
  const { serving: servingOut, billed: billedOut } = out
  const { lagSteps, scaleIn } = model
  const arrivals = new Int32Array(lagSteps + 1)
  let serving = start
  let desired = start
  let slot = 0
  let lowSteps = 0
  let lowPeak = 0
  for (let step = 0; step < need.length; step++) {
    serving += arrivals[slot] as number
    arrivals[slot] = 0
    servingOut[step] = serving
    billedOut[step] = desired
    const asked = need[step] as number
    const wanted = min(asked, serving * needCeiling)
    if (wanted > serving + tolerance) {
      lowSteps = 0
      const next = Math.min(maxSize, Math.ceil(wanted - tolerance))
      if (next > desired) {
        arrivals[slot === 0 ? lagSteps : slot - 1] =
          (arrivals[slot === 0 ? lagSteps : slot - 1] as number) + next - desired
        desired = next
      }
    } else if (scaleIn && wanted < scaleInShare * serving && serving === desired) {
      lowPeak = lowSteps === 0 || wanted > lowPeak ? wanted : lowPeak
      if (++lowSteps >= patience) {
        const next = Math.max(minSize, Math.ceil(lowPeak - tolerance))
        if (next < desired) {
          serving = next
          desired = next
        }
        lowSteps = 0
      }
    } else lowSteps = 0
    slot = slot === lagSteps ? 0 : slot + 1
  }
}

function followRules(input: ReplayInput, start: number, out: Trajectory): void {
  const { load, minSize, maxSize, model } = input
  const { rules, lagSteps } = model
  const arrivals = new Int32Array(lagSteps + 1)
  const persisted = new Int32Array(rules.length)
  let serving = start
  let desired = start
  let quietUntil = 0
  for (let step = 0; step < load.length; step++) {
    const slot = step % (lagSteps + 1)
    serving += arrivals[slot] as number
    arrivals[slot] = 0
    out.serving[step] = serving
    out.billed[step] = desired
    const use = serving > 0 ? Math.min(100, ((load[step] as number) / serving) * 100) : 0
    const rule = firing(rules, persisted, use)
    if (!rule || step < quietUntil) continue
    const next = Math.min(maxSize, Math.max(minSize, desired + changeOf(rule, desired, use)))
    if (next > desired) arrivals[(step + lagSteps) % (lagSteps + 1)] = next - desired
    else if (serving === desired) serving = next
    else continue
    if (next !== desired)
      quietUntil = step + (next > desired ? Math.max(lagSteps, rule.cooldownSteps) : rule.cooldownSteps)
    desired = next
  }
}

/** The first rule whose alarm is on after this step; scaling out comes before scaling in. NaN (a gap) fires nothing. */
function firing(rules: readonly Rule[], persisted: Int32Array, use: number): Rule | undefined {
  let found: Rule | undefined
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index] as Rule
    const beyond = rule.above ? use > rule.thresholdPercent : use < rule.thresholdPercent
    const steps = beyond ? (persisted[index] as number) + 1 : 0
    persisted[index] = steps
    if (steps >= rule.persistSteps && (!found || (rule.above && !found.above))) found = rule
  }
  return found
}

/** Instances to add (negative: remove), as the adjustment type of the policy says. Fractions round away from zero only below one. */
function changeOf(rule: Rule, desired: number, use: number): number {
  const beyond = use - rule.thresholdPercent
  for (const { lowerBound, upperBound, change } of rule.steps) {
    const inside =
      (lowerBound === undefined || beyond >= lowerBound) && (upperBound === undefined || beyond <= upperBound)
    if (!inside) continue
    if (rule.adjustment === 'ExactCapacity') return change - desired
    if (rule.adjustment !== 'PercentChangeInCapacity') return change
    const exact = (desired * change) / 100
    return Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact)
  }
  return 0
}
