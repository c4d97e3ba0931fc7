import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { tableNameOf } from '../../src/config/environment.js'
import type { Deployment } from './deployment.js'

/** Indexes by name and partition key: outside tools query them (S56, S57). */
const indexes = { TypeIndex: 'type', PriorityIndex: 'priority' } as const

/** What a run may do to rows. No scan, no batch, and nothing to the table itself. */
const rowActions = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'UpdateItem',
] as const

/** The table of recommendations (S50): on demand, encrypted, restorable to any second of the last 35 days. */
export class RecommendationsTable extends Construct {
  readonly table: Table

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id)
    const sortKey = { name: 'timestamp', type: AttributeType.STRING }
    this.table = new Table(this, 'Table', {
      tableName: tableNameOf(deployment.application, deployment.environmentName),
      partitionKey: { name: 'id', type: AttributeType.STRING },
      sortKey,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'ttl',
      removalPolicy: deployment.tableRemoval,
      deletionProtection: deployment.isProduction,
    })
    for (const [indexName, partition] of Object.entries(indexes))
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey,
        projectionType: ProjectionType.ALL,
      })
  }

  /** Rows may be read and written; DescribeTable says whether the table is there. */
  grantRows(grantee: IGrantable): void {
    const { tableArn } = this.table
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'Rows',
        actions: [...rowActions, 'DescribeTable'].map((action) => `dynamodb:${action}`),
        resources: [tableArn],
      }),
    )
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'Indexes',
        actions: ['dynamodb:Query'],
        resources: Object.keys(indexes).map((name) => `${tableArn}/index/${name}`),
      }),
    )
  }
}
