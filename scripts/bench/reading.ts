import type { Usage } from '../../src/core/model/usage.js'

/** Groups before the measured ones, twenty batches, so that the code is compiled; a new process's own cost is told apart. */
export const warmUp = 500

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
  /** Bytes of a group's answers in the first read. */
  readonly firstKb: number
  readonly nextMs: number
}
