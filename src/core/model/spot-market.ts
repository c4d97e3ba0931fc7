import type { Fact } from './fact.js'
import type { IsoTime, Percent } from './units.js'

/** For what the spot market is asked: so many instances of these types in these zones of one region. */
export interface SpotWish {
  readonly region: string
  readonly zones: readonly string[]
  readonly types: readonly string[]
  readonly instances: number
}

/** How likely EC2 is to give the wished capacity at once: 1 to 10. It says nothing of how long it stays. */
export interface SpotPlacement {
  readonly score: number
  readonly instances: number
  readonly seenAt: IsoTime
}

/** How far the prices of the pools (a type in a zone) moved: highest over lowest price of each, less one. */
export interface SpotPriceMoves {
  readonly pools: number
  readonly days: number
  readonly medianPercent: Percent
  readonly largestPercent: Percent
  /** The pool that moved furthest, as `m6i.large in us-east-1a`. */
  readonly largestIn: string
  readonly seenAt: IsoTime
}

/** What is known of availability and of the risk of interruptions, from two sources that fail apart. */
export interface SpotMarket {
  readonly placement: Fact<SpotPlacement>
  readonly priceMoves: Fact<SpotPriceMoves>
}
