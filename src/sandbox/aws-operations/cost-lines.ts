import { uniformAt } from '../demand/random-at.js'
import { shapeOfType } from '../world/instance-shapes.js'
import { spotPriceShare } from '../world/measure-minute.js'
import type { GroupView, World } from '../world/world.js'

/** One line of a day's bill. */
export interface CostLine {
  readonly account: string
  readonly service: string
  readonly usageType: string
  readonly region: string
  readonly tags: ReadonlyMap<string, string>
  readonly usd: number
  readonly quantity: number
}

/** us-east-1, July 2026: gp3 a GB-month, an Application Load Balancer an hour. Each instance has a 30 GB root volume. */
const gp3UsdPerGbMonth = 0.08
const volumeGb = 30
const balancerUsdPerHour = 0.0225
const hoursPerMonth = 730
const dayMs = 86_400_000

/** What the account pays for besides its groups, dollars a day. */
const fixedParts = [
  ['Amazon Relational Database Service', 'InstanceUsage:db.r6g.xlarge', 21.5],
  ['Amazon Simple Storage Service', 'TimedStorage-ByteHrs', 6.4],
  ['AmazonCloudWatch', 'CW:MetricMonitorUsage', 3.2],
] as const

/**
 * The bill of one UTC day of an account. Days before the world's history cost what its first week cost on average, a
 * few per cent up and down; days still to come cost nothing.
 */
export function costLinesOf(world: World, account: string, dayStartMs: number): readonly CostLine[] {
  if (dayStartMs > world.now()) return []
  const groups = world.groups().filter(({ scenario }) => scenario.account === account)
  const firstFullDay = Math.ceil(world.startMs / dayMs) * dayMs
  if (dayStartMs >= firstFullDay) {
    const share = Math.min(1, (world.now() - dayStartMs) / dayMs)
    return [...groups.flatMap((group) => groupLines(group, [dayStartMs])), ...fixedLines(account, share)]
  }
  const week = Array.from({ length: 7 }, (_, day) => firstFullDay + day * dayMs).filter(
    (day) => day + dayMs <= world.now(),
  )
  const factor = (0.96 + 0.08 * uniformAt(world.seed, 60, dayStartMs / dayMs)) / Math.max(1, week.length)
  const lines = groups.flatMap((group) => groupLines(group, week))
  return [
    ...lines.map((line) => ({ ...line, usd: line.usd * factor, quantity: line.quantity * factor })),
    ...fixedLines(account, 1),
  ]
}

function fixedLines(account: string, share: number): readonly CostLine[] {
  return fixedParts.map(([service, usageType, usd]) => ({
    account,
    service,
    usageType,
    region: 'us-east-1',
    tags: new Map(),
    usd: usd * share,
    quantity: 24 * share,
  }))
}

function groupLines(group: GroupView, days: readonly number[]): readonly CostLine[] {
  const hours = new Map<string, number>()
  for (const day of days) {
    for (const [kind, count] of group.usage.get(new Date(day).toISOString().slice(0, 10)) ?? []) {
      hours.set(kind, (hours.get(kind) ?? 0) + count)
    }
  }
  const { account, region, name, targetGroup } = group.scenario
  const tags = new Map([...group.tags, ['aws:autoscaling:groupName', name]])
  const prefix = region === 'us-east-1' ? '' : `${region}-`
  const base = { account, region, tags }
  const compute = [...hours].map(([kind, quantity]) => {
    const [type = kind, spot] = kind.split(':')
    const usd = quantity * shapeOfType(type).usdPerHour * (spot === undefined ? 1 : spotPriceShare)
    const usageType = `${prefix}${spot === undefined ? 'BoxUsage' : 'SpotUsage'}:${type}`
    return { ...base, service: 'Amazon Elastic Compute Cloud - Compute', usageType, usd, quantity }
  })
  const total = [...hours.values()].reduce((sum, count) => sum + count, 0)
  const gbMonths = (total * volumeGb) / hoursPerMonth
  const volumes = { service: 'EC2 - Other', usageType: `${prefix}EBS:VolumeUsage.gp3`, quantity: gbMonths }
  const balancerHours = targetGroup === undefined || total === 0 ? 0 : 24 * days.length
  const balancer = {
    service: 'Amazon Elastic Load Balancing',
    usageType: `${prefix}LoadBalancerUsage`,
    quantity: balancerHours,
  }
  return [
    ...compute,
    { ...base, ...volumes, usd: gbMonths * gp3UsdPerGbMonth },
    ...(balancerHours === 0 ? [] : [{ ...base, ...balancer, usd: balancerHours * balancerUsdPerHour }]),
  ]
}
