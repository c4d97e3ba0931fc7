import type { IsoTime, UsdPerMonth } from './units.js'

/**
 * What was used of AWS, by name: calls as `service:Operation`, and the amounts below, which calls do not tell. Amounts
 * add up; a name that is absent was not used.
 */
export type Usage = Readonly<Record<string, number>>

/** Amounts beside the calls. */
export const usageNames = {
  /** Metrics of GetMetricData as AWS bills them. */
  metrics: 'cloudwatch:metricsRequested',
  /** DynamoDB's request units, as its answers tell them. */
  readUnits: 'dynamodb:readUnits',
  writeUnits: 'dynamodb:writeUnits',
  /** Calls of our functions, and memory × time of them. */
  invocations: 'lambda:invocations',
  gigabyteSeconds: 'lambda:gigabyteSeconds',
  transitions: 'states:transitions',
} as const

/** The amounts of both together. */
export function addedUsage(one: Usage, other: Usage): Usage {
  const sum: Record<string, number> = { ...one }
  for (const [name, amount] of Object.entries(other)) {
    const before = sum[name]
    sum[name] = before === undefined ? amount : before + amount
  }
  return sum
}

/** Every amount times `factor`. */
export function scaledUsage(usage: Usage, factor: number): Usage {
  return Object.fromEntries(Object.entries(usage).map(([name, amount]) => [name, amount * factor]))
}

/** What some days used, as a month's cost at list prices. */
export interface OwnCost {
  readonly usdPerMonth: UsdPerMonth
  /** Whole days that were counted. */
  readonly days: number
  /** What costs most, in words. */
  readonly of: readonly string[]
  readonly pricesReadAt: IsoTime
}

/**
 * @example ownCostInWords(undefined) // 'not known before two days of runs have been counted'
 */
export function ownCostInWords(cost: OwnCost | undefined): string {
  if (!cost) return 'not known before two days of runs have been counted'
  const days = cost.days === 1 ? 'day' : `${cost.days} days`
  const counted = `its calls to AWS, table units and function time of the last whole ${days}, mostly ${cost.of.join(', ')}`
  return `about $${cost.usdPerMonth.toFixed(2)} a month (counted: ${counted}; list prices of ${cost.pricesReadAt.slice(0, 10)}; logs, alarms and metrics of its own are not in it)`
}
