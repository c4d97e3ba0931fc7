import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Lease, Leases } from '../../ports.js'
import type { TableAccess } from './table.js'
import { conditionFailed, onTable } from './translate-error.js'

/** Leases in rows `lease#<name>`. An owner that lost its lease, or let it run out, can neither renew nor release it. */
export function createDynamoLeases({ client, tableName, clock }: TableAccess): Leases {
  const keyOf = (name: string) => ({ id: `lease#${name}`, timestamp: 'lease' })
  const names = { '#owner': 'owner', '#expiresAt': 'expiresAt' }

  return {
    async acquire(name, owner, ttlMs) {
      const lease = leaseUntil(name, owner, clock.now(), ttlMs)
      const Item = { ...keyOf(name), owner, expiresAt: lease.expiresAt, ttl: ttlOf(lease) }
      const put = new PutCommand({
        TableName: tableName,
        Item,
        ConditionExpression: 'attribute_not_exists(#id) OR #owner = :owner OR #expiresAt <= :now',
        ExpressionAttributeNames: { ...names, '#id': 'id' },
        ExpressionAttributeValues: { ':owner': owner, ':now': clock.now().toISOString() },
      })
      return onCondition(lease, () => onTable(tableName, 'PutItem', () => client.send(put)))
    },

    async renew(lease, ttlMs) {
      const next = leaseUntil(lease.name, lease.owner, clock.now(), ttlMs)
      const update = new UpdateCommand({
        TableName: tableName,
        Key: keyOf(lease.name),
        UpdateExpression: 'SET #expiresAt = :next, #ttl = :ttl',
        ConditionExpression: '#owner = :owner AND #expiresAt > :now',
        ExpressionAttributeNames: { ...names, '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':owner': lease.owner,
          ':now': clock.now().toISOString(),
          ':next': next.expiresAt,
          ':ttl': ttlOf(next),
        },
      })
      return onCondition(next, () => onTable(tableName, 'UpdateItem', () => client.send(update)))
    },

    async release(lease) {
      const remove = new DeleteCommand({
        TableName: tableName,
        Key: keyOf(lease.name),
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': lease.owner },
      })
      await onCondition(true, () => onTable(tableName, 'DeleteItem', () => client.send(remove)))
    },
  }
}

/** `value` when the conditional write went through, undefined when it was refused. */
async function onCondition<T>(value: T, write: () => Promise<unknown>): Promise<T | undefined> {
  try {
    await write()
    return value
  } catch (error) {
    if (conditionFailed(error)) return undefined
    throw error
  }
}

function leaseUntil(name: string, owner: string, now: Date, ttlMs: number): Lease {
  return { name, owner, expiresAt: new Date(now.getTime() + ttlMs).toISOString() }
}

function ttlOf(lease: Lease): number {
  return Math.ceil(Date.parse(lease.expiresAt) / 1000)
}
