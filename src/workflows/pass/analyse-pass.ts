import { isOpen } from '../../core/model/change.js'
import type { GroupReport } from '../../core/model/group-report.js'
import type { Advice, Recommendation } from '../../core/model/recommendation.js'
import { analyseFleet } from '../analyse/analyse-fleet.js'
import type { GroupAnalysis, Witness } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import { decideRecommendations, quietDecision } from '../engine/decide-recommendations.js'
import { readEstate } from '../estate/read-estate.js'
import { draftRecommendation } from './draft-recommendation.js'
import type { Pass } from './pass.js'
import { runPerformance } from './run-performance.js'
import { turnsOf } from './turns-of.js'

/** Gathers, scores, plans, and says what the engine would decide now. Writes nothing anywhere. `witness` sees each group. */
export async function analysePass(deps: Deps, witness?: Witness): Promise<Pass<GroupAnalysis>> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  const { analyses: groups, faults } = await analyseFleet(deps, estate, witness)

  const stored = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const turns = groups.flatMap((analysis) =>
    analysis.advice.map((one) => ({
      recommendation: openOf(stored, one) ?? draftRecommendation(one, at),
      placed: analysis,
    })),
  )
  const quiet = groups.filter(({ advice }) => advice.length === 0).map(quietDecision)
  const decisions = [...(await decideRecommendations(deps, at, turns)), ...quiet]
  const recommendations = turns.map(({ recommendation }) => recommendation)
  return { at, estate, groups, recommendations, decisions, applied: [], proposed: [], faults }
}

/** The same with its advice recorded: the stored rows in place of drafts. Nothing is decided for good, and nothing done. */
export async function recordPass(deps: Deps): Promise<Pass<GroupReport>> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  const { reports: groups, recommendations, faults } = await runPerformance(deps, estate)
  const { turns, held } = await turnsOf(deps, estate, groups, recommendations)
  const quiet = groups.filter(({ advised }) => advised?.length === 0).map(quietDecision)
  const decisions = [...(await decideRecommendations(deps, at, turns)), ...held, ...quiet]
  return { at, estate, groups, recommendations, decisions, applied: [], proposed: [], faults }
}

/** The open change that this advice belongs to, with the newest numbers. */
function openOf(stored: readonly Recommendation[], advice: Advice): Recommendation | undefined {
  const open = stored.find(
    (one) => one.groupKey === advice.groupKey && one.property === advice.property && isOpen(one.change.state),
  )
  return open && { ...open, ...advice }
}
