import type { UsdPerMonth } from '../model/units.js'

/** Whether a month keeps its budget. `near` is inside the interval of the projection: no alert yet. */
export interface BudgetVerdict {
  readonly kind: 'under' | 'near' | 'over'
  /** True sends the cost alert: the projection itself is over the budget (DESIGN.md section 5). */
  readonly alert: boolean
  readonly sentence: string
}

/** What of a projection decides. */
export interface ProjectedMonth {
  readonly month: string
  readonly usd: UsdPerMonth
  readonly plusMinusUsd: number
}

/** Holds a projection against the monthly budget (S38). */
export function budgetVerdict(projection: ProjectedMonth, budgetUsd: UsdPerMonth): BudgetVerdict {
  const { month, usd, plusMinusUsd } = projection
  const kind = usd > budgetUsd ? 'over' : usd + plusMinusUsd > budgetUsd ? 'near' : 'under'
  const lands = `${month} lands at ${dollars(usd)} ± ${dollars(plusMinusUsd)}`
  const words = { over: 'over', near: 'within reach of', under: 'under' }
  return { kind, alert: kind === 'over', sentence: `${lands}, ${words[kind]} the budget of ${dollars(budgetUsd)}` }
}

function dollars(usd: number): string {
  return `$${usd.toLocaleString('en-US', { maximumFractionDigits: 0 })}`
}
