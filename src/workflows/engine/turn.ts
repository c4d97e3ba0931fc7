import { TrimtabError } from '../../core/model/errors.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { type AnalysisFault, faultOf } from '../analyse/group-analysis.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import type { Deps } from '../deps.js'

/** One recommendation with the group it is about. */
export interface Turn {
  readonly recommendation: Recommendation
  readonly placed: PlacedGroup
}

/**
 * What a turn that failed leaves in the pass, told in the journal; the others go on. One that another run has taken
 * over is no fault: that run goes on with it.
 */
export function turnFaults(
  deps: Pick<Deps, 'journal'>,
  { groupKey, changeId }: Recommendation,
  error: unknown,
): readonly AnalysisFault[] {
  if (error instanceof TrimtabError && error.code === 'conflict' && error.call === undefined) {
    deps.journal.outcome('left to another run', { groupKey, changeId, reason: error.message })
    return []
  }
  deps.journal.failure('recommendation could not be acted on', error, { changeId })
  return [faultOf(groupKey, error)]
}
