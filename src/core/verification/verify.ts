import type { VerificationRecord } from '../model/change.js'
import type { Policy } from '../model/policy.js'
import type { Signals } from '../model/signals.js'
import { hoursPerMonth, type IsoTime } from '../model/units.js'
import { type Comparison, compare } from './compare.js'
import { hoursOfWeek, hoursPerWeek } from './hours-of-week.js'
import { type ChangePromise, responseLimitOf } from './promise.js'
import { summaryOf } from './summary.js'

/** Whole days that must have passed since the deployment. */
export const daysAfterDeployment = 7
/** Share of the hours of the week that must be measured on both sides. */
export const minHoursShare = 0.8
/** Demand that moved further than this, up or down, is another demand: nothing is concluded. */
export const comparableDemandPercent = 50
/** Share of the promise that counts as kept. */
export const keptShare = 0.5

/** One side: its series, and the vCPUs of its instance type where known. */
export interface Observation {
  readonly signals: Signals
  readonly vcpus?: number
}

export interface VerifyInput {
  /** The window before the change was deployed; whole weeks. */
  readonly before: Observation
  /** The window since the deployment. */
  readonly after: Observation
  readonly promise: ChangePromise
  readonly policy: Policy
  readonly at: IsoTime
}

/** The verdict that is stored, and the figures behind it; without figures the verdict is `unclear`. */
export interface Verification {
  readonly record: VerificationRecord
  readonly comparison?: Comparison
}

/**
 * Whether a change kept its promise, by the same hours of the week before and after, corrected for demand. *unclear*
 * until 7 days have passed, with too few shared hours, or with another demand. *regressed*: breach minutes grew by more
 * than `strainSharePercent` of the week, or response time is higher at 95 % and over what was promised (else over 1.2 × and a tenth of the target more).
 * *improved*: at least half of the promised saving, or for a change that costs, fewer breaches or a lower response
 * time. Otherwise *neutral*.
 */
export function verify(input: VerifyInput): Verification {
  const { before, after, policy, at } = input
  const days = (after.signals.window.steps * after.signals.window.periodSeconds) / 86_400
  if (days < daysAfterDeployment)
    return unclear(at, `${Math.floor(days * 24)} of ${daysAfterDeployment * 24} hours have passed since the deployment`)
  const side = ({ signals, vcpus }: Observation) =>
    hoursOfWeek({ signals, vcpus: vcpus ?? 1, responseTimeTargetMs: policy.thresholds.responseTimeTargetMs })
  const sameUnit = (before.vcpus === undefined) === (after.vcpus === undefined)
  const comparison = compare(side(before), side(after), sameUnit)
  if (comparison === undefined || comparison.hours < hoursPerWeek * minHoursShare)
    return unclear(
      at,
      `only ${comparison === undefined ? 'no' : comparison.hours} of ${hoursPerWeek} hours of the week are measured before and after`,
    )
  const verdict = verdictOf(comparison, input)
  const saved = savedUsdOf(comparison, input.promise)
  const summary = summaryOf({ comparison, promise: input.promise, days, policy })
  return { record: { verdict, at, summary, ...(saved !== undefined && { savedUsdPerMonth: saved }) }, comparison }
}

/** Dollars a month against what the old configuration would have cost for the later demand; negative where it costs more. */
export function savedUsdOf(comparison: Comparison, promise: ChangePromise): number | undefined {
  if (promise.usdPerHour === undefined) return undefined
  const { before, after } = promise.usdPerHour
  return (comparison.expectedInstances * before - comparison.instances * after) * hoursPerMonth
}

function verdictOf(comparison: Comparison, { promise, policy }: VerifyInput): VerificationRecord['verdict'] {
  const { demandChangePercent: change } = comparison
  if (change !== undefined && Math.abs(change) > comparableDemandPercent) return 'unclear'
  if (breachesGrew(comparison, policy) || responseGrew(comparison, promise, policy)) return 'regressed'
  if (promise.monthlyUsd > 0) return savingKept(comparison, promise) ? 'improved' : 'neutral'
  const { before, after } = comparison.breachMinutes
  return before - after >= 10 || comparison.response?.difference === 'lower' ? 'improved' : 'neutral'
}

function breachesGrew({ breachMinutes }: Comparison, policy: Policy): boolean {
  const allowed = (policy.sizing.strainSharePercent / 100) * 7 * 24 * 60
  return breachMinutes.after - breachMinutes.before > allowed
}

function responseGrew({ response }: Comparison, promise: ChangePromise, policy: Policy): boolean {
  if (response === undefined || response.difference !== 'higher') return false
  return response.afterMs > responseLimitOf(promise, response.beforeMs, policy.thresholds.responseTimeTargetMs).ms
}

function savingKept(comparison: Comparison, promise: ChangePromise): boolean {
  const saved = savedUsdOf(comparison, promise)
  if (saved !== undefined) return saved >= promise.monthlyUsd * keptShare
  const promised = promise.instanceHoursPercent
  return promised !== undefined && promised < 0 && comparison.instanceHoursPercent <= promised * keptShare
}

function unclear(at: IsoTime, why: string): Verification {
  return { record: { verdict: 'unclear', at, summary: `Not compared: ${why}.` } }
}
