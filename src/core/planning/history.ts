import { type Hold, hold } from '../model/hold.js'
import type { Policy } from '../model/policy.js'
import type { Demand } from './demand.js'

/** Whether the record is long and whole enough for advice on cost; counted from the first step with demand. */
export function historyHold(demand: Demand, { window }: Pick<Policy, 'window'>): Hold | undefined {
  const { vcpus, span, knownSteps } = demand
  const first = vcpus.findIndex((value) => !Number.isNaN(value))
  const last = vcpus.findLastIndex((value) => !Number.isNaN(value))
  const days = Math.floor(((last - first + 1) * span.periodSeconds) / 86_400)
  if (days < window.daysBeforeAdvice) {
    return hold('short-history', `${days} full days of ${window.daysBeforeAdvice}`)
  }
  const coverage = (knownSteps / (span.steps - first)) * 100
  if (coverage < window.minCoveragePercent) {
    return hold(
      'low-coverage',
      `${coverage.toFixed(1)} % of the steps have demand, ${window.minCoveragePercent} % are needed`,
    )
  }
  return undefined
}
