import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../deps.js'
import { announceRecommendation } from '../engine/announce.js'
import type { Pass } from './pass.js'

/** Stores the pass's advice, one row for one advice; a new one is announced. Returns the stored rows. */
export async function recordPass(deps: Deps, pass: Pick<Pass, 'at' | 'groups'>): Promise<readonly Recommendation[]> {
  const rows: Recommendation[] = []
  for (const { advice } of pass.groups) {
    for (const one of advice) {
      const recorded = await deps.recommendations.record(one, pass.at)
      if (recorded.kind === 'new') await announceRecommendation(deps, recorded.recommendation)
      rows.push(recorded.recommendation)
    }
  }
  return rows
}
