import type { GroupFindings } from '../../core/model/group-report.js'
import type { Catalogue } from '../../core/model/instance-type.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { Scored } from '../../core/model/scorecard.js'
import type { Signals } from '../../core/model/signals.js'
import type { CodeOfGroup } from '../estate/estate.js'

/** What one pass found out about one group, before anything is stored or done. */
export interface GroupAnalysis extends GroupFindings {
  readonly scored: Scored
  readonly code: CodeOfGroup
  readonly advice: readonly Advice[]
}

/** A group or region that failed; the others went on. */
export interface AnalysisFault {
  readonly scope: string
  readonly error: Error
}

/** What an analysis rests on. */
export interface Basis {
  readonly signals: Signals
  readonly catalogue: Catalogue
}

/** Sees each analysis with its basis, once. Series are large: whoever keeps one keeps it for one group. */
export type Witness = (analysis: GroupAnalysis, basis: Basis) => void

/** A fault of one scope, whatever was thrown. */
export function faultOf(scope: string, error: unknown): AnalysisFault {
  return { scope, error: error instanceof Error ? error : new Error(String(error)) }
}
