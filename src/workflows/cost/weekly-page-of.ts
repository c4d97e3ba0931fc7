import { budgetVerdict } from '../../core/cost/budget.js'
import { ledgerOf, openSavingByGroup, savingsPotential } from '../../core/cost/ledger.js'
import { projectMonth } from '../../core/cost/projection.js'
import { costTrend } from '../../core/cost/trend.js'
import { rank } from '../../core/decision/rank.js'
import type { CostReport } from '../../core/model/cost.js'
import { type Fact, factValue } from '../../core/model/fact.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import { titleOf } from '../../core/proposal/pull-request-page.js'
import type { WeeklyPage } from '../../core/proposal/weekly-page.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Pass } from '../pass/pass.js'
import { sectionsOf } from './sections-of.js'

/** The page of a week from one pass: costs of its groups, the account's costs where they are known, the ledger. */
export function weeklyPage(
  pass: Pass,
  groups: readonly GroupAnalysis[],
  costs: Fact<CostReport>,
  week: string,
): WeeklyPage {
  const report = factValue(costs)
  const rows = pass.recommendations
  const identified = openSavingByGroup(rows)
  const monthly = new Map(
    groups.flatMap(({ group, cost }) => (cost ? [[group.groupKey, cost.usdPerMonth] as const] : [])),
  )
  return {
    week,
    thisWeekUsd: sumOfDays(groups, pass.at, 7, 0),
    lastWeekUsd: sumOfDays(groups, pass.at, 7, 7),
    ...projectionOf(report, groups),
    ledger: ledgerOf(rows),
    potentialPercent: savingsPotential(rows, monthly),
    moves: movesOf(groups, pass),
    daily: report ? report.days.slice(-28) : [],
    groups: groups.map((analysis) => ({
      name: analysis.group.name,
      weekUsd: sumOfDays([analysis], pass.at, 7, 0),
      monthUsd: analysis.cost?.usdPerMonth,
      identifiedUsd: identified.get(analysis.group.groupKey),
    })),
    next: rank(rows.filter(({ change }) => ['proposed', 'refused'].includes(change.state))).map((row) => ({
      title: titleOf(row),
      monthlyUsd: row.monthlyUsd,
      ...linkOf(row),
    })),
    blindSpots: blindSpotsOf(pass, groups, costs),
    sections: sectionsOf({ rows, groups, report, week }),
    sources: sourcesOf(report),
  }
}

/** A move of a group's weekly cost that is worth a word. */
const leastMoveUsd = 5

/** Largest first, with the change that was deployed or applied in the two weeks that are compared. */
function movesOf(groups: readonly GroupAnalysis[], { at, recommendations }: Pass): WeeklyPage['moves'] {
  const since = new Date(at.getTime() - 14 * dayMs).toISOString()
  const moves = groups.flatMap((analysis) => {
    const now = sumOfDays([analysis], at, 7, 0)
    const before = sumOfDays([analysis], at, 7, 7)
    if (now === undefined || before === undefined || Math.abs(now - before) < leastMoveUsd) return []
    const ours = recommendations.find(
      ({ groupKey, change }) =>
        groupKey === analysis.group.groupKey &&
        (change.deployedAt ?? (change.state === 'applied' ? change.application?.resultAt : undefined) ?? '') > since,
    )
    const change = ours && { change: { title: titleOf(ours), ...linkOf(ours) } }
    return [{ name: analysis.group.name, usd: now - before, ...change }]
  })
  return moves.sort((a, b) => Math.abs(b.usd) - Math.abs(a.usd))
}

/** The page of a change, which may be in another repository than the weekly issue. */
function linkOf({ change }: Recommendation): { readonly link?: string } {
  const page = change.pullRequest ?? change.issue
  return page ? { link: `${page.repository}#${page.number}` } : {}
}

/** Dollars of the groups in `days` days that end `back` days before now; undefined when a group's are unknown for all. */
function sumOfDays(groups: readonly GroupAnalysis[], at: Date, days: number, back: number): number | undefined {
  const until = new Date(at.getTime() - back * dayMs).toISOString().slice(0, 10)
  const from = new Date(at.getTime() - (back + days) * dayMs).toISOString().slice(0, 10)
  const points = groups.flatMap(({ cost }) => cost?.days.filter(({ day }) => from <= day && day < until) ?? [])
  return points.length === 0 ? undefined : points.reduce((sum, { usd }) => sum + usd, 0)
}

function projectionOf(
  report: CostReport | undefined,
  groups: readonly GroupAnalysis[],
): Pick<WeeklyPage, 'projection' | 'trend'> {
  const projected = report && projectMonth(report.days, report.settledUntil)
  const trend = report && costTrend(report.days, report.settledUntil)
  const budgetUsd = [...new Map(groups.map(({ policy }) => [policy.environment, policy])).values()].reduce(
    (sum, policy: Policy) => sum + policy.cost.monthlyBudget,
    0,
  )
  return {
    ...(projected && {
      projection: { ...projected, budgetUsd, overBudget: budgetVerdict(projected, budgetUsd).alert },
    }),
    ...(trend && { trend: `${trend.direction}, ${trend.percentPer30Days.toFixed(0)} % over 30 days` }),
  }
}

function blindSpotsOf(pass: Pass, groups: readonly GroupAnalysis[], costs: Fact<CostReport>): readonly string[] {
  const withoutMemory = groups.filter(
    ({ scored }) =>
      scored.kind === 'scored' && scored.scorecard.factors.some(({ name, missing }) => name === 'memory' && missing),
  )
  const named = (analyses: readonly GroupAnalysis[]) => analyses.map(({ group }) => group.name).join(', ')
  return [
    ...(withoutMemory.length > 0 ? [`no memory metric: ${named(withoutMemory)}`] : []),
    ...pass.groups.flatMap(({ group, scored }) =>
      scored.kind === 'unscored' ? [`no score for ${group.name}: ${scored.why}`] : [],
    ),
    ...pass.groups.flatMap(({ group, code }) =>
      code.kind === 'missing' ? [`no code for ${group.name}: ${code.why}`] : [],
    ),
    ...pass.estate.unreadable.map(({ repository, why }) => `${repository} could not be read: ${why}`),
    ...pass.faults.map(({ scope, error }) => `${scope}: ${error.message}`),
    ...(costs.kind === 'unknown' ? [`Cost Explorer: ${costs.why}`] : []),
  ]
}

function sourcesOf(report: CostReport | undefined): readonly string[] {
  return [
    "a group's cost is its instance-hours × on-demand price, from its own metrics; discounts are not taken off",
    ...(report
      ? [
          `the account's cost is Cost Explorer's (${report.filter}), settled until ${report.settledUntil}, read ${report.readAt}`,
        ]
      : []),
    'a month is 730 hours; the ledger counts the largest of overlapping savings of a group once',
  ]
}
