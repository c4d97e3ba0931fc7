import type { _InstanceType, SpotPrice } from '@aws-sdk/client-ec2'
import type { SpotOffer } from '../../core/model/instance-type.js'
import { dayMs } from '../../core/model/units.js'
import { listIn } from './answers.js'
import type { AwsClients } from './clients.js'
import { pagesOf } from './pages.js'

const call = 'ec2:DescribeSpotPriceHistory'

/** The newest price of each type and zone of the last 24 hours, cheapest zone first. A price of zero is no price. */
export async function readSpotPrices(
  clients: AwsClients,
  region: string,
  now: Date,
  types?: readonly string[],
): Promise<ReadonlyMap<string, readonly SpotOffer[]>> {
  const ec2 = await clients.ec2(region)
  const newest = new Map<string, { readonly type: string; readonly offer: SpotOffer }>()
  const pages = pagesOf(
    call,
    (token) =>
      ec2.describeSpotPriceHistory({
        ProductDescriptions: ['Linux/UNIX'],
        StartTime: new Date(now.getTime() - dayMs),
        EndTime: now,
        MaxResults: 1000,
        NextToken: token,
        ...(types === undefined ? {} : { InstanceTypes: [...types] as _InstanceType[] }),
      }),
    (page) => page.NextToken,
  )
  for await (const page of pages) {
    for (const one of listIn(call, page, 'SpotPriceHistory')) keepNewest(newest, one)
  }
  return byType([...newest.values()])
}

function keepNewest(
  newest: Map<string, { readonly type: string; readonly offer: SpotOffer }>,
  { InstanceType: type, AvailabilityZone: zone, SpotPrice: text, Timestamp: time }: SpotPrice,
): void {
  const usdPerHour = Number(text)
  if (type === undefined || zone === undefined || time === undefined || !(usdPerHour > 0)) return
  const seenAt = time.toISOString()
  const earlier = newest.get(`${type} ${zone}`)
  if (earlier && earlier.offer.seenAt >= seenAt) return
  const price = { usdPerHour, source: 'EC2 spot price history', asOf: seenAt.slice(0, 10) }
  newest.set(`${type} ${zone}`, { type, offer: { price, availabilityZone: zone, seenAt } })
}

function byType(
  offers: readonly { readonly type: string; readonly offer: SpotOffer }[],
): ReadonlyMap<string, readonly SpotOffer[]> {
  const grouped = new Map<string, SpotOffer[]>()
  for (const { type, offer } of offers) grouped.set(type, [...(grouped.get(type) ?? []), offer])
  for (const ofType of grouped.values()) ofType.sort((a, b) => a.price.usdPerHour - b.price.usdPerHour)
  return grouped
}
