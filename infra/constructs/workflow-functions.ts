import { Duration } from 'aws-cdk-lib'
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events'
import type { IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventBridgeDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledgeResources } from './acknowledge.js'
import type { Deployment, FunctionName } from './deployment.js'
import type { FunctionVariables } from './function-variables.js'
import type { GitHubAppSecret } from './github-secret.js'
import { groupArns, type ManagedGroups } from './managed-groups.js'
import type { MemberRoleArns } from './member-accounts.js'
import type { NotificationTopics } from './notification-topics.js'
import { assumeStatement, capacityStatement, costStatement, lookStatement, publishStatement } from './permissions.js'
import type { RecommendationsTable } from './recommendations-table.js'
import { WorkflowFunction, type WorkflowFunctionProps } from './workflow-function.js'

export interface WorkflowFunctionsProps {
  readonly deployment: Deployment
  readonly groups: ManagedGroups
  /** Whether capacity may be added at all. */
  readonly mayApply: boolean
  readonly variables: FunctionVariables
  readonly table: RecommendationsTable
  readonly topics: NotificationTopics
  readonly secret: GitHubAppSecret
  readonly outcomes: LogGroup
  readonly webhookQueue: IQueue
  /** What an asynchronous run left undone after its retries. */
  readonly failedRuns: IQueue
  readonly members: MemberRoleArns
}

/** Near Lambda's limit of 15 minutes a run stops cleanly and says what is unfinished. */
const runTimeout = Duration.minutes(15)
export const workerTimeout = Duration.minutes(5)

/** The five functions, each with what it needs and no more; only the engine can write to a group. */
export class WorkflowFunctions extends Construct {
  readonly analyzer: WorkflowFunction
  readonly engine: WorkflowFunction
  readonly costOptimizer: WorkflowFunction
  readonly webhook: WorkflowFunction
  readonly worker: WorkflowFunction
  /** Where the analyzer says that an asynchronous run has ended. */
  readonly bus: IEventBus

  constructor(scope: Construct, id: string, props: WorkflowFunctionsProps) {
    super(scope, id)
    const { topics } = props
    this.bus = EventBus.fromEventBusName(this, 'Bus', 'default')
    this.analyzer = this.run(props, 'performance-analyzer', {
      description: 'gathers metrics, scores groups, records recommendations',
      memoryMb: 1024,
      onSuccess: new EventBridgeDestination(this.bus),
    })
    this.engine = this.run(props, 'optimization-engine', {
      description: 'decides on recommendations, proposes or applies them, verifies what was done',
      memoryMb: 1024,
    })
    this.costOptimizer = this.run(props, 'cost-optimizer', {
      description: 'reads costs, writes the cost issue',
      memoryMb: 512,
    })
    this.webhook = this.create(props, 'webhook', {
      description: 'verifies deliveries of GitHub and queues them',
      memoryMb: 512,
      timeout: Duration.seconds(10),
      variables: webhookVariables(props),
      outcomes: undefined,
    })
    this.worker = this.create(props, 'worker', {
      description: 'answers deliveries of GitHub from the queue',
      memoryMb: 1024,
      timeout: workerTimeout,
    })
    this.grant(props)
    tell(this.analyzer, topics.optimizationRecommendation, topics.performanceAlert)
    tell(this.engine, topics.optimizationRecommendation, topics.performanceAlert)
    tell(this.costOptimizer, topics.optimizationRecommendation, topics.costAlert)
    tell(this.worker, topics.optimizationRecommendation, topics.performanceAlert)
  }

  /** In the order of the contract. */
  get all(): readonly WorkflowFunction[] {
    return [this.analyzer, this.engine, this.costOptimizer, this.webhook, this.worker]
  }

  private grant(props: WorkflowFunctionsProps): void {
    const { deployment, table, secret, members } = props
    for (const { role } of [this.analyzer, this.engine, this.costOptimizer, this.worker]) {
      allow(role, lookStatement(), assumeStatement('ReadMembers', members.read))
      table.grantRows(role)
    }
    for (const { role } of [this.analyzer, this.engine, this.costOptimizer])
      allow(role, publishStatement(deployment.namespace))
    for (const { role } of this.all) secret.grantRead(role)
    allow(this.costOptimizer.role, costStatement())
    props.webhookQueue.grantSendMessages(this.webhook.role)
    if (props.mayApply) this.grantCapacity(props)
  }

  private grantCapacity({ groups, members }: WorkflowFunctionsProps): void {
    const arns = groupArns(this, groups)
    const tags = groups.kind === 'tagged' ? groups.tags : {}
    allow(this.engine.role, capacityStatement(arns, tags), assumeStatement('ApplyInMembers', members.apply))
    acknowledgeResources(
      this.engine,
      arns,
      'The ARN of a group holds an id that only AWS knows; the opt-in tag on the group is a condition of the statement.',
    )
  }

  private run(
    props: WorkflowFunctionsProps,
    name: FunctionName,
    own: Pick<WorkflowFunctionProps, 'description' | 'memoryMb' | 'onSuccess'>,
  ): WorkflowFunction {
    return this.create(props, name, { ...own, timeout: runTimeout, onFailure: new SqsDestination(props.failedRuns) })
  }

  private create(
    props: WorkflowFunctionsProps,
    name: FunctionName,
    own: Omit<WorkflowFunctionProps, 'deployment' | 'name' | 'variables' | 'outcomes'> &
      Partial<Pick<WorkflowFunctionProps, 'variables' | 'outcomes'>>,
  ): WorkflowFunction {
    const { deployment, variables, outcomes } = props
    return new WorkflowFunction(this, name, { deployment, name, variables, outcomes, ...own })
  }
}

/** A webhook is verified and queued: what it does not need it does not know. What comes of it the worker tells. */
function webhookVariables({ variables, webhookQueue }: WorkflowFunctionsProps): FunctionVariables {
  return {
    TRIMTAB_SECRET: variables.TRIMTAB_SECRET,
    TRIMTAB_WEBHOOK_QUEUE: webhookQueue.queueUrl,
  }
}

function allow({ grantPrincipal }: IGrantable, ...statements: readonly (PolicyStatement | undefined)[]): void {
  for (const statement of statements) if (statement) grantPrincipal.addToPrincipalPolicy(statement)
}

function tell({ role }: WorkflowFunction, ...topics: readonly ITopic[]): void {
  for (const topic of topics) topic.grantPublish(role)
}
