import { expect, test } from '@jest/globals'
import { createMarket } from '../../../src/adapters/aws/market.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { clientsAt, region, standIn } from './stand-in.js'

const now = new Date('2026-11-24T12:00:00Z')
const clock = { now: () => now, sleep: async () => {} }

function typed(name: string, over: Readonly<Record<string, unknown>> = {}) {
  return {
    InstanceType: name,
    CurrentGeneration: true,
    BareMetal: false,
    SupportedUsageClasses: ['on-demand', 'spot'],
    VCpuInfo: { DefaultVCpus: 2 },
    MemoryInfo: { SizeInMiB: 8192 },
    ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    NetworkInfo: { NetworkCards: [{ NetworkCardIndex: 0, BaselineBandwidthInGbps: 0.781, PeakBandwidthInGbps: 12.5 }] },
    BurstablePerformanceSupported: false,
    ...over,
  }
}

function product(type: string, usd: string, over: Readonly<Record<string, string>> = {}) {
  return JSON.stringify({
    publicationDate: '2026-11-01T00:00:00Z',
    product: {
      attributes: {
        instanceType: type,
        regionCode: 'eu-north-1',
        operatingSystem: 'Linux',
        tenancy: 'Shared',
        preInstalledSw: 'NA',
        capacitystatus: 'Used',
        ...over,
      },
    },
    terms: { OnDemand: { a: { priceDimensions: { b: { unit: 'Hrs', pricePerUnit: { USD: usd } } } } } },
  })
}

function offers(over: Operations = {}): Operations {
  return {
    'ec2:DescribeInstanceTypes': () => ({ InstanceTypes: [typed('m6i.large')] }),
    'ec2:DescribeSpotPriceHistory': () => ({ SpotPriceHistory: [] }),
    'pricing:GetProducts': () => ({ PriceList: [] }),
    ...over,
  }
}

test('shapes come from EC2 over all pages, burst baselines from the shipped list', async () => {
  const pages = [
    [typed('m6i.large')],
    [typed('t3.large', { BurstablePerformanceSupported: true }), typed('m7i-flex.large')],
  ]
  const { clients } = await standIn(
    offers({
      'ec2:DescribeInstanceTypes': (input) =>
        input.NextToken === undefined ? { InstanceTypes: pages[0], NextToken: 'n' } : { InstanceTypes: pages[1] },
    }),
  )
  const catalogue = await createMarket(clients, clock).catalogue(region)
  expect([...catalogue.types.keys()]).toEqual(['m6i.large', 't3.large', 'm7i-flex.large'])
  expect(catalogue.types.get('m6i.large')).toEqual({
    name: 'm6i.large',
    family: 'm6i',
    vcpus: 2,
    memoryGiB: 8,
    architectures: ['x86_64'],
    networkBaselineGbps: 0.781,
    currentGeneration: true,
    bareMetal: false,
    spotSupported: true,
  })
  expect(catalogue.types.get('t3.large')?.burst?.baselinePercentPerVcpu).toBe(30)
  expect(catalogue.types.get('m7i-flex.large')?.burst?.baselinePercentPerVcpu).toBe(40)
  expect(catalogue.source).toBe('EC2 DescribeInstanceTypes')
})

test('a burstable type whose baseline nobody knows is not offered', async () => {
  const { clients } = await standIn(
    offers({
      'ec2:DescribeInstanceTypes': () => ({
        InstanceTypes: [typed('t9.large', { BurstablePerformanceSupported: true }), typed('m6i.large')],
      }),
    }),
  )
  expect([...(await createMarket(clients, clock).catalogue(region)).types.keys()]).toEqual(['m6i.large'])
})

test('without EC2 the shipped list stands in and says why', async () => {
  const { clients } = await standIn(offers(), [{ operation: 'ec2:*', kind: 'denied' }])
  const catalogue = await createMarket(clients, clock).catalogue(region)
  expect(catalogue.types.size).toBeGreaterThan(1_000)
  expect(catalogue.spot.size).toBe(0)
  expect(catalogue.source).toContain('shipped list of 2026-08-02')
  expect(catalogue.source).toContain('grant ec2:DescribeInstanceTypes')
  expect(catalogue.source).toContain('grant ec2:DescribeSpotPriceHistory')
})

