import type { Comparison } from './compare.js'
import type { ChangePromise } from './promise.js'

export interface SummaryInput {
  readonly comparison: Comparison
  readonly promise: ChangePromise
  readonly days: number
}

/**
 * The measured result in one paragraph of plain text (PAGES.md section 5), e.g. `Same hours of the week, 7 days:
 * instance-hours −28.1 % (promised −29.1 %), breach minutes a week 0 → 0, P90 response 181 → 184 ms (no difference at
 * 95 %). Demand was 3.0 % higher; corrected.`
 */
export function summaryOf({ comparison, promise, days }: SummaryInput): string {
  const promised =
    promise.instanceHoursPercent === undefined ? '' : ` (promised ${signed(promise.instanceHoursPercent)} %)`
  const { before, after } = comparison.breachMinutes
  const parts = [
    `instance-hours ${signed(comparison.instanceHoursPercent)} %${promised}`,
    `breach minutes a week ${before.toFixed(0)} → ${after.toFixed(0)}`,
    responseWords(comparison),
  ]
  return `Same hours of the week, ${Math.floor(days)} days: ${parts.join(', ')}. ${demandWords(comparison)}`
}

function responseWords({ response }: Comparison): string {
  if (response === undefined) return 'response time not measured'
  const difference = { none: 'no difference at 95 %', higher: 'higher at 95 %', lower: 'lower at 95 %' }
  return `P90 response ${response.beforeMs.toFixed(0)} → ${response.afterMs.toFixed(0)} ms (${difference[response.difference]})`
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
