import { periodCost, quarterOf } from '../../core/cost/periods.js'
import { costTrend } from '../../core/cost/trend.js'
import { type CostPoint, monthsAfter } from '../../core/model/cost.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { CostSection } from '../../core/proposal/cost-sections.js'
import { type ComparedCost, monthSection, quarterSection } from '../../core/proposal/longer-looks.js'
import type { CostFindings } from './sections-of.js'

/** The last whole month before `running`: its cost, what was merged in it, what was measured. */
export function monthLookOf({ rows, report }: Pick<CostFindings, 'rows' | 'report'>, running: string): CostSection {
  const month = monthsAfter(running, -1)
  const merged = rows.filter(({ change }) => change.mergedAt?.startsWith(month))
  const measured = rows.filter(({ change }) => change.verification?.at.startsWith(month))
  return monthSection({
    month,
    cost: comparedCost(report?.months ?? [], month, 1),
    merged: { changes: merged.length, usd: sum(merged.map(({ monthlyUsd }) => monthlyUsd)) },
    measured: {
      changes: measured.length,
      kept: measured.filter(({ change }) => change.state === 'verified').length,
      usd: sum(measured.map(verifiedUsd)),
    },
  })
}

/** The last whole quarter before `running`, with what the next is planned by. */
export function quarterLookOf({ groups, report }: CostFindings, running: string): CostSection {
  const from = monthsAfter(quarterOf(running), -3)
  const whole = (report?.months ?? []).filter(({ day }) => day.slice(0, 7) < running)
  const trend = costTrend(whole)
  const lastYear = [...whole.slice(-12)].sort((a, b) => a.usd - b.usd).map(({ day }) => day.slice(0, 7))
  const coverable = groups.map(({ commitment }) => (commitment?.kind === 'cover' ? commitment.usdPerHour : 0))
  return quarterSection({
    from,
    cost: comparedCost(whole, from, 3),
    trend: trend && { ...trend, months: trend.points },
    cheapest: lastYear[0],
    dearest: lastYear.at(-1),
    coverableUsdPerHour: sum(coverable),
    groupsReachingMaximum: groups.filter(({ forecast }) => forecast !== undefined).length,
  })
}

function comparedCost(months: readonly CostPoint[], from: string, count: number): ComparedCost {
  const costOf = (first: string) => periodCost(months, first, count).usd
  return { usd: costOf(from), before: costOf(monthsAfter(from, -count)), yearBefore: costOf(monthsAfter(from, -12)) }
}

function verifiedUsd({ change }: Recommendation): number {
  const { savedUsdPerMonth } = change.verification ?? {}
  return savedUsdPerMonth === undefined ? 0 : savedUsdPerMonth
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
