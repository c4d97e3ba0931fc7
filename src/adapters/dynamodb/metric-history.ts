import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import pLimit from 'p-limit'
import type { DayOfGroup, KeptDay, MetricHistory } from '../../ports/metric-history.js'
import type { TableAccess } from './table.js'
import { onTable } from './translate-error.js'

/** DynamoDB's limits: rows in one BatchGetItem and one BatchWriteItem. */
const limits = { get: 100, write: 25 } as const
/** Requests under way at once. */
const concurrency = 4

type Keys = readonly Record<string, unknown>[]

/**
 * Series in rows `metrics#<groupKey>` with the day as their sort key, many in one request; no index lists them. Reads
 * are eventually consistent, at half the price: an older row only means that more is asked for.
 */
export function createDynamoMetricHistory({ client, tableName, clock }: TableAccess): MetricHistory {
  const limit = pLimit(concurrency)
  const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)

  async function get(days: readonly DayOfGroup[]): Promise<Keys> {
    const found: Record<string, unknown>[] = []
    let keys: Keys | undefined = days.map(keyOf)
    // What AWS leaves out of an answer (16 MB, or throttled) is asked for once more; then it counts as not kept.
    for (let round = 0; round < 2 && keys && keys.length > 0; round += 1) {
      const command: BatchGetCommand = new BatchGetCommand({ RequestItems: { [tableName]: { Keys: [...keys] } } })
      const answer = await onTable(tableName, 'BatchGetItem', () => client.send(command))
      found.push(...(answer.Responses?.[tableName] ?? []))
      keys = answer.UnprocessedKeys?.[tableName]?.Keys
    }
    return found
  }

  async function put(days: readonly KeptDay[]): Promise<void> {
    const requests = days.map((day) => ({ PutRequest: { Item: itemOf(day) } }))
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: requests } })
    // A row that was not taken is written by the next run.
    await onTable(tableName, 'BatchWriteItem', () => client.send(command))
  }

  return {
    async read(days) {
      const rows = await Promise.all(runsOf(days, limits.get).map((run) => limit(() => get(run))))
      return rows.flat().flatMap((row) => keptDayOf(row, nowSeconds()) ?? [])
    },
    async write(days) {
      await Promise.all(runsOf(days, limits.write).map((run) => limit(() => put(run))))
    },
  }
}

const prefix = 'metrics#'

function keyOf({ groupKey, day }: DayOfGroup) {
  return { id: `${prefix}${groupKey}`, timestamp: day }
}

function itemOf(day: KeptDay): Record<string, unknown> {
  const { bytes, expiresAt } = day
  return { ...keyOf(day), bytes, ttl: Math.ceil(expiresAt.getTime() / 1000) }
}

function keptDayOf({ id, timestamp, bytes, ttl }: Record<string, unknown>, now: number) {
  if (!(bytes instanceof Uint8Array) || typeof ttl !== 'number' || ttl <= now) return undefined
  return { groupKey: String(id).slice(prefix.length), day: String(timestamp), bytes }
}

function runsOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const runs: T[][] = []
  for (let start = 0; start < list.length; start += size) runs.push(list.slice(start, start + size))
  return runs
}
