import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysedBatch } from '../analyse/analyse-in-batches.js'
import type { Deps } from '../deps.js'
import { announceRecommendation } from '../engine/announce.js'
import { inputsOf } from '../inputs/inputs-of.js'
import { noteInputs } from '../inputs/note-inputs.js'
import { packInputs } from '../inputs/pack-inputs.js'

export type Analysed = AnalysedBatch['analysed'][number]

/**
 * Stores the advice of one group, one row for one advice; a new one is announced. What it rests on is noted beside it.
 * Throws where a row could not be stored; doing it again stores what is missing.
 */
export async function recordAdvice(
  deps: Deps,
  at: Date,
  { analysis, basis }: Analysed,
): Promise<readonly Recommendation[]> {
  const { policy, advice } = analysis
  const rows: Recommendation[] = []
  for (const one of advice) {
    const { kind, recommendation } = await deps.recommendations.record(one, at)
    if (kind === 'new') await announceRecommendation(deps, recommendation)
    rows.push(recommendation)
    const { windowEndAt } = one.evidence
    const packed = () => packInputs(inputsOf(analysis, basis, at))
    await noteInputs(deps, { recommendation, windowEndAt, packed, policy, at })
  }
  return rows
}
