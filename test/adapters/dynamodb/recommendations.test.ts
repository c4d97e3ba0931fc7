import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createDynamoRecommendations } from '../../../src/adapters/dynamodb/recommendations.js'
import { ensureTable, tableNameOf } from '../../../src/adapters/dynamodb/table.js'
import { changeIdOf } from '../../../src/core/model/identity.js'
import { dayMs } from '../../../src/core/model/units.js'
import { adviceOf, handClock, startDynalite } from '../../contracts/table-worlds.js'

let dynamo: Awaited<ReturnType<typeof startDynalite>>
const tableName = tableNameOf('macro-ai', 'production')
const clock = handClock()
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

const open = (name = tableName) => createDynamoRecommendations({ client: dynamo.documents, tableName: name, clock })

test('ensuring the table twice, also at once, gives one with both indexes', async () => {
  const [a, b] = await Promise.all([ensureTable(dynamo.client, tableName), ensureTable(dynamo.client, tableName)])
  expect([a, b].filter((each) => each === 'created')).toHaveLength(1)
  expect(await ensureTable(dynamo.client, tableName)).toBe('present')
  const { Table } = await dynamo.client.send(new DescribeTableCommand({ TableName: tableName }))
  expect(Table?.KeySchema?.map((key) => key.AttributeName)).toEqual(['id', 'timestamp'])
  const shown = Table?.GlobalSecondaryIndexes?.map((i) => [i.IndexName, i.KeySchema?.map((k) => k.AttributeName)])
  expect(Object.fromEntries(shown ?? [])).toEqual({
    TypeIndex: ['type', 'timestamp'],
    PriorityIndex: ['priority', 'timestamp'],
  })
})

test('what a crash left between claim and row is finished under the claimed name and time', async () => {
  const advice = adviceOf({ groupKey: '1/us-east-1/crashed' })
  const changeId = changeIdOf(advice.groupKey, advice.property, 1)
  const recordedAt = new Date(clock.now().getTime() - 60_000).toISOString()
  const claim = { id: `claim#${changeId}`, timestamp: 'claim', generation: 1, recommendationId: `down-${changeId}` }
  await dynamo.documents.send(new PutCommand({ TableName: tableName, Item: { ...claim, recordedAt } }))
  const both = await Promise.all([open().record(advice, clock.now()), open().record(advice, clock.now())])
  expect(both.map(({ kind }) => kind).sort()).toEqual(['known', 'new'])
  expect(both[0]?.recommendation).toMatchObject({ id: `down-${changeId}`, timestamp: recordedAt, generation: 1 })
})

test('a claim whose row was deleted after its time is not brought back to life', async () => {
  const advice = adviceOf({ groupKey: '1/us-east-1/deleted' })
  const changeId = changeIdOf(advice.groupKey, advice.property, 1)
  const recordedAt = new Date(clock.now().getTime() - 40 * dayMs).toISOString()
  const claim = { id: `claim#${changeId}`, timestamp: 'claim', generation: 1, recommendationId: `down-${changeId}` }
  await dynamo.documents.send(new PutCommand({ TableName: tableName, Item: { ...claim, recordedAt } }))
  expect((await open().record(advice, clock.now())).recommendation.generation).toBe(2)
})

test('no index lists claims or heads, and recording the same advice again writes nothing', async () => {
  const name = 'quiet'
  await ensureTable(dynamo.client, name)
  await open(name).record(adviceOf(), clock.now())
  const scan = () => dynamo.documents.send(new ScanCommand({ TableName: name }))
  const before = await scan()
  expect(before.Items?.map(({ id }) => String(id).split(/[-#]/)[0]).sort()).toEqual(['claim', 'down', 'head'])
  for (const [IndexName, key, value] of [
    ['TypeIndex', 'type', 'SCALE_DOWN'],
    ['PriorityIndex', 'priority', 'HIGH'],
  ] as const) {
    const { Items } = await dynamo.documents.send(
      new QueryCommand({
        TableName: name,
        IndexName,
        KeyConditionExpression: '#k = :v',
        ExpressionAttributeNames: { '#k': key },
        ExpressionAttributeValues: { ':v': value },
      }),
    )
    expect(Items).toHaveLength(1)
    expect(Items?.[0]).toMatchObject({
      status: 'PENDING',
      changeState: 'recorded',
      implementation: { automated: false },
    })
  }
  clock.advance(60_000)
  await open(name).record(adviceOf(), clock.now())
  expect(await scan()).toMatchObject({ Items: before.Items })
})

test('the specification’s example row, written by another tool, is found and listed and never acted on', async () => {
  const example = {
    id: 'cost-1234567890-spot',
    timestamp: '2026-11-01T00:00:00.000Z',
    type: 'COST_OPTIMIZATION',
    priority: 'MEDIUM',
    description: 'Switch to spot instances (t3.medium) for 65% savings',
    expectedImpact: { costSavings: 65, riskLevel: 'MEDIUM' },
    implementation: { automated: false, steps: ['Create new launch template'], estimatedDuration: '30-60 minutes' },
  }
  await dynamo.documents.send(new PutCommand({ TableName: tableName, Item: example }))
  expect(await open().find(example.id)).toMatchObject({
    ...example,
    status: 'PENDING',
    change: { state: 'superseded' },
  })
  expect(await open().list({ type: 'COST_OPTIMIZATION' })).toMatchObject([example])
})

test('a table that is not there is a fault of configuration that names table and call', async () => {
  await expect(open('absent').find('x')).rejects.toMatchObject({ code: 'configuration', call: 'dynamodb:Query' })
})
