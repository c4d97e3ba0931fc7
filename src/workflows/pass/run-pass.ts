import { analyseFleet } from '../analyse/analyse-fleet.js'
import { writeWeeklyIssue } from '../cost/write-weekly-issue.js'
import type { Deps } from '../deps.js'
import { quietDecisions } from '../engine/decide-recommendations.js'
import { followChanges } from '../engine/follow-changes.js'
import { publishMetrics } from '../engine/publish-metrics.js'
import { reportConfiguration } from '../engine/report-configuration.js'
import { retireAdvice } from '../engine/retire-advice.js'
import { runEngine } from '../engine/run-engine.js'
import { writeBackApplied } from '../engine/write-back.js'
import { readEstate } from '../estate/read-estate.js'
import type { Pass } from './pass.js'
import { recordAdvice } from './record-pass.js'

/**
 * One scheduled pass: gather, score, plan, record, decide, act, verify. What an earlier pass left half-done is finished
 * first. Safe to run twice, twice at once, or again after a crash anywhere.
 */
export async function runPass(deps: Deps): Promise<Pass> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  await reportConfiguration(deps, estate)
  const { analyses, faults } = await analyseFleet(deps, estate)
  const found = { at, groups: analyses }

  const followed = await followChanges(deps, analyses)
  const recorded = await recordAdvice(deps, found)
  const unrecorded = recorded.faults.map(({ scope }) => scope)
  const retired = await retireAdvice(deps, analyses, recorded.recommendations, unrecorded)
  const engine = await runEngine(deps, found, recorded.recommendations)
  const writtenBack = await writeBackApplied(deps, analyses)

  const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const pass: Pass = {
    at,
    estate,
    groups: analyses,
    recommendations,
    decisions: [...engine.decisions, ...quietDecisions(analyses, recorded.recommendations)],
    applied: [...followed.applied, ...engine.applied],
    proposed: [...engine.proposed, ...writtenBack.proposed],
    faults: [...faults, ...followed.faults, ...recorded.faults, ...retired, ...engine.faults, ...writtenBack.faults],
  }
  await publishMetrics(deps, pass)
  await writeWeeklyIssue(deps, pass)
  return pass
}
