import { budgetVerdict } from '../../core/cost/budget.js'
import { isoWeekOf } from '../../core/cost/iso-week.js'
import { ledgerOf, openSavingByGroup, savingsPotential } from '../../core/cost/ledger.js'
import { projectMonth } from '../../core/cost/projection.js'
import { costTrend } from '../../core/cost/trend.js'
import { rank } from '../../core/decision/rank.js'
import type { CostReport } from '../../core/model/cost.js'
import { type Fact, factValue } from '../../core/model/fact.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { dayMs, minuteMs } from '../../core/model/units.js'
import { markerOf } from '../../core/proposal/marker.js'
import { titleOf } from '../../core/proposal/pull-request-page.js'
import { type WeeklyPage, weeklyTitle, weeklyView } from '../../core/proposal/weekly-page.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'
import { announceCost } from '../engine/announce.js'
import type { Pass } from '../pass/pass.js'
import { withLease } from '../with-lease.js'
import { readCosts } from './read-costs.js'

/**
 * Writes the week's cost issue into the home repository: one issue a week, rewritten in place once a day. A projection over the
 * budget is told to the cost topic, once a week.
 */
export async function writeWeeklyIssue(deps: Deps, pass: Pass): Promise<void> {
  const { home } = pass.estate
  const covered = pass.groups.filter(({ policy }) => policy.enableCostOptimization)
  const account = covered[0]?.group.account
  if (!deps.host || !home || account === undefined) return
  const written = `weekly-issue#${home.name}#${pass.at.toISOString().slice(0, 10)}`
  if (await deps.notebook.read(written)) return
  try {
    const costs = await readCosts(deps, account)
    const page = weeklyPage(pass, covered, costs, isoWeekOf(pass.at, home.config?.timeZone ?? 'UTC'))
    await withLease(deps, { name: `weekly-issue#${home.name}`, ttlMs: minuteMs }, async () => {
      if (await deps.notebook.read(written)) return
      await writePage(deps, home.name, page)
      await deps.notebook.write(written, {}, new Date(pass.at.getTime() + 2 * dayMs))
    })
  } catch (error) {
    deps.journal.failure('weekly issue could not be written', error, { repository: home.name })
  }
}

async function writePage(deps: Deps, repository: string, page: WeeklyPage): Promise<void> {
  const body = deps.render('weekly-issue', weeklyView(page))
  const draft = { marker: markerOf('weekly', page.week), title: weeklyTitle(page.week), body, labels: [] }
  await deps.host?.issues.upsert(repository, draft)
  await alertOverBudget(deps, page)
}

function weeklyPage(pass: Pass, groups: readonly GroupAnalysis[], costs: Fact<CostReport>, week: string): WeeklyPage {
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
    sources: sourcesOf(report),
  }
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

async function alertOverBudget(deps: Deps, { projection, week }: WeeklyPage): Promise<void> {
  if (!projection?.overBudget) return
  const told = `cost-alert#${week}`
  if (await deps.notebook.read(told)) return
  const text = `${projection.month} lands at $${projection.usd.toFixed(0)} ± $${projection.plusMinusUsd.toFixed(0)}; the budget is $${projection.budgetUsd.toFixed(0)}.`
  await announceCost(deps, `${projection.month} is projected over the budget`, text)
  await deps.notebook.write(told, {}, new Date(deps.clock.now().getTime() + 14 * dayMs))
}
