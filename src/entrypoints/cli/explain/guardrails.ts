import type { Policy } from '../../../core/model/policy.js'
import type { ExplainDocument } from '../documents/explain.js'

/** The limits that planning and deciding kept to, by the names they have in `.github/trimtab.yml`. */
export function guardrailsOf({
  mode,
  window,
  sizing,
  saving,
  scaleUp,
  cost,
  pullRequests,
}: Policy): ExplainDocument['guardrails'] {
  const settings: readonly (readonly [string, string | number])[] = [
    ['mode', mode],
    ['window.daysBeforeAdvice', `${window.daysBeforeAdvice} days`],
    ['window.minCoveragePercent', `${window.minCoveragePercent} %`],
    ['sizing.demandMargin', `× ${sizing.demandMargin}`],
    ['sizing.strainPercent', `${sizing.strainPercent} %, at most ${sizing.strainSharePercent} % of the steps`],
    ['sizing.zoneLoss', sizing.zoneLoss],
    ['sizing.memoryUnknown', sizing.memoryUnknown],
    ['costThresholds.utilizationThreshold', `${cost.utilizationThreshold} %`],
    ['costThresholds.maxHourlyCost', `$${cost.maxHourlyCost}`],
    ['saving', `at least ${saving.minSharePercent} % and $${saving.minUsdPerMonth} a month`],
    ['saving.minSavingToDisruption', saving.minSavingToDisruption],
    ['scaleUp.maxStepPercent', `${scaleUp.maxStepPercent} %`],
    ['scaleUp.actionsPerDay', scaleUp.actionsPerDay],
    ['pullRequests', `${pullRequests.openLimit} open, ${pullRequests.newPerDay} new a day`],
  ]
  return settings.map(([setting, value]) => ({ setting, value: String(value) }))
}
