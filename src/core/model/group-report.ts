import type { CapacityForecast } from './capacity-forecast.js'
import type { CommitmentAdvice, GroupCost } from './cost.js'
import type { Group } from './group.js'
import type { Hold } from './hold.js'
import type { TypeRow } from './instance-type.js'
import type { Policy } from './policy.js'
import type { Scorecard } from './scorecard.js'
import type { IsoTime } from './units.js'

/** What one analysis found out about one group, without what its advice says. */
export interface GroupFindings {
  readonly group: Group
  readonly policy: Policy
  readonly scored:
    | { readonly kind: 'scored'; readonly scorecard: Omit<Scorecard, 'hourOfWeekCpu'> }
    | { readonly kind: 'unscored'; readonly why: string }
  /** Undefined where the price or the instances in service are unknown. */
  readonly cost?: GroupCost | undefined
  /** When growth meets the maximum; undefined where there is no such growth. */
  readonly forecast?: CapacityForecast | undefined
  /** What of the group's floor commitments could cover: for the report only. */
  readonly commitment?: CommitmentAdvice | undefined
  /** The group's type beside its cheapest alternatives; empty where it is unknown. */
  readonly types: readonly TypeRow[]
  /** Why there is no advice; absent where there is some. */
  readonly hold?: Hold | undefined
  /** What was asked about the group and could not be read, a sentence each. */
  readonly unread: readonly string[]
}

/**
 * The newest analysis of a group as the passes hand it to each other: JSON, and small enough for a row of the table.
 * Scaling activities are not kept.
 */
export interface GroupReport extends GroupFindings {
  readonly at: IsoTime
  /** Ids of the stored recommendations that this analysis gave; undefined where they could not be stored. */
  readonly advised: readonly string[] | undefined
  /** Why the group's code is not known; absent where it is. */
  readonly codeMissing?: string
}
