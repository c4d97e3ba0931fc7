import type { GroupAddress } from '../../core/model/code.js'
import type { Group } from '../../core/model/group.js'
import type { Catalogue } from '../../core/model/instance-type.js'
import type { Policy } from '../../core/model/policy.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { Scored } from '../../core/model/scorecard.js'
import type { Signals } from '../../core/model/signals.js'
import type { IsoTime } from '../../core/model/units.js'

/** Where the code of the group is, or why it is not known. */
export type CodePlace =
  | { readonly kind: 'found'; readonly repository: string; readonly address: GroupAddress }
  | { readonly kind: 'missing'; readonly why: string }

/** All that one group's advice was computed from, and what came out, as they were at `at`. */
export interface Inputs {
  readonly at: IsoTime
  readonly group: Group
  readonly policy: Policy
  /** Only what planning for this group can look at. */
  readonly catalogue: Catalogue
  readonly signals: Signals
  readonly code: CodePlace
  readonly scored: Scored
  readonly advice: readonly Advice[]
}
