import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, test } from '@jest/globals'
import { startEmbeddedTable } from '../../../src/sandbox/aws/embedded-table.js'
import { createFaults } from '../../../src/sandbox/aws/faults.js'
import { authorization, clientFor, failure, started } from './started.js'

const createTable = new CreateTableCommand({
  TableName: 'advice',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
})

function put(id: string) {
  return new PutItemCommand({
    TableName: 'advice',
    Item: { id: { S: id } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
}

test('the same endpoint serves tables, their conditions and their errors, and counts the calls', async () => {
  const server = await started({ operations: {} })
  const client = new DynamoDBClient(clientFor(server))
  await client.send(createTable)
  await client.send(put('a'))
  const error = await failure(client.send(put('a')))
  expect([error.name, error.$metadata?.httpStatusCode]).toEqual(['ConditionalCheckFailedException', 400])
  const query = new QueryCommand({
    TableName: 'advice',
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ':id': { S: 'a' } },
  })
  expect((await client.send(query)).Items).toEqual([{ id: { S: 'a' } }])
  expect(Object.fromEntries(server.calls)).toEqual({
    'dynamodb:CreateTable': 1,
    'dynamodb:PutItem': 2,
    'dynamodb:Query': 1,
  })
})

test("the aws CLI's own scan, word for word on the wire, gives ten rows and says that there are more (S96)", async () => {
  const server = await started({ operations: {} })
  const client = new DynamoDBClient(clientFor(server))
  await client.send(createTable)
  for (let n = 0; n < 12; n += 1) await client.send(put(`change-${n}`))
  // aws dynamodb scan --table-name advice --limit 10
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: {
      'x-amz-target': 'DynamoDB_20120810.Scan',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20261123T100000Z',
      authorization: authorization('dynamodb'),
    },
    body: '{"TableName": "advice", "Limit": 10}',
  })
  expect(answer.status).toBe(200)
  const rows = (await answer.json()) as { readonly Items: readonly unknown[] }
  expect(rows).toMatchObject({ Count: 10, ScannedCount: 10, LastEvaluatedKey: { id: { S: expect.any(String) } } })
  expect(rows.Items).toEqual(Array.from({ length: 10 }, () => ({ id: { S: expect.stringMatching(/^change-\d+$/) } })))
})

test('faults strike the table too, before or after the effect', async () => {
  const faults = createFaults()
  const server = await started({ operations: {}, faults })
  const client = new DynamoDBClient(clientFor(server))
  await client.send(createTable)
  faults.set({ operation: 'dynamodb:PutItem', kind: 'throttle', times: 1 })
  expect((await failure(client.send(put('a')))).name).toBe('ThrottlingException')
  faults.set({ operation: 'dynamodb:PutItem', kind: 'cutAfterEffect', times: 1 })
  await failure(client.send(put('a')))
  expect((await failure(client.send(put('a')))).name).toBe('ConditionalCheckFailedException')
})

test('a registered operation stands before the table, for what dynalite lacks', async () => {
  const specification = { AttributeName: 'ttl', Enabled: true }
  const server = await started({
    operations: {
      'dynamodb:UpdateTimeToLive': (input) => ({ TimeToLiveSpecification: input.TimeToLiveSpecification }),
    },
  })
  const client = new DynamoDBClient(clientFor(server))
  const update = new UpdateTimeToLiveCommand({ TableName: 'advice', TimeToLiveSpecification: specification })
  expect((await client.send(update)).TimeToLiveSpecification).toEqual(specification)
  const describe = client.send(new DescribeTimeToLiveCommand({ TableName: 'advice' }))
  expect((await failure(describe)).name).toBe('ResourceNotFoundException')
})

test('two stand-ins share a table that is given to both', async () => {
  const table = await startEmbeddedTable()
  try {
    const options = { operations: {}, dynamoEndpoint: table.endpoint }
    const [one, other] = [await started(options), await started(options)]
    await new DynamoDBClient(clientFor(one)).send(createTable)
    await new DynamoDBClient(clientFor(other)).send(put('a'))
    const again = new DynamoDBClient(clientFor(one)).send(put('a'))
    expect((await failure(again)).name).toBe('ConditionalCheckFailedException')
  } finally {
    await table.close()
  }
})
