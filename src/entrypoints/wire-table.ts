import type { TableAccess } from '../adapters/dynamodb/table.js'
import { createLocalLeases } from '../adapters/local/table/leases.js'
import { createLocalMetricHistory } from '../adapters/local/table/metric-history.js'
import { createLocalNotebook } from '../adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../adapters/local/table/recommendations.js'
import { createLocalReports } from '../adapters/local/table/reports.js'
import { createLocalUsageRecord } from '../adapters/local/table/usage-record.js'
import { type Environment, tableNameOf } from '../config/environment.js'
import { TrimtabError } from '../core/model/errors.js'
import type { MetricHistory } from '../ports/metric-history.js'
import type { Clock, Journal } from '../ports.js'
import type { TableDeps } from '../workflows/deps.js'
import type { AwsAccess } from './wire-aws.js'

/**
 * `required`: the shared table, or a fault. `deployed`: the shared table, without asking whether it is there: a stack has
 * made it. `create`: it is made where it is missing. `preferred`: a table in memory
 * where none is configured and the one with the default name cannot be read. `memory`: never the shared one.
 */
export type TableChoice = 'required' | 'deployed' | 'create' | 'preferred' | 'memory'

export interface TableRequest {
  readonly environment: Pick<Environment, 'application' | 'table'>
  /** Part of the default name. */
  readonly environmentName: string
  readonly choice: TableChoice
  readonly clock: Clock
  readonly journal: Journal
}

/** The name of the table that the environment configures, or the default name. */
export function tableNameFor({ environment, environmentName }: Pick<TableRequest, 'environment' | 'environmentName'>) {
  return environment.table ?? tableNameOf(environment.application, environmentName)
}

/** What workflows use of the table, and what only readers of AWS do. */
export interface WiredTable extends TableDeps {
  readonly history: MetricHistory
}

/** The table's ports, shared in DynamoDB or in memory. */
export async function wireTable(aws: AwsAccess, request: TableRequest): Promise<WiredTable> {
  if (request.choice === 'memory') return localTable(request.clock)
  const tableName = tableNameFor(request)
  const access = await openTable(aws, tableName, request.clock)
  if (request.choice === 'deployed') return dynamoTable(access)
  if (request.choice === 'create') {
    const { ensureTable } = await import('../adapters/dynamodb/table.js')
    await ensureTable(access.client, tableName)
    return dynamoTable(access)
  }
  if (request.choice === 'required' || request.environment.table !== undefined) {
    await demandTable(access)
    return dynamoTable(access)
  }
  return (await canBeRead(access, request.journal)) ? onlyLooking(await dynamoTable(access)) : localTable(request.clock)
}

/** A connection to the table; nothing is asked yet. */
export async function openTable(aws: AwsAccess, tableName: string, clock: Clock): Promise<TableAccess> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb')
  const client = new DynamoDBClient({
    ...aws.settings,
    maxAttempts: 4,
    // The SDK's own decoder tests each text against a pattern first, which takes longer than all the rest of a read.
    base64Decoder: (text) => Buffer.from(text, 'base64'),
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  })
  // It copies whole requests and answers for a logger that there is not.
  client.middlewareStack.remove('loggerMiddleware')
  if (aws.meter) {
    const { countUnits } = await import('../adapters/dynamodb/count-units.js')
    countUnits(client, aws.meter)
  }
  const marshallOptions = { removeUndefinedValues: true }
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions }), tableName, clock }
}

async function demandTable({ client, tableName }: TableAccess): Promise<void> {
  const { tableExists } = await import('../adapters/dynamodb/table.js')
  if (await tableExists(client, tableName)) return
  throw new TrimtabError(
    'configuration',
    `opening the table: there is no table ${tableName}; deploy the stack, set TRIMTAB_TABLE, or let \`trimtab run --create-table\` make it`,
  )
}

async function canBeRead({ client, tableName }: TableAccess, journal: Journal): Promise<boolean> {
  const { tableExists } = await import('../adapters/dynamodb/table.js')
  try {
    return await tableExists(client, tableName)
  } catch (error) {
    journal.failure('table could not be read; earlier decisions are not known to this run', error, { tableName })
    return false
  }
}

/** Who did not ask for the table by name only looks: series are read from it, and none is written to it. */
function onlyLooking(table: WiredTable): WiredTable {
  return { ...table, history: { read: (days) => table.history.read(days), write: async () => {} } }
}

async function dynamoTable(access: TableAccess): Promise<WiredTable> {
  const [recommendations, leases, notebook, reports, history, usage] = await Promise.all([
    import('../adapters/dynamodb/recommendations.js'),
    import('../adapters/dynamodb/leases.js'),
    import('../adapters/dynamodb/notebook.js'),
    import('../adapters/dynamodb/reports.js'),
    import('../adapters/dynamodb/metric-history.js'),
    import('../adapters/dynamodb/usage-record.js'),
  ])
  return {
    recommendations: recommendations.createDynamoRecommendations(access),
    leases: leases.createDynamoLeases(access),
    notebook: notebook.createDynamoNotebook(access),
    reports: reports.createDynamoReports(access),
    history: history.createDynamoMetricHistory(access),
    usage: usage.createDynamoUsageRecord(access),
  }
}

function localTable(clock: Clock): WiredTable {
  return {
    recommendations: createLocalRecommendations(clock),
    leases: createLocalLeases(clock),
    notebook: createLocalNotebook(clock),
    reports: createLocalReports(clock),
    history: createLocalMetricHistory(clock),
    usage: createLocalUsageRecord(),
  }
}
