import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import type { World } from '../world/world.js'
import { type CostLine, costLinesOf } from './cost-lines.js'
import { type Members, recordOf, recordsOf, textOf, textsOf } from './read-members.js'

const dayMs = 86_400_000
const metrics = [
  'UnblendedCost',
  'BlendedCost',
  'AmortizedCost',
  'NetUnblendedCost',
  'NetAmortizedCost',
  'UsageQuantity',
]

/** Cost Explorer: what the world's instance-hours, volumes and load balancers cost, and a fixed rest. */
export function costOperations(world: World): Operations {
  return {
    'ce:GetCostAndUsage': (input, caller) => {
      const period = periodOf(input)
      const monthly = textOf(input, 'Granularity') === 'MONTHLY'
      const wanted = wantedMetrics(input)
      const grouping = groupingOf(input)
      const filter = recordOf(input, 'Filter')
      const results = bucketsOf(period, monthly).map(({ startMs, endMs }) => {
        const lines = daysIn(startMs, endMs)
          .flatMap((day) => costLinesOf(world, caller.account, day))
          .filter((line) => filter === undefined || passes(line, filter))
        const groups = grouping.length === 0 ? [] : grouped(lines, grouping, wanted)
        return {
          TimePeriod: { Start: dayOf(startMs), End: dayOf(endMs) },
          Total: grouping.length === 0 ? amounts(lines, wanted) : {},
          Groups: groups,
          // Cost Explorer settles a day within about two days.
          Estimated: endMs + 2 * dayMs > world.now(),
        }
      })
      return { GroupDefinitions: recordsOf(input, 'GroupBy'), ResultsByTime: results, DimensionValueAttributes: [] }
    },
  }
}

interface Period {
  readonly startMs: number
  readonly endMs: number
}

function periodOf(input: Members): Period {
  const period = recordOf(input, 'TimePeriod') ?? {}
  const [start, end] = [textOf(period, 'Start') ?? '', textOf(period, 'End') ?? '']
  const [startMs, endMs] = [Date.parse(start.slice(0, 10)), Date.parse(end.slice(0, 10))]
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) {
    throw new AwsError('ValidationException', 'Start time or end time is invalid. Valid format is: yyyy-MM-dd.')
  }
  if (startMs >= endMs) {
    throw new AwsError('ValidationException', 'Start date (and hour) should be before end date (and hour)')
  }
  return { startMs, endMs }
}

function wantedMetrics(input: Members): readonly string[] {
  const wanted = textsOf(input, 'Metrics') ?? ['UnblendedCost']
  const odd = wanted.find((metric) => !metrics.includes(metric))
  if (odd !== undefined) throw new AwsError('ValidationException', `Invalid metric: ${odd}`)
  return wanted
}

function groupingOf(input: Members): readonly ((line: CostLine) => string)[] {
  const definitions = recordsOf(input, 'GroupBy')
  if (definitions.length > 2) {
    throw new AwsError('ValidationException', 'GroupBy exceeds the limit of 2 group definitions')
  }
  return definitions.map((definition) => {
    const key = textOf(definition, 'Key') ?? ''
    if (textOf(definition, 'Type') === 'TAG') return (line) => `${key}$${line.tags.get(key) ?? ''}`
    return (line) => dimensionOf(line, key)
  })
}

function dimensionOf(line: CostLine, key: string): string {
  if (key === 'SERVICE') return line.service
  if (key === 'USAGE_TYPE') return line.usageType
  if (key === 'REGION') return line.region
  if (key === 'LINKED_ACCOUNT') return line.account
  if (key === 'INSTANCE_TYPE') return line.usageType.split(':')[1] ?? 'NoInstanceType'
  if (key === 'RECORD_TYPE') return 'Usage'
  throw new AwsError('ValidationException', `Failed to resolve dimension: ${key}`)
}

function passes(line: CostLine, filter: Members): boolean {
  const and = recordsOf(filter, 'And')
  const or = recordsOf(filter, 'Or')
  const not = recordOf(filter, 'Not')
  if (and.length > 0) return and.every((one) => passes(line, one))
  if (or.length > 0) return or.some((one) => passes(line, one))
  if (not !== undefined) return !passes(line, not)
  const dimension = recordOf(filter, 'Dimensions')
  if (dimension !== undefined) {
    return (textsOf(dimension, 'Values') ?? []).includes(dimensionOf(line, textOf(dimension, 'Key') ?? ''))
  }
  const tag = recordOf(filter, 'Tags')
  if (tag === undefined) return true
  return (textsOf(tag, 'Values') ?? []).includes(line.tags.get(textOf(tag, 'Key') ?? '') ?? '')
}

/** Days, or calendar months cut to the period. */
function bucketsOf({ startMs, endMs }: Period, monthly: boolean): readonly Period[] {
  const buckets: Period[] = []
  for (let from = startMs; from < endMs; ) {
    const at = new Date(from)
    const next = monthly ? Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) : from + dayMs
    buckets.push({ startMs: from, endMs: Math.min(next, endMs) })
    from = next
  }
  return buckets
}

function daysIn(startMs: number, endMs: number): readonly number[] {
  return Array.from({ length: Math.round((endMs - startMs) / dayMs) }, (_, index) => startMs + index * dayMs)
}

function grouped(
  lines: readonly CostLine[],
  grouping: readonly ((line: CostLine) => string)[],
  wanted: readonly string[],
): readonly Members[] {
  const byKeys = new Map<string, { readonly keys: readonly string[]; readonly lines: CostLine[] }>()
  for (const line of lines) {
    const keys = grouping.map((key) => key(line))
    const entry = byKeys.get(keys.join('\n')) ?? { keys, lines: [] }
    entry.lines.push(line)
    byKeys.set(keys.join('\n'), entry)
  }
  return [...byKeys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => ({
      Keys: entry.keys,
      Metrics: amounts(entry.lines, wanted),
    }))
}

function amounts(lines: readonly CostLine[], wanted: readonly string[]): Members {
  const usd = lines.reduce((sum, line) => sum + line.usd, 0)
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
  return Object.fromEntries(
    wanted.map((metric) => [
      metric,
      metric === 'UsageQuantity'
        ? { Amount: quantity.toFixed(10), Unit: 'N/A' }
        : { Amount: usd.toFixed(10), Unit: 'USD' },
    ]),
  )
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
