import type { Configuration } from './configuration.js'
import type { Price } from './instance-type.js'
import type { IsoTime, Percent, UsdPerMonth } from './units.js'

/** Lowest, mean and highest of something over a window. */
export interface Spread {
  readonly lowest: number
  readonly mean: number
  readonly highest: number
}

/**
 * Recorded demand replayed on one configuration, with the group's own scaling policy running. CPU, memory, network,
 * instances, hours and dollars are on the demand as recorded; the minutes above 90 % and 100 % and the loss of a zone
 * are on demand × margin (`Evidence.demandMargin`), which is what safety is judged on.
 */
export interface BackTest {
  readonly configuration: Configuration
  /** Steps with demand; gaps are not replayed and not counted. */
  readonly steps: number
  readonly instances: Spread
  /** Use of the demanded resource, percent of capacity in service; over 100 means dropped or queued work. */
  readonly cpu: { readonly mean: Percent; readonly p995: Percent; readonly worst: Percent; readonly worstAt: IsoTime }
  /** Absent where memory is unknown. */
  readonly memoryWorst?: Percent
  /** Absent where network or the type's baseline is unknown. */
  readonly networkWorst?: Percent
  /** Absent where response time is unknown, or where the busiest use was never recorded for long enough. */
  readonly responseTime?: ResponseAtLoad
  readonly minutesAbove90: number
  readonly minutesAbove100: number
  readonly instanceHours: number
  /** Undefined where the type has no price: no number rather than zero. */
  readonly usdPerMonth: UsdPerMonth | undefined
  readonly price: Price | undefined
  readonly zoneLoss: ZoneLoss
  /** Largest demand put on one instance, as a multiple of what one instance carried at worst in the record. */
  readonly loadToSurvived: number
  /** For the picture: the worst day in 30-minute means, demand in vCPUs and capacity in vCPUs. */
  readonly worstDay: {
    readonly day: string
    readonly demand: readonly (number | undefined)[]
    readonly capacity: readonly (number | undefined)[]
  }
}

/** What response time was recorded while CPU was as busy as it is in the busiest steps of a configuration. */
export interface ResponseAtLoad {
  readonly milliseconds: number
  /** Recorded steps at that use, and the newest of them. */
  readonly steps: number
  readonly seenAt: IsoTime
}

export type ZoneLoss =
  | { readonly kind: 'survives' }
  | { readonly kind: 'recovers'; readonly breachMinutes: number; readonly replacementMinutes: number }
  | { readonly kind: 'breaches'; readonly breachMinutes: number; readonly replacementMinutes: number }
  | { readonly kind: 'not-tested'; readonly why: string }
