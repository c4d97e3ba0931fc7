import type { Decision } from '../../core/model/decision.js'
import type { GroupKey } from '../../core/model/group.js'
import type { GroupFindings } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Estate } from '../estate/estate.js'

/** What one recommendation's turn came to; a group without advice has one with its hold and no recommendation. */
export interface DecidedGroup {
  readonly groupKey: GroupKey
  readonly recommendationId?: string
  readonly decision: Decision
}

export interface Applied {
  readonly groupKey: GroupKey
  readonly from: number
  readonly to: number
  readonly result: 'succeeded' | 'rolledBack' | 'failed'
}

export interface ProposedPage {
  readonly groupKey: GroupKey
  readonly recommendationId: string
  readonly repository: string
  readonly number: number
  readonly kind: 'pull-request' | 'by-hand' | 'write-back'
}

/** One pass over the fleet: what was found, decided and done. */
export interface Pass<Found extends GroupFindings = GroupFindings> {
  readonly at: Date
  readonly estate: Estate
  /** By group key. */
  readonly groups: readonly Found[]
  readonly recommendations: readonly Recommendation[]
  readonly decisions: readonly DecidedGroup[]
  readonly applied: readonly Applied[]
  readonly proposed: readonly ProposedPage[]
  readonly faults: readonly AnalysisFault[]
}
