import { hold } from '../../core/model/hold.js'
import { analyseFleet, type GroupAnalysis } from '../analyse/analyse-fleet.js'
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
import { inputsWitness } from '../inputs/inputs-witness.js'
import { isLeftUndone, leftUndone, timeIsUp } from '../time-up.js'
import type { Applied, Pass } from './pass.js'
import { recordAdvice } from './record-pass.js'

/**
 * One scheduled pass: gather, score, plan, record, decide, act, verify. What an earlier pass left half-done is finished
 * first. Safe to run twice, twice at once, or again after a crash anywhere.
 */
export async function runPass(deps: Deps): Promise<Pass> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  await reportConfiguration(deps, estate)
  const { inputs, witness } = inputsWitness(at)
  const { analyses, faults } = await analyseFleet(deps, estate, witness)
  if (timeIsUp(deps)) return stoppedEarly(deps, { at, estate, groups: analyses, faults })

  const followed = await followChanges(deps, analyses)
  const groups = withoutOutdated(analyses, followed.applied)
  const recorded = await recordAdvice(deps, { at, groups }, inputs)
  const unrecorded = recorded.faults.map(({ scope }) => scope)
  // A pass that was stopped half-way knows only a part of its advice: nothing is retired, reported or published on it.
  const retired = timeIsUp(deps) ? [] : await retireAdvice(deps, groups, recorded.recommendations, unrecorded)
  const engine = await runEngine(deps, { groups }, recorded.recommendations)
  const writtenBack = timeIsUp(deps) ? nothingWritten : await writeBackApplied(deps, groups)

  const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const pass: Pass = {
    at,
    estate,
    groups,
    recommendations,
    decisions: [...engine.decisions, ...quietDecisions(groups.filter(isQuiet), recorded.recommendations)],
    applied: [...followed.applied, ...engine.applied],
    proposed: [...engine.proposed, ...writtenBack.proposed],
    faults: [...faults, ...followed.faults, ...recorded.faults, ...retired, ...engine.faults, ...writtenBack.faults],
  }
  if (timeIsUp(deps)) return withLeftUndone(pass, 'no metrics were published and no weekly issue was written')
  await publishMetrics(deps, pass)
  await writeWeeklyIssue(deps, pass)
  return pass
}

/** A group whose advice was not recorded has no decision at all: it is not well-sized for that. */
function isQuiet({ advice }: GroupAnalysis): boolean {
  return advice.length === 0
}

const nothingWritten = { proposed: [], faults: [] } as const

/** A pass that was stopped before anything was recorded or done. */
async function stoppedEarly(deps: Deps, found: Pick<Pass, 'at' | 'estate' | 'groups' | 'faults'>): Promise<Pass> {
  const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const pass = { ...found, recommendations, decisions: [], applied: [], proposed: [] }
  return withLeftUndone(pass, 'nothing was recorded or done')
}

/** Says what was left, unless an earlier step has said more. */
function withLeftUndone(pass: Pass, what: string): Pass {
  return pass.faults.some(isLeftUndone) ? pass : { ...pass, faults: [...pass.faults, leftUndone(what)] }
}

/** A group whose live change was settled only now was analysed as it was before: its advice waits for the next pass. */
function withoutOutdated(analyses: readonly GroupAnalysis[], settled: readonly Applied[]): readonly GroupAnalysis[] {
  const outdated = new Set(settled.map(({ groupKey }) => groupKey))
  const why = hold('change-in-flight', 'an earlier live change ended in this pass; the next one judges the group anew')
  return analyses.map((analysis) =>
    outdated.has(analysis.group.groupKey) ? { ...analysis, advice: [], hold: why } : analysis,
  )
}
