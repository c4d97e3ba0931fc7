import { budgetVerdict } from '../../core/cost/budget.js'
import { ledgerOf, openSavingByGroup, savingsPotential } from '../../core/cost/ledger.js'
import { projectMonth } from '../../core/cost/projection.js'
import { costTrend } from '../../core/cost/trend.js'
import { rank } from '../../core/decision/rank.js'
import type { CostReport } from '../../core/model/cost.js'
import { type Fact, factValue } from '../../core/model/fact.js'
import type { GroupReport } from '../../core/model/group-report.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs } from '../../core/model/units.js'
import { type OwnCost, ownCostInWords } from '../../core/model/usage.js'
import { titleOf } from '../../core/proposal/pull-request-page.js'
import type { WeeklyPage } from '../../core/proposal/weekly-page.js'
import type { Pass } from '../pass/pass.js'
import { sectionsOf } from './sections-of.js'

/** What a page is made from. */
export type CostPass = Pick<Pass<GroupReport>, 'at' | 'estate' | 'groups' | 'recommendations' | 'faults'>

/** The page of a week from one pass: costs of its groups, the account's costs where they are known, the ledger. */
export function weeklyPage(
  pass: CostPass,
  groups: readonly GroupReport[],
  { costs, ownCost, week }: { costs: Fact<CostReport>; ownCost: OwnCost | undefined; week: string },
): WeeklyPage {
  const report = factValue(costs)
  const rows = pass.recommendations
  const identified = openSavingByGroup(rows)
  const monthly = new Map(
    groups.flatMap(({ group, cost }) => (cost ? [[group.groupKey, cost.usdPerMonth] as const] : [])),
  )
  return {
    week,
    thisWeekUsd: weekUsd(groups, pass.at, 0),
    lastWeekUsd: weekUsd(groups, pass.at, 1),
    ...projectionOf(report, groups),
    ledger: ledgerOf(rows),
    potentialPercent: savingsPotential(rows, monthly),
    moves: movesOf(groups, pass),
    daily: report ? report.days.slice(-28) : [],
    groups: groups.map((analysis) => ({
      name: analysis.group.name,
      weekUsd: weekUsd([analysis], pass.at, 0),
      monthUsd: analysis.cost?.usdPerMonth,
      identifiedUsd: identified.get(analysis.group.groupKey),
    })),
    next: rank(rows.filter(({ change }) => ['proposed', 'refused'].includes(change.state))).map((row) => ({
      title: titleOf(row),
      monthlyUsd: row.monthlyUsd,
      ...linkOf(row),
    })),
    blindSpots: blindSpotsOf(pass, groups, costs),
    sections: sectionsOf({ rows, groups, report, week, today: pass.at.toISOString().slice(0, 10) }),
    sources: [...sourcesOf(report), `own cost of Trimtab: ${ownCostInWords(ownCost)}`],
  }
}

/** A move of a group's weekly cost that is worth a word. */
const leastMoveUsd = 5

/** Largest first, with the change that was deployed or applied in the two weeks that are compared. */
function movesOf(groups: readonly GroupReport[], { at, recommendations }: CostPass): WeeklyPage['moves'] {
  const since = new Date(at.getTime() - 14 * dayMs).toISOString()
  const moves = groups.flatMap((analysis) => {
    const now = weekUsd([analysis], at, 0)
    const before = weekUsd([analysis], at, 1)
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

/** A week needs so many hours of record: with fewer it is compared with nothing. */
const fewestHours = 120
const weekHours = 168

/**
 * Dollars of the groups in the seven days that end `weeksBack` weeks before today. The record may begin within a day:
 * its hours stand for the whole week, so that no week looks cheaper for being seen in part. Undefined where no group's
 * record has enough of it.
 */
function weekUsd(groups: readonly GroupReport[], at: Date, weeksBack: number): number | undefined {
  const dayBefore = (days: number) => new Date(at.getTime() - days * dayMs).toISOString().slice(0, 10)
  const [from, until] = [dayBefore(7 * (weeksBack + 1)), dayBefore(7 * weeksBack)]
  const weeks = groups.flatMap(({ cost }) => {
    const days = cost?.days.filter(({ day }) => from <= day && day < until) ?? []
    const hours = days.reduce((sum, day) => sum + day.hours, 0)
    return hours < fewestHours ? [] : [(days.reduce((sum, { usd }) => sum + usd, 0) / hours) * weekHours]
  })
  return weeks.length === 0 ? undefined : weeks.reduce((sum, usd) => sum + usd)
}

function projectionOf(
  report: CostReport | undefined,
  groups: readonly GroupReport[],
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

function blindSpotsOf(pass: CostPass, groups: readonly GroupReport[], costs: Fact<CostReport>): readonly string[] {
  const withoutMemory = groups.filter(
    ({ scored }) =>
      scored.kind === 'scored' && scored.scorecard.factors.some(({ name, missing }) => name === 'memory' && missing),
  )
  const named = (analyses: readonly GroupReport[]) => analyses.map(({ group }) => group.name).join(', ')
  return [
    ...(withoutMemory.length > 0 ? [`no memory metric: ${named(withoutMemory)}`] : []),
    ...pass.groups.flatMap(({ group, scored }) =>
      scored.kind === 'unscored' ? [`no score for ${group.name}: ${scored.why}`] : [],
    ),
    ...pass.groups.flatMap(({ group, codeMissing }) =>
      codeMissing === undefined ? [] : [`no code for ${group.name}: ${codeMissing}`],
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
