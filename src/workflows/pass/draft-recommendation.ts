import { changeIdOf, recommendationIdOf } from '../../core/model/identity.js'
import type { Advice, Recommendation } from '../../core/model/recommendation.js'

/** Advice as it would be stored if it were new: for looking only, nothing is written. */
export function draftRecommendation(advice: Advice, at: Date): Recommendation {
  const changeId = changeIdOf(advice.groupKey, advice.property, 1)
  return {
    ...advice,
    id: recommendationIdOf(advice.type, changeId),
    timestamp: at.toISOString(),
    updatedAt: at.toISOString(),
    changeId,
    generation: 1,
    revision: 1,
    status: 'PENDING',
    change: { state: 'recorded' },
  }
}
