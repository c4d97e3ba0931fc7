import { describe, expect, it } from '@jest/globals'
import { ownBill, ownCostOf } from '../../../src/core/cost/own-bill.js'
import { ownPrices } from '../../../src/core/cost/own-prices.js'
import { ownCostInWords, scaledUsage } from '../../../src/core/model/usage.js'

/** Round amounts, each for its price a thousand or a million times. */
const day = {
  'cloudwatch:GetMetricData': 24,
  'cloudwatch:metricsRequested': 100_000,
  'dynamodb:readUnits': 1_000_000,
  'dynamodb:writeUnits': 200_000,
  'autoscaling:DescribeAutoScalingGroups': 5_000,
  'ce:GetCostAndUsage': 2,
  'ce:GetCostForecast': 1,
}

describe("Trimtab's own bill", () => {
  it('is counts times prices, the dearest first; what AWS gives away is not in it', () => {
    const { items, usd } = ownBill(day)
    expect(items.map(({ price, count, usd }) => [price.what, count, usd])).toEqual([
      ['metrics read', 100_000, 1],
      ['table reads', 1_000_000, 0.125],
      ['table writes', 200_000, 0.125],
      ['Cost Explorer requests', 3, 0.03],
    ])
    expect(usd).toBeCloseTo(1.28)
    expect(ownBill({})).toEqual({ items: [], usd: 0 })
  })

  it('is that of 730 hours at the rate of the days counted', () => {
    expect(ownCostOf([day, scaledUsage(day, 3)])?.usdPerMonth).toBeCloseTo((2 * 1.28 * 730) / 24)
    expect(ownCostOf([])).toBeUndefined()
  })

  it('is told with what was counted', () => {
    expect(ownCostInWords(ownCostOf([day]))).toBe(
      'about $38.93 a month (counted: its calls to AWS, table units and function time of the last whole day, mostly metrics read, table reads, table writes; list prices of 2026-11-23; logs, alarms and metrics of its own are not in it)',
    )
    expect(ownCostInWords(undefined)).toContain('not known')
  })

  it('names each amount once', () => {
    const names = ownPrices.map((price) => price.of)
    expect(new Set(names).size).toBe(names.length)
  })
})
