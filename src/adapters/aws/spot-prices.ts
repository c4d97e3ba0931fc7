import type { _InstanceType, SpotPrice } from '@aws-sdk/client-ec2'
import type { SpotOffer } from '../../core/model/instance-type.js'
import { dayMs, type IsoTime, type UsdPerHour } from '../../core/model/units.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { pagesOf } from './pages.js'

const call = 'ec2:DescribeSpotPriceHistory'

/** One price of one pool; it holds from that time until the pool's next. */
interface SpotPricePoint {
  readonly type: string
  readonly zone: string
  readonly usdPerHour: UsdPerHour
  readonly seenAt: IsoTime
}

interface PriceSpan {
  readonly now: Date
  readonly days: number
  readonly types?: readonly string[]
}

/** Every Linux price of the last days, those in force at their start too, page after page. A price of zero is no price. */
export async function* pricesIn(clients: AwsClients, region: string, span: PriceSpan): AsyncGenerator<SpotPricePoint> {
  const { now, days, types } = span
  const ec2 = await clients.ec2(region)
  const pages = pagesOf(
    call,
    (token) =>
      ec2.describeSpotPriceHistory({
        ProductDescriptions: ['Linux/UNIX'],
        StartTime: new Date(now.getTime() - days * dayMs),
        EndTime: now,
        MaxResults: 1000,
        NextToken: token,
        ...(types === undefined ? {} : { InstanceTypes: [...types] as _InstanceType[] }),
      }),
    (page) => page.NextToken,
  )
  for await (const page of pages) {
    for (const one of listIn(call, page, 'SpotPriceHistory')) {
      const point = pointOf(one)
      if (point) yield point
    }
  }
}

/** The newest price of each type and zone of the last 24 hours, cheapest zone first. */
export async function readSpotPrices(
  clients: AwsClients,
  region: string,
  now: Date,
  types?: readonly string[],
): Promise<ReadonlyMap<string, readonly SpotOffer[]>> {
  const newest = new Map<string, SpotPricePoint>()
  for await (const point of pricesIn(clients, region, { now, days: 1, ...(types && { types }) })) {
    const pool = `${point.type} ${point.zone}`
    const earlier = newest.get(pool)
    if (!earlier || earlier.seenAt < point.seenAt) newest.set(pool, point)
  }
  return byType([...newest.values()])
}

function pointOf({ InstanceType: type, AvailabilityZone: zone, SpotPrice: text, Timestamp: time }: SpotPrice) {
  const usdPerHour = Number(text)
  if (type === undefined || zone === undefined || time === undefined || !(usdPerHour > 0)) return undefined
  return { type, zone, usdPerHour, seenAt: time.toISOString() }
}

function byType(points: readonly SpotPricePoint[]): ReadonlyMap<string, readonly SpotOffer[]> {
  const grouped = new Map<string, SpotOffer[]>()
  for (const { type, zone, usdPerHour, seenAt } of points) {
    const price = { usdPerHour, source: 'EC2 spot price history', asOf: seenAt.slice(0, 10) }
    grouped.set(type, [...(grouped.get(type) ?? []), { price, availabilityZone: zone, seenAt }])
  }
  for (const ofType of grouped.values()) ofType.sort((a, b) => a.price.usdPerHour - b.price.usdPerHour)
  return grouped
}
