import type { Usage } from '../../src/core/model/usage.js'

/** What reading a fleet took; times are milliseconds of CPU for each group. */
export interface Reading {
  readonly groups: number
  readonly listMs?: number
  readonly signalsMs?: number
  /** The first batch of a new process. */
  readonly coldMs?: number
  readonly analysisMs?: number
  readonly heldKb?: number
  readonly maxRssMb: number
  /** For each group. */
  readonly calls: Usage
}

/** The same bytes and nothing else, milliseconds of CPU for each group. */
export interface Floor {
  readonly firstMs: number
  readonly nextMs: number
}
