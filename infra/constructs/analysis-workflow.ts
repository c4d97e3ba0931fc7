import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  JitterType,
  JsonPath,
  LogLevel,
  Pass,
  type State,
  StateMachine,
  Succeed,
  TaskInput,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions'
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import { acknowledge, acknowledgeResources } from './acknowledge.js'
import { type Deployment, nameOf } from './deployment.js'

export interface AnalysisWorkflowProps {
  readonly deployment: Deployment
  readonly analyzer: IFunction
  readonly engine: IFunction
}

/** Places read at once, and batches of groups at once in each of them: what an account's API limits bear. */
const concurrency = { places: 10, batches: 5 } as const
/** A batch that is still unfinished after so many calls waits for the next analysis. */
const maxRounds = 5
const timeout = Duration.hours(6)

/** An account may have few concurrent calls left: the batches then come one after the other. */
const throttled = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: Duration.seconds(5),
  maxDelay: Duration.minutes(2),
  maxAttempts: 12,
  backoffRate: 2,
  jitterStrategy: JitterType.FULL,
}

/**
 * The analysis of every group, whatever their number: places (account and region), their groups page by page, batches
 * of groups side by side, and at the end the engine. A place, a page or a batch that fails does so alone; the function
 * has said why. Nested distributed maps, so that no execution's history or payload grows with the fleet.
 */
export class AnalysisWorkflow extends Construct {
  readonly stateMachine: StateMachine

  constructor(scope: Construct, id: string, { deployment, analyzer, engine }: AnalysisWorkflowProps) {
    super(scope, id)
    const stateMachineName = nameOf(deployment, 'analysis')
    const places = this.invoke('Places', analyzer, { task: 'places' })
    const eachPlace = new DistributedMap(this, 'Each place', {
      itemsPath: '$.places',
      maxConcurrency: concurrency.places,
      toleratedFailurePercentage: 100,
      resultPath: JsonPath.DISCARD,
    })
    eachPlace.itemProcessor(this.analysePlace(analyzer))
    const optimize = this.invoke('Optimize', engine, { task: 'optimize' })
    const role = this.createRole(stateMachineName, [analyzer, engine])
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      definitionBody: DefinitionBody.fromChainable(places.next(eachPlace).next(optimize)),
      role: role.withoutPolicyUpdates(),
      timeout,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: deployment.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    })
    this.stateMachine.node.addDependency(role)
    // What CDK would add for distributed maps, wider than what the role has already.
    this.stateMachine.node.tryRemoveChild('DistributedMapPolicy')
  }

  /** One account and region: a page of groups, its batches, the next page. */
  private analysePlace(analyzer: IFunction): State {
    const list = this.invoke('List', analyzer, { task: 'list', 'place.$': '$' })
    const listMore = this.invoke('List more', analyzer, { task: 'list', 'place.$': '$.place', 'token.$': '$.token' })
    const eachBatch = new DistributedMap(this, 'Each batch', {
      itemsPath: '$.batches',
      itemSelector: { 'groups.$': '$$.Map.Item.Value', round: 1 },
      maxConcurrency: concurrency.batches,
      toleratedFailurePercentage: 100,
      resultPath: JsonPath.DISCARD,
    })
    eachBatch.itemProcessor(this.analyseBatch(analyzer))
    const more = new Choice(this, 'More groups?')
      .when(Condition.isPresent('$.token'), listMore)
      .otherwise(new Succeed(this, 'Place done'))
    list.next(eachBatch).next(more)
    listMore.next(eachBatch)
    return list
  }

  /** Up to 25 groups; what a call leaves unfinished near its limit goes into another. */
  private analyseBatch(analyzer: IFunction): State {
    const analyze = this.invoke(
      'Analyze',
      analyzer,
      { task: 'analyze', 'groups.$': '$.groups' },
      { resultSelector: { 'groups.$': '$.Payload.unfinished' }, resultPath: '$.left' },
    )
    const again = new Pass(this, 'Next round', {
      parameters: { 'groups.$': '$.left.groups', 'round.$': 'States.MathAdd($.round, 1)' },
    })
    // The map's answer is the list of its batches' answers: each says nothing, so that it stays small.
    const done = new Pass(this, 'Batch done', { parameters: {} })
    const unfinished = Condition.and(
      Condition.isPresent('$.left.groups[0]'),
      Condition.numberLessThan('$.round', maxRounds),
    )
    analyze.next(new Choice(this, 'Unfinished?').when(unfinished, again).otherwise(done))
    again.next(analyze)
    return analyze
  }

  private invoke(
    id: string,
    lambdaFunction: IFunction,
    payload: Readonly<Record<string, unknown>>,
    answer?: { readonly resultSelector: Record<string, unknown>; readonly resultPath: string },
  ): TaskStateBase {
    const task = new LambdaInvoke(this, id, {
      lambdaFunction,
      payload: TaskInput.fromObject(payload),
      retryOnServiceExceptions: true,
      ...(answer ?? { outputPath: '$.Payload' }),
    })
    return task.addRetry(throttled)
  }

  private createRole(name: string, functions: readonly IFunction[]): Role {
    const of = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({
        service: 'states',
        resource,
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })
    const runs = [of('execution', `${name}/*`), of('stateMachine', `${name}/*`)]
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Trimtab: runs the analysis of all groups',
    })
    const statements = [
      { actions: ['lambda:InvokeFunction'], resources: functions.map(({ functionArn }) => functionArn) },
      { actions: ['states:StartExecution'], resources: [of('stateMachine', name)] },
      {
        actions: [
          'states:StartExecution',
          'states:DescribeExecution',
          'states:StopExecution',
          'states:RedriveExecution',
        ],
        resources: runs,
      },
      { actions: [...logDelivery, ...tracing], resources: ['*'] },
    ]
    for (const statement of statements) role.addToPolicy(new PolicyStatement(statement))
    acknowledgeResources(
      role,
      runs,
      'A distributed map starts and watches child executions of this state machine, whose names are made as it runs.',
    )
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'X-Ray writes and the log delivery that Step Functions sets up for itself have no resource-level permission.',
    )
    return role
  }
}

const tracing = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
] as const

const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
] as const
