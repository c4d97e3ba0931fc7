import type { Percent } from './units.js'

/** How a group buys: on-demand base, share above it, and the types it may use. */
export interface SpotMix {
  readonly onDemandBaseCapacity: number
  readonly onDemandPercentageAboveBaseCapacity: Percent
  readonly spotAllocationStrategy: string
  readonly overrides: readonly string[]
}

/** What a group is set to, as far as advice may change it. */
export interface Configuration {
  readonly instanceType: string
  readonly minSize: number
  readonly desiredCapacity: number
  readonly maxSize: number
  /** Target of the group's CPU target-tracking policy; absent where it has none. */
  readonly targetValue?: Percent
  readonly spotMix?: SpotMix
}

/** The keys that change, before or after. Only they are present. */
export type Settings = Partial<Configuration> & { readonly schedule?: string }
export type ConfigurationKey = keyof Configuration | 'schedule'