test('nothing reachable still gives the shipped list with its dates', async () => {
  const catalogue = await createMarket(clientsAt('http://127.0.0.1:9'), clock).catalogue(region)
  expect(catalogue.onDemand.get('m6i.large')).toEqual({
    usdPerHour: 0.096,
    source: 'shipped price list',
    asOf: '2026-07-20',
  })
})

test('shipped prices are not asked for again, unless fresh ones are wanted', async () => {
  const { clients, server } = await standIn(
    offers({ 'pricing:GetProducts': () => ({ PriceList: [product('m6i.large', '0.0999', { regionCode: region })] }) }),
  )
  const shipped = await createMarket(clients, clock).catalogue(region)
  expect(shipped.onDemand.get('m6i.large')?.source).toBe('shipped price list')
  expect(server.calls.get('pricing:GetProducts')).toBeUndefined()
  const fresh = await createMarket(clients, clock, { freshPrices: true }).catalogue(region)
  expect(fresh.onDemand.get('m6i.large')).toEqual({
    usdPerHour: 0.0999,
    source: 'AWS Price List API',
    asOf: '2026-11-01',
  })
})

test('a region that the list does not know is priced by the API; wrong and worthless products are no prices', async () => {
  const { clients } = await standIn(
    offers({
      'ec2:DescribeInstanceTypes': () => ({
        InstanceTypes: ['m6i.large', 'c6i.large', 'r6i.large'].map((name) => typed(name)),
      }),
      'pricing:GetProducts': (input) =>
        input.NextToken === undefined
          ? {
              PriceList: [product('m6i.large', '0.102'), product('m6i.large', '0.2', { operatingSystem: 'Windows' })],
              NextToken: 'n',
            }
          : {
              PriceList: [
                product('c6i.large', '0.0000000000'),
                product('r6i.large', '0.1', { tenancy: 'Dedicated' }),
                '{ broken',
              ],
            },
    }),
  )
  const catalogue = await createMarket(clients, clock).catalogue('eu-north-1')
  expect(Object.fromEntries(catalogue.onDemand)).toEqual({
    'm6i.large': { usdPerHour: 0.102, source: 'AWS Price List API', asOf: '2026-11-01' },
  })
})

test('of each zone the newest spot price counts, and a price of nothing or next to it is none', async () => {
  const asked: unknown[] = []
  const spot = (zone: string, price: string, time: string) => ({
    InstanceType: 'm6i.large',
    AvailabilityZone: zone,
    SpotPrice: price,
    Timestamp: new Date(time),
    ProductDescription: 'Linux/UNIX',
  })
  const { clients } = await standIn(
    offers({
      'ec2:DescribeSpotPriceHistory': (input) => {
        asked.push([input.ProductDescriptions, input.StartTime])
        return {
          SpotPriceHistory: [
            spot('us-east-1a', '0.040', '2026-11-24T02:00:00Z'),
            spot('us-east-1a', '0.050', '2026-11-24T09:00:00Z'),
            spot('us-east-1b', '0.030', '2026-11-24T08:00:00Z'),
            spot('us-east-1c', '0.000', '2026-11-24T08:00:00Z'),
            spot('us-east-1d', '0.00001', '2026-11-24T08:00:00Z'),
          ],
        }
      },
    }),
  )
  const offersOf = (await createMarket(clients, clock).catalogue(region)).spot.get('m6i.large')
  expect(offersOf?.map((offer) => [offer.availabilityZone, offer.price.usdPerHour, offer.price.asOf])).toEqual([
    ['us-east-1b', 0.03, '2026-11-24'],
    ['us-east-1a', 0.05, '2026-11-24'],
  ])
  expect(asked).toEqual([[['Linux/UNIX'], new Date('2026-11-23T12:00:00Z')]])
})

test('a region is read once', async () => {
  const { clients, server } = await standIn(offers())
  const market = createMarket(clients, clock)
  await Promise.all([market.catalogue(region), market.catalogue(region)])
  expect(server.calls.get('ec2:DescribeInstanceTypes')).toBe(1)
})
