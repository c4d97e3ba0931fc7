import type { GroupReport } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { writeCostIssue } from '../cost/write-cost-issue.js'
import type { Deps } from '../deps.js'
import { quietDecision } from '../engine/decide-recommendations.js'
import { followChanges } from '../engine/follow-changes.js'
import { publishCosts, publishScores, publishWork } from '../engine/publish-metrics.js'
import { reportConfiguration } from '../engine/report-configuration.js'
import { readEstate } from '../estate/read-estate.js'
import { isLeftUndone, leftUndone, stoppedOnce, timeIsUp } from '../time-up.js'
import type { Pass } from './pass.js'
import { optimize } from './run-optimization.js'
import { runPerformance } from './run-performance.js'

/**
 * One scheduled pass in one process: what earlier passes began is followed first, then every group is analysed and its
 * advice recorded, then decided and acted on, then told. Safe to run twice, twice at once, or again after a crash anywhere.
 */
export async function runPass(deps: Deps): Promise<Pass<GroupReport>> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  await reportConfiguration(deps, estate)
  const followed = await followChanges(deps, estate)

  const performance = await runPerformance(deps, estate)
  const advised = newestOf(await allRows(deps), performance.recommendations)
  const done = await optimize(deps, estate, performance.reports, advised)

  const pass: Pass<GroupReport> = {
    at,
    estate,
    groups: performance.reports,
    recommendations: await allRows(deps),
    decisions: [...done.decisions, ...performance.reports.filter(isQuiet).map(quietDecision)],
    applied: [...followed.applied, ...done.applied],
    proposed: done.proposed,
    faults: stoppedOnce([...followed.faults, ...performance.faults, ...done.faults]),
  }
  if (timeIsUp(deps)) return withLeftUndone(pass, 'no metrics were published and no weekly issue was written')
  await publish(deps, pass)
  await writeCostIssue(deps, pass)
  return pass
}

/** A group whose advice was not recorded has no decision at all: it is not well-sized for that. */
function isQuiet({ advised }: GroupReport): boolean {
  return advised?.length === 0
}

async function publish(deps: Deps, pass: Pass<GroupReport>): Promise<void> {
  await publishScores(deps, pass.at, pass.groups, pass.recommendations)
  await publishCosts(deps, pass.at, pass.groups, pass.recommendations)
  await publishWork(deps, pass)
}

function allRows(deps: Pick<Deps, 'recommendations'>): Promise<readonly Recommendation[]> {
  return deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
}

/** The listed rows; an index may lag behind what this run has just recorded. */
function newestOf(listed: readonly Recommendation[], recorded: readonly Recommendation[]): readonly Recommendation[] {
  const rows = new Map(listed.map((row) => [row.id, row]))
  for (const row of recorded) {
    const known = rows.get(row.id)
    if (!known || known.revision < row.revision) rows.set(row.id, row)
  }
  return [...rows.values()]
}

/** Says what was left, unless an earlier step has said more. */
function withLeftUndone(pass: Pass<GroupReport>, what: string): Pass<GroupReport> {
  return pass.faults.some(isLeftUndone) ? pass : { ...pass, faults: [...pass.faults, leftUndone(what)] }
}
