import { isoWeekOf } from '../../core/cost/iso-week.js'
import { dayMs, hourMs, minuteMs } from '../../core/model/units.js'
import { markerOf } from '../../core/proposal/marker.js'
import { type WeeklyPage, weeklyTitle, weeklyView } from '../../core/proposal/weekly-page.js'
import type { Deps } from '../deps.js'
import { announceCost } from '../engine/announce.js'
import { withLease } from '../lease.js'
import { readOwnCost } from '../usage/own-cost.js'
import { readCosts } from './read-costs.js'
import { type CostPass, weeklyPage } from './weekly-page-of.js'

/** A week's issue is written from Monday 06:00 on. */
const issuedAfterMs = 6 * hourMs

/**
 * Writes the week's cost issue into the home repository: one issue a week, rewritten in place once a day, or at once
 * where `again` says so. A projection over the budget is told to the cost topic, once a week.
 */
export async function writeCostIssue(
  deps: Deps,
  pass: CostPass,
  { again = false }: { readonly again?: boolean } = {},
): Promise<void> {
  const { home } = pass.estate
  const covered = pass.groups.filter(({ policy }) => policy.enableCostOptimization)
  const account = covered[0]?.group.account
  if (!deps.host || !home || account === undefined) return
  const written = `weekly-issue#${home.name}#${pass.at.toISOString().slice(0, 10)}`
  if (!again && (await deps.notebook.read(written))) return
  try {
    const [costs, ownCost] = [await readCosts(deps, account), await readOwnCost(deps)]
    const week = weekOf(pass.at, home.config?.timeZone ?? 'UTC')
    const page = weeklyPage(pass, covered, { costs, ownCost, week })
    await withLease(deps, { name: `weekly-issue#${home.name}`, ttlMs: minuteMs }, async () => {
      if (!again && (await deps.notebook.read(written))) return
      await writePage(deps, home.name, page)
      await deps.notebook.write(written, {}, new Date(pass.at.getTime() + 2 * dayMs))
    })
  } catch (error) {
    deps.journal.failure('weekly issue could not be written', error, { repository: home.name })
  }
}

function weekOf(at: Date, timeZone: string): string {
  return isoWeekOf(new Date(at.getTime() - issuedAfterMs), timeZone)
}

async function writePage(deps: Deps, repository: string, page: WeeklyPage): Promise<void> {
  const body = deps.render('weekly-issue', weeklyView(page))
  const draft = { marker: markerOf('weekly', page.week), title: weeklyTitle(page.week), body, labels: [] }
  await deps.host?.issues.upsert(repository, draft)
  await alertOverBudget(deps, page)
}

async function alertOverBudget(deps: Deps, { projection, week }: WeeklyPage): Promise<void> {
  if (!projection?.overBudget) return
  const told = `cost-alert#${week}`
  if (await deps.notebook.read(told)) return
  const text = `${projection.month} lands at $${projection.usd.toFixed(0)} ± $${projection.plusMinusUsd.toFixed(0)}; the budget is $${projection.budgetUsd.toFixed(0)}.`
  await announceCost(deps, `${projection.month} is projected over the budget`, text)
  await deps.notebook.write(told, {}, new Date(deps.clock.now().getTime() + 14 * dayMs))
}
