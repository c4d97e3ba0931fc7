import { expect, test } from '@jest/globals'
import { createMarket } from '../../../src/adapters/aws/market.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { region, standIn } from './stand-in.js'

const now = new Date('2026-11-24T12:00:00Z')
const clock = { now: () => now, sleep: async () => {} }
const wish = { region, zones: ['us-east-1a', 'us-east-1b'], types: ['m6i.large', 'm5.large'], instances: 6 }
const seenAt = now.toISOString()

function price(type: string, zone: string, usd: string, day: number) {
  return {
    InstanceType: type,
    AvailabilityZone: zone,
    SpotPrice: usd,
    Timestamp: new Date(Date.UTC(2026, 10, day)),
    ProductDescription: 'Linux/UNIX',
  }
}

const prices = [
  price('m6i.large', 'us-east-1a', '0.044', 20),
  price('m6i.large', 'us-east-1a', '0.040', 12),
  price('m6i.large', 'us-east-1b', '0.050', 12),
  price('m5.large', 'us-east-1b', '0.060', 22),
  price('m5.large', 'us-east-1b', '0.000', 21),
  price('m5.large', 'us-east-1b', '0.040', 15),
  price('m5.large', 'us-east-1f', '9.000', 15),
]

async function marketOf(operations: Operations, faults: Parameters<typeof standIn>[1] = []) {
  const { clients } = await standIn(
    {
      'ec2:GetSpotPlacementScores': () => ({ SpotPlacementScores: [{ Region: region, Score: 7 }] }),
      'ec2:DescribeSpotPriceHistory': () => ({ SpotPriceHistory: prices }),
      ...operations,
    },
    faults,
  )
  return createMarket(clients, clock).spot(wish)
}

test('the score of the region is asked for the wish, and prices are compared pool by pool in the zones', async () => {
  const asked: unknown[] = []
  const market = await marketOf({
    'ec2:GetSpotPlacementScores': (input) => {
      asked.push([input.InstanceTypes, input.TargetCapacity, input.RegionNames, input.SingleAvailabilityZone])
      return {
        SpotPlacementScores: [
          { Region: 'eu-west-1', Score: 9 },
          { Region: region, Score: 7 },
        ],
      }
    },
    'ec2:DescribeSpotPriceHistory': (input) => {
      asked.push([input.InstanceTypes, input.StartTime])
      return { SpotPriceHistory: prices }
    },
  })
  expect(asked).toEqual([
    [wish.types, 6, [region], false],
    [wish.types, new Date('2026-11-10T12:00:00Z')],
  ])
  expect(market.placement).toEqual({ kind: 'known', value: { score: 7, instances: 6, seenAt } })
  if (market.priceMoves.kind === 'unknown') throw new Error(market.priceMoves.why)
  const { medianPercent, largestPercent, ...rest } = market.priceMoves.value
  expect(rest).toEqual({ pools: 3, days: 14, largestIn: 'm5.large in us-east-1b', seenAt })
  expect([medianPercent, largestPercent].map((percent) => percent.toFixed(2))).toEqual(['10.00', '50.00'])
})

test('a source that is denied, unsupported or empty is unknown with its reason, and the other one stays', async () => {
  const denied = await marketOf({}, [{ operation: 'ec2:GetSpotPlacementScores', kind: 'denied' }])
  expect(denied.placement).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('grant ec2:GetSpotPlacementScores'),
  })
  expect(denied.priceMoves.kind).toBe('known')
  const unsupported = await marketOf({}, [{ operation: 'ec2:GetSpotPlacementScores', kind: 'unsupported' }])
  expect(unsupported.placement).toMatchObject({ kind: 'unknown', why: expect.stringContaining('does not support') })
  const empty = await marketOf({
    'ec2:GetSpotPlacementScores': () => ({ SpotPlacementScores: [{ Region: 'eu-west-1', Score: 9 }] }),
    'ec2:DescribeSpotPriceHistory': () => ({ SpotPriceHistory: [] }),
  })
  expect(empty.placement).toMatchObject({ why: 'ec2:GetSpotPlacementScores gave no score from 1 to 10 for us-east-1.' })
  expect(empty.priceMoves).toMatchObject({
    why: 'ec2:DescribeSpotPriceHistory has no price of these types in us-east-1a, us-east-1b.',
  })
})

test.each([0, 11, Number.NaN])('a score of %p is no score', async (Score) => {
  const { placement } = await marketOf({
    'ec2:GetSpotPlacementScores': () => ({ SpotPlacementScores: [{ Region: region, Score }] }),
  })
  expect(placement.kind).toBe('unknown')
})
