import type { _InstanceType } from '@aws-sdk/client-ec2'
import { median } from 'simple-statistics'
import { TrimtabError } from '../../core/model/errors.js'
import type { SpotMarket, SpotPlacement, SpotPriceMoves, SpotWish } from '../../core/model/spot-market.js'
import { factOf, listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { itemsOf, pagesOf } from './pages.js'
import { pricesIn } from './spot-prices.js'

const call = 'ec2:GetSpotPlacementScores'
/** EC2 keeps 90 days of prices; two weeks are the window that other advice rests on. */
const days = 14

/** The region's placement score for the wish and how its pools' prices moved; each unknown where it cannot be read. */
export async function readSpotMarket(clients: AwsClients, now: Date, wish: SpotWish): Promise<SpotMarket> {
  const [placement, priceMoves] = await Promise.all([
    factOf(readPlacement(clients, now, wish)),
    factOf(readPriceMoves(clients, now, wish)),
  ])
  return { placement, priceMoves }
}

async function readPlacement(clients: AwsClients, now: Date, wish: SpotWish): Promise<SpotPlacement> {
  const ec2 = await clients.ec2(wish.region)
  const pages = pagesOf(
    call,
    (token) =>
      ec2.getSpotPlacementScores({
        InstanceTypes: [...wish.types],
        TargetCapacity: wish.instances,
        SingleAvailabilityZone: false,
        RegionNames: [wish.region],
        NextToken: token,
      }),
    (page) => page.NextToken,
  )
  const scores = await itemsOf(pages, (page) => listIn(call, page, 'SpotPlacementScores'))
  const score = scores.find(({ Region }) => Region === wish.region)?.Score
  if (score === undefined || !(score >= 1 && score <= 10))
    throw new TrimtabError('unsupported', `${call} gave no score from 1 to 10 for ${wish.region}.`, { call })
  return { score, instances: wish.instances, seenAt: now.toISOString() }
}

async function readPriceMoves(clients: AwsClients, now: Date, wish: SpotWish): Promise<SpotPriceMoves> {
  const points = pricesIn(clients, wish.region, { now, days, types: wish.types as readonly _InstanceType[] })
  const pools = new Map<string, { lowest: number; highest: number }>()
  for await (const { type, zone, usdPerHour } of points) {
    if (!wish.zones.includes(zone)) continue
    const name = `${type} in ${zone}`
    const pool = pools.get(name) ?? { lowest: usdPerHour, highest: usdPerHour }
    pools.set(name, { lowest: Math.min(pool.lowest, usdPerHour), highest: Math.max(pool.highest, usdPerHour) })
  }
  const moves = [...pools]
    .map(([name, { lowest, highest }]) => ({ name, percent: (highest / lowest - 1) * 100 }))
    .sort((a, b) => b.percent - a.percent || (a.name < b.name ? -1 : 1))
  const [largest] = moves
  if (!largest)
    throw new TrimtabError(
      'unsupported',
      `ec2:DescribeSpotPriceHistory has no price of these types in ${wish.zones.join(', ')}.`,
      { call: 'ec2:DescribeSpotPriceHistory' },
    )
  return {
    pools: moves.length,
    days,
    medianPercent: median(moves.map(({ percent }) => percent)),
    largestPercent: largest.percent,
    largestIn: largest.name,
    seenAt: now.toISOString(),
  }
}
