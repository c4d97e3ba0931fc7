import type { CostLine } from '../model/cost.js'
import type { Percent } from '../model/units.js'

export interface BreakdownLine extends CostLine {
  /** Share of all charges; undefined for credits and where nothing was charged. */
  readonly sharePercent: Percent | undefined
}

/**
 * The largest charges first, the rest in one line `other (n)`; credits come last and have no share.
 * The lines always add up to the same sum.
 */
export function breakdownOf(lines: readonly CostLine[], limit = 10): readonly BreakdownLine[] {
  const charged = lines.reduce((sum, line) => sum + Math.max(line.usd, 0), 0)
  const sorted = [...lines].sort((a, b) => b.usd - a.usd || (a.name < b.name ? -1 : 1))
  const charges = sorted.filter((line) => line.usd >= 0)
  const credits = sorted.filter((line) => line.usd < 0)
  const rest = charges.slice(limit)
  const other: CostLine = { name: `other (${rest.length})`, usd: rest.reduce((sum, line) => sum + line.usd, 0) }
  return [...charges.slice(0, limit), ...(rest.length > 0 ? [other] : []), ...credits].map((line) => ({
    ...line,
    sharePercent: line.usd < 0 || charged === 0 ? undefined : (line.usd / charged) * 100,
  }))
}
