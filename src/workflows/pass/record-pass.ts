import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'
import { announceRecommendation } from '../engine/announce.js'
import { type InputsByGroup, noteInputs } from '../inputs/note-inputs.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import type { Pass } from './pass.js'

export interface RecordedPass {
  readonly recommendations: readonly Recommendation[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Stores the pass's advice, one row for one advice; a new one is announced. A group whose advice could not be stored
 * is a fault, and the others go on. What the advice rests on is noted where it is given.
 */
export async function recordAdvice(
  deps: Deps,
  pass: Pick<Pass, 'at' | 'groups'>,
  inputs: InputsByGroup = new Map(),
): Promise<RecordedPass> {
  const recommendations: Recommendation[] = []
  const faults: AnalysisFault[] = []
  for (const [index, { group, policy, advice }] of pass.groups.entries()) {
    if (timeIsUp(deps)) {
      const left = pass.groups.length - index
      return { recommendations, faults: [...faults, leftUndone(`the advice of ${left} groups was not recorded`)] }
    }
    try {
      for (const one of advice) {
        const recorded = await deps.recommendations.record(one, pass.at)
        if (recorded.kind === 'new') await announceRecommendation(deps, recorded.recommendation)
        recommendations.push(recorded.recommendation)
        const packed = inputs.get(group.groupKey)
        const { recommendation } = recorded
        if (packed) await noteInputs(deps, { recommendation, packed, policy, at: pass.at })
      }
    } catch (error) {
      faults.push({ scope: group.groupKey, error: error instanceof Error ? error : new Error(String(error)) })
      deps.journal.failure('advice could not be recorded', error, { scope: group.groupKey })
    }
  }
  return { recommendations, faults }
}

/** The same for a caller that wants all of it or a fault: the first fault is thrown, after the others were stored. */
export async function recordPass(
  deps: Deps,
  pass: Pick<Pass, 'at' | 'groups'>,
  inputs?: InputsByGroup,
): Promise<readonly Recommendation[]> {
  const { recommendations, faults } = await recordAdvice(deps, pass, inputs)
  const [fault] = faults
  if (fault) throw fault.error
  return recommendations
}
