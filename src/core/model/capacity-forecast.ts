import type { IsoTime } from './units.js'

/** When growth meets the group's maximum, if it goes on as in the window. */
export interface CapacityForecast {
  readonly reachesMaxAt: IsoTime
  /** Instances that the daily peak needs at the target, today, and how many more each day. */
  readonly neededNow: number
  readonly growthPerDay: number
  /** Mann–Kendall two-sided confidence that there is growth. */
  readonly confidencePercent: number
}
