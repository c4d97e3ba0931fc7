import { loadShippedCatalogue, type ShippedCatalogue } from '../../catalogue/shipped-catalogue.js'
import { type Fact, factValue, unknown } from '../../core/model/fact.js'
import type { Catalogue, InstanceType, Price, SpotOffer } from '../../core/model/instance-type.js'
import type { Clock, Market } from '../../ports.js'
import { factOf } from './answers.js'
import type { AwsClients } from './clients.js'
import { readShapes } from './instance-shapes.js'
import { readOnDemandPrices } from './on-demand-prices.js'
import { readSpotMarket } from './spot-market.js'
import { readSpotPrices } from './spot-prices.js'

export interface MarketOptions {
  /** Asks the Pricing API for every price, although the shipped list has it; default false. */
  readonly freshPrices?: boolean
  /** Types whose spot prices are wanted; default all that can be bought on the spot market. */
  readonly spotTypes?: readonly string[]
}

/** Below this share of priced types a region's shipped list is too thin, and the Pricing API is asked for the region. */
const THIN_SHARE = 0.9

/** AWS states spot discounts of up to 90 % (EC2 Spot page); half of that remainder is still let through. */
const LEAST_SPOT_SHARE = 0.05

/**
 * Instance types and prices, read once for each region. The shipped list stands in for what EC2 or the Pricing API does
 * not answer, and `source` says so with the reason.
 */
export function createMarket(clients: AwsClients, clock: Clock, options: MarketOptions = {}): Market {
  const read = new Map<string, Promise<Catalogue>>()
  return {
    catalogue: (region) => {
      const catalogue = read.get(region) ?? readCatalogue(clients, clock, options, region)
      read.set(region, catalogue)
      return catalogue
    },
    spot: (wish) => readSpotMarket(clients, clock.now(), wish),
  }
}

async function readCatalogue(
  clients: AwsClients,
  clock: Clock,
  options: MarketOptions,
  region: string,
): Promise<Catalogue> {
  const shipped = await loadShippedCatalogue()
  const [shapes, spot] = await Promise.all([
    factOf(readShapes(clients, region, shipped)),
    factOf(readSpotPrices(clients, region, clock.now(), options.spotTypes)),
  ])
  const types = typesOf(shapes, shipped, region)
  const fresh = await freshPrices(clients, options, region, types, shipped)
  const onDemand = pricesOf(types, shipped.pricesIn(region), factValue(fresh ?? unknown('not asked')))
  return {
    region,
    types: new Map(types.map((type) => [type.name, type])),
    onDemand,
    spot: plausibleOffers(factValue(spot) ?? new Map(), onDemand),
    source: sourceOf(shapes, fresh, spot, shipped),
  }
}

/** An answer that holds no type at all comes from an implementation without the list: ours is better. */
function typesOf(
  shapes: Fact<readonly InstanceType[]>,
  shipped: ShippedCatalogue,
  region: string,
): readonly InstanceType[] {
  const read = factValue(shapes)
  return read !== undefined && read.length > 0 ? read : shipped.offeredIn(region)
}

async function freshPrices(
  clients: AwsClients,
  options: MarketOptions,
  region: string,
  types: readonly InstanceType[],
  shipped: ShippedCatalogue,
): Promise<Fact<ReadonlyMap<string, Price>> | undefined> {
  const priced = shipped.pricesIn(region)
  const share = types.filter((type) => priced.has(type.name)).length / Math.max(1, types.length)
  if (options.freshPrices !== true && share >= THIN_SHARE) return undefined
  return factOf(readOnDemandPrices(clients, region))
}

function pricesOf(
  types: readonly InstanceType[],
  shipped: ReadonlyMap<string, Price>,
  fresh: ReadonlyMap<string, Price> | undefined,
): ReadonlyMap<string, Price> {
  const prices = new Map<string, Price>()
  for (const { name } of types) {
    const price = fresh?.get(name) ?? shipped.get(name)
    if (price) prices.set(name, price)
  }
  return prices
}

/** Offers far below any discount that AWS gives are placeholders of other implementations: no price rather than a dream. */
function plausibleOffers(
  spot: ReadonlyMap<string, readonly SpotOffer[]>,
  onDemand: ReadonlyMap<string, Price>,
): ReadonlyMap<string, readonly SpotOffer[]> {
  const plausible = [...spot].map(([type, offers]) => {
    const floor = (onDemand.get(type)?.usdPerHour ?? 0) * LEAST_SPOT_SHARE
    return [type, offers.filter((offer) => offer.price.usdPerHour >= floor)] as const
  })
  return new Map(plausible.filter(([, offers]) => offers.length > 0))
}

function sourceOf(
  shapes: Fact<readonly InstanceType[]>,
  fresh: Fact<ReadonlyMap<string, Price>> | undefined,
  spot: Fact<unknown>,
  shipped: ShippedCatalogue,
): string {
  const read = factValue(shapes)
  const why = shapes.kind === 'unknown' ? shapes.why : 'EC2 listed no types'
  const sentences = [
    read !== undefined && read.length > 0 ? 'EC2 DescribeInstanceTypes' : `${shipped.source} (${why})`,
    ...(fresh?.kind === 'unknown' ? [`shipped price list only (${fresh.why})`] : []),
    ...(spot.kind === 'unknown' ? [`no spot prices (${spot.why})`] : []),
  ]
  return sentences.join('; ')
}
