/** The kinds of demand that the generator knows. */
export const demandShapes = ['diurnal', 'weekly', 'bursty', 'flat', 'growth', 'onOff', 'launchSpike'] as const
export type DemandShape = (typeof demandShapes)[number]

/** What distinguishes one demand from another, whatever its level. All factors multiply; logs are natural. */
export interface DemandFigures {
  /** Log of the day's course: the k-th entry turns k times a day. */
  readonly harmonics: readonly { readonly cosine: number; readonly sine: number }[]
  /** The course of Saturdays and Sundays, where it differs. */
  readonly weekendHarmonics?: DemandFigures['harmonics']
  /** Saturday's and Sunday's level ÷ a working day's. */
  readonly weekendFactor: number
  /** 0.05 = five per cent more each week. */
  readonly growthPerWeek: number
  /** AR(1) noise of the log, at five-minute steps. */
  readonly noise: { readonly ar1: number; readonly sigma: number }
  /** Short surges: median size in multiples of the level of the hour, spread of its log, mean length. */
  readonly bursts: {
    readonly perDay: number
    readonly size: number
    readonly sizeSigma: number
    readonly minutes: number
  }
  /** Two levels that alternate at random, with these mean lengths; `offLevel` is a share of the level when on. */
  readonly cycle?: { readonly onHours: number; readonly offHours: number; readonly offLevel: number }
  /** Long surges after which the level comes back: peak in multiples of the level. */
  readonly spikes?: {
    readonly everyDays: number
    readonly peak: number
    readonly riseHours: number
    readonly decayHours: number
  }
}

/** Figures with the recording they were fitted to. */
export interface FittedFigures {
  readonly shape: DemandShape
  readonly trace: string
  readonly source: string
  readonly fittedOn: string
  readonly figures: DemandFigures
}
