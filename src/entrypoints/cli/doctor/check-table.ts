import { tableExists } from '../../../adapters/dynamodb/table.js'
import type { Environment } from '../../../config/environment.js'
import type { Clock } from '../../../ports.js'
import type { AwsAccess } from '../../wire-aws.js'
import { openTable, tableNameFor } from '../../wire-table.js'
import { type Check, fail, ok, warn } from './check.js'

/** Whether the table of recommendations is there; `run` needs it, `analyze` can do without. */
export async function tableCheck(
  aws: AwsAccess,
  environment: Pick<Environment, 'application' | 'table'>,
  clock: Clock,
): Promise<Check> {
  const tableName = tableNameFor({ environment, environmentName: 'production' })
  const mend = 'Deploy the stack, set TRIMTAB_TABLE, or let `trimtab run --create-table` make it.'
  try {
    const { client } = await openTable(aws, tableName, clock)
    if (await tableExists(client, tableName)) return ok('table', tableName)
    return warn('table', `there is no table ${tableName}; \`run\` needs it, \`analyze\` does without`, mend)
  } catch (error) {
    return fail('table', error)
  }
}
