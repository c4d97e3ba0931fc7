import { isOpen } from '../../core/model/change.js'
import type { Advice, Recommendation } from '../../core/model/recommendation.js'
import { analyseFleet, type Witness } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'
import { decideRecommendations } from '../engine/decide-recommendations.js'
import { readEstate } from '../estate/read-estate.js'
import { draftRecommendation } from './draft-recommendation.js'
import type { Pass } from './pass.js'

/** Gathers, scores, plans, and says what the engine would decide now. Writes nothing anywhere. `witness` sees each group. */
export async function analysePass(deps: Deps, witness?: Witness): Promise<Pass> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  const { analyses, faults } = await analyseFleet(deps, estate, witness)

  const stored = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const recommendations = analyses.flatMap(({ advice }) =>
    advice.map((one) => openOf(stored, one) ?? draftRecommendation(one, at)),
  )
  const decisions = await decideRecommendations(deps, { at, groups: analyses, recommendations })
  return { at, estate, groups: analyses, recommendations, decisions, applied: [], proposed: [], faults }
}

/** The open change that this advice belongs to, with the newest numbers. */
function openOf(stored: readonly Recommendation[], advice: Advice): Recommendation | undefined {
  const open = stored.find(
    (one) => one.groupKey === advice.groupKey && one.property === advice.property && isOpen(one.change.state),
  )
  return open && { ...open, ...advice }
}
