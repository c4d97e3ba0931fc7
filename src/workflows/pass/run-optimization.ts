import type { GroupReport } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import { followChanges } from '../engine/follow-changes.js'
import { publishWork } from '../engine/publish-metrics.js'
import { reportConfiguration } from '../engine/report-configuration.js'
import { retireAdvice } from '../engine/retire-advice.js'
import { runEngine } from '../engine/run-engine.js'
import { writeBackApplied } from '../engine/write-back.js'
import type { Estate } from '../estate/estate.js'
import { readEstate } from '../estate/read-estate.js'
import { leftUndone, stoppedOnce, timeIsUp } from '../time-up.js'
import type { Applied, DecidedGroup, ProposedPage } from './pass.js'
import { turnsOf } from './turns-of.js'

/** What deciding and acting came to. */
export interface Optimization {
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Decides, acts and verifies on what the table holds: changes under way are followed first, then the advice of the
 * newest reports is decided on. Safe to run twice, twice at once, or again after a crash anywhere.
 */
export async function runOptimization(deps: Deps): Promise<Optimization> {
  const estate = await readEstate(deps, deps.homeRepository)
  await reportConfiguration(deps, estate)
  const followed = await followChanges(deps, estate)

  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const decided = await optimize(deps, estate, await reportsWithAdvice(deps, rows), rows)

  const faults = stoppedOnce([...followed.faults, ...decided.faults])
  const done: Optimization = { ...decided, applied: [...followed.applied, ...decided.applied], faults }
  await publishWork(deps, { at: deps.clock.now(), estate, ...done, recommendations: rows })
  return done
}

/** Advice that has gone is retired, the rest decided and acted on, and live changes are written back to the code. */
export async function optimize(
  deps: Deps,
  estate: Estate,
  reports: readonly GroupReport[],
  rows: readonly Recommendation[],
): Promise<Optimization> {
  if (timeIsUp(deps)) return { ...nothing, faults: [leftUndone('nothing was decided')] }
  const retired = await retireAdvice(deps, reports)
  const { turns, held } = await turnsOf(deps, estate, reports, rows)
  const engine = await runEngine(deps, turns, rows)
  const writtenBack = timeIsUp(deps) ? nothing : await writeBackApplied(deps, estate)
  return {
    decisions: [...engine.decisions, ...held],
    applied: engine.applied,
    proposed: [...engine.proposed, ...writtenBack.proposed],
    faults: [...retired, ...engine.faults, ...writtenBack.faults],
  }
}

const nothing = { decisions: [], applied: [], proposed: [], faults: [] } as const

/** Of a large fleet only the reports that matter here are held: those with advice, or with a change that may have to end. */
async function reportsWithAdvice(deps: Deps, rows: readonly Recommendation[]): Promise<readonly GroupReport[]> {
  const open = new Set(rows.filter(({ status }) => status === 'PENDING').map(({ groupKey }) => groupKey))
  const kept: GroupReport[] = []
  for await (const report of deps.reports.all())
    if ((report.advised ?? []).length > 0 || open.has(report.group.groupKey)) kept.push(report)
  return kept.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1))
}
