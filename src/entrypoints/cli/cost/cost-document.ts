import { budgetVerdict } from '../../../core/cost/budget.js'
import { openSavingByGroup, savingsPotential } from '../../../core/cost/ledger.js'
import { projectMonth } from '../../../core/cost/projection.js'
import { costTrend } from '../../../core/cost/trend.js'
import { isOpen } from '../../../core/model/change.js'
import type { CostReport } from '../../../core/model/cost.js'
import { type Fact, factValue } from '../../../core/model/fact.js'
import type { Pass } from '../../../workflows/pass/pass.js'
import type { CostDocument } from '../documents/cost.js'
import { rounded } from '../documents/document.js'
import { faultRow, recommendationRow } from '../pass-document.js'

export interface CostFound {
  readonly environment: string | undefined
  readonly pass: Pick<Pass, 'groups' | 'recommendations' | 'faults'>
  /** Cost Explorer's view of the account of the groups. */
  readonly costs: Fact<CostReport>
}

/** What `cost` prints: the groups' own cost, where the account's month lands, and what is to be saved. */
export function costDocument({ environment, pass, costs }: CostFound): CostDocument {
  const { groups, recommendations } = pass
  const monthly = new Map(
    groups.flatMap(({ group, cost }) => (cost ? [[group.groupKey, cost.usdPerMonth] as const] : [])),
  )
  const open = openSavingByGroup(recommendations)
  const potential = savingsPotential(recommendations, monthly)
  const rows = groups.map(({ group: { groupKey, environment: its } }) => ({
    groupKey,
    environment: its,
    monthlyUsd: usd(monthly.get(groupKey)),
    openSavingUsd: usd(open.get(groupKey)),
  }))
  const unpriced = groups.filter(({ cost }) => !cost).map(({ group }) => group.name)
  return {
    environment: environment ?? null,
    monthlyUsd: monthly.size === 0 ? null : usd([...monthly.values()].reduce((sum, value) => sum + value)),
    potentialPercent: potential === undefined ? null : rounded(potential, 1),
    groups: rows.sort((a, b) => (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1)),
    account: accountOf(costs, groups),
    savings: recommendations
      .filter(({ monthlyUsd, change }) => monthlyUsd > 0 && isOpen(change.state))
      .map(recommendationRow)
      .sort((a, b) => b.monthlyUsd - a.monthlyUsd),
    missing: [
      ...(unpriced.length > 0 ? [`price or instances in service are unknown: ${unpriced.join(', ')}`] : []),
      ...(costs.kind === 'unknown' ? [`Cost Explorer: ${costs.why}`] : []),
    ],
    faults: pass.faults.map(faultRow),
  }
}

function accountOf(costs: Fact<CostReport>, groups: CostFound['pass']['groups']): CostDocument['account'] {
  const report = factValue(costs)
  const projection = report && projectMonth(report.days, report.settledUntil)
  if (!report || !projection) return null
  const budgets = new Map(groups.map(({ policy }) => [policy.environment, policy.cost.monthlyBudget]))
  const budgetUsd = [...budgets.values()].reduce((sum, budget) => sum + budget, 0)
  const trend = costTrend(report.days, report.settledUntil)
  return {
    month: projection.month,
    projectedUsd: rounded(projection.usd, 2),
    plusMinusUsd: rounded(projection.plusMinusUsd, 2),
    budgetUsd,
    overBudget: budgetVerdict(projection, budgetUsd).alert,
    trend: trend ? `${trend.direction}, ${trend.percentPer30Days.toFixed(0)} % over 30 days` : null,
    settledUntil: report.settledUntil,
    filter: report.filter,
    readAt: report.readAt,
  }
}

function usd(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value, 2)
}
