import type { Policy } from '../model/policy.js'
import type { Comparison } from './compare.js'
import { type ChangePromise, responseLimitOf } from './promise.js'

export interface SummaryInput {
  readonly comparison: Comparison
  readonly promise: ChangePromise
  readonly days: number
  readonly policy: Policy
}

/**
 * The measured result in one paragraph of plain text (PAGES.md section 5), e.g. `Same hours of the week, 7 days:
 * instance-hours −28.1 % (promised −29.1 %), breach minutes a week 0 → 0, P90 response 181 → 184 ms (no difference at
 * 95 %). Demand was 3.0 % higher; corrected.`
 */
export function summaryOf({ comparison, promise, days, policy }: SummaryInput): string {
  const promised =
    promise.instanceHoursPercent === undefined ? '' : ` (promised ${signed(promise.instanceHoursPercent)} %)`
  const { before, after } = comparison.breachMinutes
  const parts = [
    `instance-hours ${signed(comparison.instanceHoursPercent)} %${promised}`,
    `breach minutes a week ${before.toFixed(0)} → ${after.toFixed(0)}`,
    responseWords(comparison, promise, policy),
  ]
  return `Same hours of the week, ${Math.floor(days)} days: ${parts.join(', ')}. ${demandWords(comparison)}`
}

function responseWords({ response }: Comparison, promise: ChangePromise, { thresholds }: Policy): string {
  if (response === undefined) return 'response time not measured'
  const { beforeMs, afterMs, difference } = response
  const words = { none: 'no difference', higher: 'higher', lower: 'lower' }[difference]
  const limit = responseLimitOf(promise, beforeMs, thresholds.responseTimeTargetMs)
  const judged = difference === 'higher' ? `, ${limitWords(afterMs, limit)}` : ''
  return `P90 response ${beforeMs.toFixed(0)} → ${afterMs.toFixed(0)} ms (${words} at 95 %${judged})`
}

function limitWords(afterMs: number, { ms, promised }: ReturnType<typeof responseLimitOf>): string {
  return `${afterMs > ms ? 'over' : 'within'} the ${promised ? 'promised' : 'limit of'} ${ms.toFixed(0)} ms`
}

function demandWords({ demandChangePercent: change, demandFrom }: Comparison): string {
  if (change === undefined) return 'Demand is unknown on one side; not corrected.'
  if (Math.abs(change) < 0.5) return `Demand was the same, by ${demandFrom}.`
  return `Demand was ${Math.abs(change).toFixed(1)} % ${change > 0 ? 'higher' : 'lower'}, by ${demandFrom}; corrected.`
}

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(1)
  return digits === '0.0' ? '0.0' : `${value < 0 ? '−' : '+'}${digits}`
}
