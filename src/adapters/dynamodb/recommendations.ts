import { PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { TrimtabError } from '../../core/model/errors.js'
import { changeIdOf, recommendationIdOf } from '../../core/model/identity.js'
import { type Advice, type Recommendation, recommendationTypes } from '../../core/model/recommendation.js'
import {
  declineHolds,
  firstRow,
  isExpired,
  nextRevision,
  recordingOf,
  recordingRules,
} from '../../core/model/recording.js'
import type { RecommendationQuery, Recommendations, Recorded } from '../../ports.js'
import { type Claim, changeRows, claimFinishMs, type Head } from './change-rows.js'
import { type Item, itemOf, recommendationOf } from './item.js'
import { priorityIndex, type TableAccess, typeIndex } from './table.js'
import { conditionFailed, onTable } from './translate-error.js'

/** Lost races of `record` before it gives up: each lost one means that another writer went on. */
const attempts = 20
const defaultLimit = 20

/**
 * Stored recommendations on DynamoDB. `find` and `record` read consistently; `list` reads the indexes, which in AWS
 * lag the table by moments.
 */
export function createDynamoRecommendations(access: TableAccess): Recommendations {
  const { client, tableName, clock, rules = recordingRules } = access
  const rows = changeRows(access)

  async function save(next: Recommendation): Promise<Recommendation | undefined> {
    await rows.noteAnswer(next)
    const stored = nextRevision(next, clock.now(), rules)
    const command = new PutCommand({
      TableName: tableName,
      Item: itemOf(stored),
      ConditionExpression: '#revision = :revision',
      ExpressionAttributeNames: { '#revision': 'revision' },
      ExpressionAttributeValues: { ':revision': next.revision },
    })
    try {
      await onTable(tableName, 'PutItem', () => client.send(command))
      return stored
    } catch (error) {
      if (conditionFailed(error)) return undefined
      throw error
    }
  }

  /** Finishes the row of a claim, ours or one that a crash left. Exactly one writer of it is told `new`. */
  async function finish(claim: Claim, advice: Advice, head: Head): Promise<Recorded | undefined> {
    const key = head.declined(advice.type)
    const row = firstRow(advice, claim, key && (await rows.readRow(key)))
    const written = await rows.putRow(row)
    await rows.raiseHead(row)
    return written ? { kind: 'new', recommendation: row } : undefined
  }

  async function begin(advice: Advice, generation: number, at: Date, head: Head): Promise<Recorded | undefined> {
    const key = head.declined(advice.type)
    const declined = key && (await rows.readRow(key))
    if (declined && declineHolds(declined, advice, at, rules)) return { kind: 'known', recommendation: declined }
    const changeId = changeIdOf(advice.groupKey, advice.property, generation)
    const id = recommendationIdOf(advice.type, changeId)
    const claim: Claim = { changeId, generation, id, timestamp: at.toISOString() }
    return (await rows.putClaim(claim)) ? finish(claim, advice, head) : undefined
  }

  /** One walk from the newest known generation; undefined when another writer was faster somewhere. */
  async function tryRecord(advice: Advice, at: Date): Promise<Recorded | undefined> {
    const head = await rows.readHead(advice.groupKey, advice.property)
    for (let generation = head.generation; ; generation += 1) {
      const claim = await rows.readClaim(changeIdOf(advice.groupKey, advice.property, generation))
      if (!claim) return begin(advice, generation, at, head)
      const stored = await rows.readRow(claim)
      if (!stored) {
        const left = at.getTime() - Date.parse(claim.timestamp) < claimFinishMs
        if (left) return finish(claim, advice, head)
        continue
      }
      const recording = recordingOf(stored, advice, at)
      if (recording.kind === 'keep') return { kind: 'known', recommendation: stored }
      const write = recording.kind === 'update' ? recording.next : recording.retire
      const saved = write && (await save(write))
      if (write && !saved) return undefined
      if (saved && recording.kind === 'update') return { kind: 'known', recommendation: saved }
    }
  }

  return {
    async record(advice, at) {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const recorded = await tryRecord(advice, at)
        if (recorded) return recorded
      }
      const what = `recording ${advice.type} for ${advice.groupKey}`
      throw new TrimtabError('conflict', `${what}: ${attempts} races lost; the next run tries again`)
    },

    async find(id) {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#id = :id',
        ExpressionAttributeNames: { '#id': 'id' },
        ExpressionAttributeValues: { ':id': id },
        ScanIndexForward: false,
        ConsistentRead: true,
      })
      const { Items = [] } = await onTable(tableName, 'Query', () => client.send(command))
      const row = Items[0] && recommendationOf(Items[0])
      return row && !isExpired(row, clock.now()) ? row : undefined
    },

    async list(query) {
      const limit = query.limit ?? defaultLimit
      const queries = indexQueries(query, clock.now()).map(async (input) => {
        const found: Item[] = []
        let from: Item | undefined
        do {
          const page = { ...input, TableName: tableName, ...(from ? { ExclusiveStartKey: from } : {}) }
          const answer = await onTable(tableName, 'Query', () => client.send(new QueryCommand(page)))
          found.push(...(answer.Items ?? []))
          from = answer.LastEvaluatedKey
        } while (from && found.length < limit)
        return found
      })
      const items = (await Promise.all(queries)).flat()
      const listed = items.map(recommendationOf).filter((row) => row !== undefined)
      return listed.sort(newestFirst).slice(0, limit)
    },

    save,
  }
}

/** One index query, or one for each type where neither type nor priority is asked for: never a scan. */
function indexQueries(query: RecommendationQuery, now: Date): readonly Omit<QueryCommandInput, 'TableName'>[] {
  const { type, priority } = query
  if (type === undefined && priority === undefined) {
    return recommendationTypes.flatMap((each) => indexQueries({ ...query, type: each }, now))
  }
  const [index, key, value] = type ? [typeIndex, 'type', type] : [priorityIndex, 'priority', priority]
  const filters = Object.entries({
    status: query.status,
    groupKey: query.groupKey,
    priority: type === undefined ? undefined : priority,
  }).filter(([, wanted]) => wanted !== undefined)
  return [
    {
      IndexName: index,
      ScanIndexForward: false,
      KeyConditionExpression: '#key = :key',
      FilterExpression: [
        '(attribute_not_exists(#ttl) OR #ttl > :now)',
        ...filters.map(([name]) => `#${name} = :${name}`),
      ].join(' AND '),
      ExpressionAttributeNames: {
        '#key': key,
        '#ttl': 'ttl',
        ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ':key': value,
        ':now': Math.floor(now.getTime() / 1000),
        ...Object.fromEntries(filters.map(([name, wanted]) => [`:${name}`, wanted])),
      },
    },
  ]
}

function newestFirst(a: Recommendation, b: Recommendation): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? 1 : -1
  return a.id < b.id ? -1 : 1
}
