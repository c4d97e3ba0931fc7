import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { GroupKey } from '../../core/model/group.js'
import type { Property, Recommendation, RecommendationType } from '../../core/model/recommendation.js'
import { dayMs, type IsoTime } from '../../core/model/units.js'
import { type Item, itemOf, recommendationOf } from './item.js'
import type { TableAccess } from './table.js'
import { conditionFailed, onTable } from './translate-error.js'

/** Whoever wrote `claim#<changeId>` first decided the row's id and sort key; everyone else finishes that same row. */
export interface Claim {
  readonly changeId: string
  readonly generation: number
  readonly id: string
  readonly timestamp: IsoTime
}

/** Where to begin looking for the newest generation of a (group, property), and the last no for each type. */
export interface Head {
  readonly generation: number
  readonly declined: (type: RecommendationType) => { readonly id: string; readonly timestamp: IsoTime } | undefined
}

/** An unwritten row of an older claim was closed and has expired; a younger one was left by a crash. */
export const claimFinishMs = dayMs

/** The rows behind `record`: claims, heads and recommendations by their full key. Every read is consistent. */
export function changeRows({ client, tableName }: TableAccess) {
  async function get(id: string, timestamp: string): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: tableName, Key: { id, timestamp }, ConsistentRead: true })
    return (await onTable(tableName, 'GetItem', () => client.send(command))).Item
  }

  /** False when a row with this key is there already. */
  async function putNew(Item: Item): Promise<boolean> {
    const command = new PutCommand({
      TableName: tableName,
      Item,
      ConditionExpression: 'attribute_not_exists(#id)',
      ExpressionAttributeNames: { '#id': 'id' },
    })
    return unlessRefused(() => onTable(tableName, 'PutItem', () => client.send(command)))
  }

  async function update(id: string, expression: string, names: Record<string, string>, values?: Item, unless?: string) {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { id, timestamp: 'head' },
      UpdateExpression: expression,
      ExpressionAttributeNames: names,
      ...(values ? { ExpressionAttributeValues: values } : {}),
      ...(unless ? { ConditionExpression: unless } : {}),
    })
    await unlessRefused(() => onTable(tableName, 'UpdateItem', () => client.send(command)))
  }

  return {
    async readClaim(changeId: string): Promise<Claim | undefined> {
      const item = await get(`claim#${changeId}`, 'claim')
      if (!item) return undefined
      return { changeId, generation: item.generation, id: item.recommendationId, timestamp: item.recordedAt } as Claim
    },

    async putClaim(claim: Claim): Promise<boolean> {
      const { changeId, generation, id, timestamp } = claim
      return putNew({
        id: `claim#${changeId}`,
        timestamp: 'claim',
        generation,
        recommendationId: id,
        recordedAt: timestamp,
      })
    },

    async readRow(key: { readonly id: string; readonly timestamp: string }): Promise<Recommendation | undefined> {
      const item = await get(key.id, key.timestamp)
      return item && recommendationOf(item)
    },

    async putRow(row: Recommendation): Promise<boolean> {
      return putNew(itemOf(row))
    },

    async readHead(groupKey: GroupKey, property: Property): Promise<Head> {
      const item = await get(headId(groupKey, property), 'head')
      const generation = typeof item?.generation === 'number' ? item.generation : 1
      return { generation, declined: (type) => item?.[`declined ${type}`] as { id: string; timestamp: string } }
    },

    async raiseHead(row: Recommendation): Promise<void> {
      const id = headId(row.groupKey, row.property)
      const unless = 'attribute_not_exists(#generation) OR #generation < :generation'
      const values = { ':generation': row.generation }
      await update(id, 'SET #generation = :generation', { '#generation': 'generation' }, values, unless)
    },

    /** Remembers where the last no to advice of this type is; a merge forgets it. Written before the row itself. */
    async noteAnswer(row: Recommendation): Promise<void> {
      const id = headId(row.groupKey, row.property)
      const names = { '#declined': `declined ${row.type}` }
      if (row.change.state === 'merged') await update(id, 'REMOVE #declined', names)
      if (row.change.state !== 'declined') return
      await update(id, 'SET #declined = :key', names, { ':key': { id: row.id, timestamp: row.timestamp } })
    },
  }
}

function headId(groupKey: GroupKey, property: Property): string {
  return `head#${groupKey}#${property}`
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
