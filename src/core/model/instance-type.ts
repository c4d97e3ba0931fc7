import type { IsoTime, Percent, UsdPerHour } from './units.js'

export type Architecture = 'x86_64' | 'arm64' | 'i386' | 'other'

/** The shape of an instance type as EC2 DescribeInstanceTypes gives it. */
export interface InstanceType {
  readonly name: string
  /** `m6i` of `m6i.xlarge`. */
  readonly family: string
  readonly vcpus: number
  readonly memoryGiB: number
  readonly architectures: readonly Architecture[]
  /** Sustained bandwidth, not the "up to" figure; absent where EC2 does not say. */
  readonly networkBaselineGbps?: number
  readonly currentGeneration: boolean
  readonly bareMetal: boolean
  readonly spotSupported: boolean
  /** Only burstable types: what one vCPU may use for ever, and how credits grow. */
  readonly burst?: {
    readonly baselinePercentPerVcpu: Percent
    readonly creditsPerHour: number
    readonly maxCredits: number
  }
  /** GPU and local-disk types are never proposed in place of a type without. */
  readonly gpus?: number
  readonly localStorageGB?: number
}

/** A price with where and when it was read. Figures on pages repeat both. */
export interface Price {
  readonly usdPerHour: UsdPerHour
  /** e.g. `AWS Price List API` or `shipped price list`. */
  readonly source: string
  /** The date of the price list. */
  readonly asOf: string
}

export interface SpotOffer {
  readonly price: Price
  readonly availabilityZone: string
  readonly seenAt: IsoTime
}

/** What one region offers. Missing price: no number anywhere, never zero. */
export interface Catalogue {
  readonly region: string
  readonly types: ReadonlyMap<string, InstanceType>
  /** Linux, shared tenancy, by type name. */
  readonly onDemand: ReadonlyMap<string, Price>
  /** Spot price history by type name, newest per zone; empty where not read. */
  readonly spot: ReadonlyMap<string, readonly SpotOffer[]>
  /** Where the shapes came from and when. */
  readonly source: string
}

/** One instance type beside the group's own: same processor architecture, at least its vCPUs and memory. */
export interface TypeRow {
  readonly name: string
  readonly vcpus: number
  readonly memoryGiB: number
  readonly onDemandUsdPerHour: UsdPerHour
  /** The dearest of the group's zones, as the newest price of each; absent where no spot price is known. */
  readonly spotUsdPerHour?: UsdPerHour
  /** How much less spot costs than on-demand; absent with the spot price. */
  readonly spotSavingPercent?: Percent
  /** Source and date of the on-demand price. */
  readonly priceSource: string
}
