import { createDynamoUsageRecord } from '../../../adapters/dynamodb/usage-record.js'
import type { Environment } from '../../../config/environment.js'
import { TrimtabError } from '../../../core/model/errors.js'
import { ownCostInWords } from '../../../core/model/usage.js'
import type { Clock } from '../../../ports.js'
import { readOwnCost } from '../../../workflows/usage/own-cost.js'
import type { AwsAccess } from '../../wire-aws.js'
import { openTable, tableNameFor } from '../../wire-table.js'
import { type Check, ok } from './check.js'

/** What Trimtab itself costs, by what its runs counted; nothing where the table cannot be read, which another check says. */
export async function ownCostCheck(
  aws: AwsAccess,
  environment: Pick<Environment, 'application' | 'table'>,
  clock: Clock,
): Promise<readonly Check[]> {
  try {
    const access = await openTable(aws, tableNameFor({ environment, environmentName: 'production' }), clock)
    const cost = await readOwnCost({ clock, usage: createDynamoUsageRecord(access) })
    return [ok('own cost of Trimtab', ownCostInWords(cost))]
  } catch (error) {
    if (error instanceof TrimtabError) return []
    throw error
  }
}
