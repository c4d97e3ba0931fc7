import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Notebook } from '../../ports.js'
import type { TableAccess } from './table.js'
import { conditionFailed, onTable } from './translate-error.js'

/**
 * Notes in rows `note#<key>`, their value as JSON text (≤ 400 KB). A counter of `take` is a note whose value is the
 * number taken so far. A note whose ttl has passed is gone, even where the row is still there.
 */
export function createDynamoNotebook({ client, tableName, clock }: TableAccess): Notebook {
  const keyOf = (key: string) => ({ id: `note#${key}`, timestamp: 'note' })
  const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)

  async function put(key: string, fields: Readonly<Record<string, unknown>>, onlyIfGone: boolean): Promise<boolean> {
    const condition = {
      ConditionExpression: 'attribute_not_exists(#id) OR #ttl <= :now',
      ExpressionAttributeNames: { '#id': 'id', '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':now': nowSeconds() },
    }
    const Item = { ...keyOf(key), ...fields }
    const command = new PutCommand({ TableName: tableName, Item, ...(onlyIfGone ? condition : {}) })
    return unlessRefused(() => onTable(tableName, 'PutItem', () => client.send(command)))
  }

  /** One more of a counter that is there, alive and under its limit. */
  async function increment(key: string, limit: number): Promise<boolean> {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: keyOf(key),
      UpdateExpression: 'SET #counted = #counted + :one',
      ConditionExpression: '#counted < :limit AND #ttl > :now',
      ExpressionAttributeNames: { '#counted': 'counted', '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':now': nowSeconds() },
    })
    return unlessRefused(() => onTable(tableName, 'UpdateItem', () => client.send(command)))
  }

  return {
    async read<T>(key: string) {
      const command = new GetCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true })
      const { Item } = await onTable(tableName, 'GetItem', () => client.send(command))
      if (!Item || (Item.ttl !== undefined && Item.ttl <= nowSeconds())) return undefined
      return (Item.counted ?? JSON.parse(Item.value)) as T
    },

    async write(key, value, expiresAt) {
      await put(key, fieldsOf(value, expiresAt), false)
    },

    async writeOnce(key, value, expiresAt) {
      return put(key, fieldsOf(value, expiresAt), true)
    },

    async take(key, limit, expiresAt) {
      if (limit < 1) return false
      if (await increment(key, limit)) return true
      if (await put(key, { counted: 1, ttl: ttlOf(expiresAt) }, true)) return true
      // Another caller began the counter between the two writes: there may still be room in it.
      return increment(key, limit)
    },
  }
}

function fieldsOf(value: unknown, expiresAt: Date | undefined): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(value === undefined ? null : value)
  return expiresAt ? { value: text, ttl: ttlOf(expiresAt) } : { value: text }
}

async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (conditionFailed(error)) return false
    throw error
  }
}

function ttlOf(expiresAt: Date): number {
  return Math.ceil(expiresAt.getTime() / 1000)
}
