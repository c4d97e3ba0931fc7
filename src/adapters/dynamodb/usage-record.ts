import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { dayMs } from '../../core/model/units.js'
import type { Usage } from '../../core/model/usage.js'
import type { UsageRecord } from '../../ports/usage.js'
import type { TableAccess } from './table.js'
import { onTable } from './translate-error.js'

/** A month's days, and some to look at afterwards. */
const keptMs = 70 * dayMs

/** Sums in rows `usage#<day>`, an attribute for each name, added to by the table itself. */
export function createDynamoUsageRecord({ client, tableName }: TableAccess): UsageRecord {
  const keyOf = (day: string) => ({ id: `usage#${day}`, timestamp: 'usage' })
  return {
    async add(day, usage) {
      const amounts = Object.entries(usage)
      if (amounts.length === 0) return
      const command = new UpdateCommand({
        TableName: tableName,
        Key: keyOf(day),
        UpdateExpression: `SET #ttl = :ttl ADD ${amounts.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
        ExpressionAttributeNames: { '#ttl': 'ttl', ...byIndex('#n', amounts, ([name]) => name) },
        ExpressionAttributeValues: {
          ':ttl': Math.ceil((Date.parse(day) + keptMs) / 1000),
          ...byIndex(':n', amounts, ([, amount]) => amount),
        },
      })
      await onTable(tableName, 'UpdateItem', () => client.send(command))
    },
    async read(day) {
      const command = new GetCommand({ TableName: tableName, Key: keyOf(day) })
      const { Item } = await onTable(tableName, 'GetItem', () => client.send(command))
      if (!Item) return undefined
      const amounts = Object.entries(Item).filter(([name, amount]) => name.includes(':') && typeof amount === 'number')
      return Object.fromEntries(amounts) as Usage
    },
  }
}

function byIndex<T, V>(prefix: string, list: readonly T[], amountOf: (item: T) => V): Readonly<Record<string, V>> {
  return Object.fromEntries(list.map((item, at) => [`${prefix}${at}`, amountOf(item)]))
}
