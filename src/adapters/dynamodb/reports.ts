import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { GroupKey } from '../../core/model/group.js'
import type { GroupReport } from '../../core/model/group-report.js'
import { reportKeptMs } from '../../core/model/report-rules.js'
import type { Reports } from '../../ports.js'
import type { TableAccess } from './table.js'
import { conditionFailed, onTable } from './translate-error.js'

/** Partitions that the reports are spread over: each may be read and written side by side with the others. */
const shards = 16

/**
 * Reports in rows `reports#<shard>` with the group's key as their sort key, so that all of them can be read by a few
 * queries; no index lists them. One row a group, 3 KB of packed JSON: writing is billed by the kilobyte.
 */
export function createDynamoReports({ client, tableName, clock }: TableAccess): Reports {
  const keyOf = (groupKey: GroupKey) => ({ id: `reports#${shardOf(groupKey)}`, timestamp: groupKey })
  const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)

  async function* ofShard(shard: number): AsyncGenerator<GroupReport> {
    let from: Record<string, unknown> | undefined
    do {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#id = :id',
        FilterExpression: '#ttl > :now',
        ExpressionAttributeNames: { '#id': 'id', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':id': `reports#${shard}`, ':now': nowSeconds() },
        ...(from ? { ExclusiveStartKey: from } : {}),
      })
      const answer = await onTable(tableName, 'Query', () => client.send(command))
      for (const item of answer.Items ?? []) yield unpacked(item)
      from = answer.LastEvaluatedKey
    } while (from)
  }

  return {
    async save(report) {
      const command = new PutCommand({
        TableName: tableName,
        Item: {
          ...keyOf(report.group.groupKey),
          at: report.at,
          body: gzipSync(JSON.stringify(report)),
          ttl: Math.ceil((Date.parse(report.at) + reportKeptMs) / 1000),
        },
        ConditionExpression: 'attribute_not_exists(#id) OR #at <= :at',
        ExpressionAttributeNames: { '#id': 'id', '#at': 'at' },
        ExpressionAttributeValues: { ':at': report.at },
      })
      try {
        await onTable(tableName, 'PutItem', () => client.send(command))
      } catch (error) {
        if (!conditionFailed(error)) throw error
      }
    },
    async find(groupKey) {
      const command = new GetCommand({ TableName: tableName, Key: keyOf(groupKey), ConsistentRead: true })
      const { Item } = await onTable(tableName, 'GetItem', () => client.send(command))
      return Item && Item.ttl > nowSeconds() ? unpacked(Item) : undefined
    },
    async *all() {
      for (let shard = 0; shard < shards; shard += 1) yield* ofShard(shard)
    },
  }
}

function unpacked({ body }: Record<string, unknown>): GroupReport {
  return JSON.parse(gunzipSync(body as Uint8Array).toString('utf8')) as GroupReport
}

function shardOf(groupKey: GroupKey): number {
  return (createHash('sha256').update(groupKey).digest()[0] as number) % shards
}
