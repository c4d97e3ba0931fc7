import type { Usage } from '../core/model/usage.js'

/** Counts what this process uses of AWS. */
export interface Meter {
  /** One more, or `amount` more. */
  count(name: string, amount?: number): void
  /** What was counted since the last take. */
  take(): Usage
}

/** What all runs of a day used together. */
export interface UsageRecord {
  /** Adds to the day's sums (`2026-11-23`, UTC); several at once lose nothing. */
  add(day: string, usage: Usage): Promise<void>
  /** Undefined where nothing was counted that day. */
  read(day: string): Promise<Usage | undefined>
}
