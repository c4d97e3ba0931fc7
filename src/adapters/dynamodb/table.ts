import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { RecordingRules } from '../../core/model/recording.js'
import type { Clock } from '../../ports.js'
import { onTable } from './translate-error.js'

/** What each of the table's ports is built from. Build `client` with `DynamoDBDocumentClient.from(client)`. */
export interface TableAccess {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string
  readonly clock: Clock
  /** Defaults: `recordingRules` of core/model. */
  readonly rules?: RecordingRules
}

/** Names that outside tools rely on: DESIGN.md section 6. */
export const typeIndex = 'TypeIndex'
export const priorityIndex = 'PriorityIndex'

/** `<app>-<env>-optimization-recommendations`. */
export function tableNameOf(application: string, environment: string): string {
  return `${application}-${environment}-optimization-recommendations`
}

/** The table's shape: keys id and timestamp, both indexes, pay per request. */
export function tableShape(tableName: string): CreateTableCommandInput {
  const index = (name: string, partition: string) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: partition, KeyType: 'HASH' as const },
      { AttributeName: 'timestamp', KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'ALL' as const },
  })
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'timestamp', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['id', 'timestamp', 'type', 'priority'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    GlobalSecondaryIndexes: [index(typeIndex, 'type'), index(priorityIndex, 'priority')],
  }
}

/** Creates the table where there is none and waits until it serves. Twice, or twice at once: one table. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<'created' | 'present'> {
  if (await tableExists(client, tableName)) return 'present'
  return onTable(tableName, 'CreateTable', async () => {
    const created = await createTable(client, tableName)
    await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 5 }, { TableName: tableName })
    if (created) await switchOnTtl(client, tableName)
    return created ? 'created' : 'present'
  })
}

/** Whether the table is there. A denied or unreachable table is a fault, not a no. */
export async function tableExists(client: DynamoDBClient, tableName: string): Promise<boolean> {
  return onTable(tableName, 'DescribeTable', async () => {
    try {
      await client.send(new DescribeTableCommand({ TableName: tableName }))
      return true
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return false
      throw error
    }
  })
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(tableShape(tableName)))
    return true
  } catch (error) {
    if (error instanceof ResourceInUseException) return false
    throw error
  }
}

/** Deletion by AWS is a courtesy: expired rows are filtered by every reader, so an endpoint without it will do. */
async function switchOnTtl(client: DynamoDBClient, tableName: string): Promise<void> {
  const TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true }
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }))
  } catch (error) {
    if (error instanceof Error && unsupportedNames.includes(error.name)) return
    throw error
  }
}

const unsupportedNames = ['UnknownOperationException', 'UnsupportedOperation', 'ValidationException']
