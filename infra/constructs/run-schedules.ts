import { Duration, RemovalPolicy, type TimeZone } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  type CronOptionsWithTimezone,
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler'
import {
  LambdaInvoke,
  type ScheduleTargetBaseProps,
  StepFunctionsStartExecution,
} from 'aws-cdk-lib/aws-scheduler-targets'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { type Deployment, nameOf } from './deployment.js'
import type { OptimizationConfig } from './optimization-config.js'
import type { WorkflowFunctions } from './workflow-functions.js'

export interface RunSchedulesProps {
  readonly deployment: Deployment
  readonly config: OptimizationConfig
  readonly timeZone: TimeZone
  readonly analysis: IStateMachine
  readonly functions: WorkflowFunctions
  /** Where a call goes that could not be made. */
  readonly failedRuns: IQueue
}

/** The degradation alarm looks at two periods of 30 minutes: each needs a point. */
export const monitoringInterval = Duration.minutes(15)

type CostTask = 'daily' | 'weekly' | 'monthly' | 'quarterly'

/** After the night's last cost data, and the issue before people are at work. */
const costTimes: Readonly<Record<CostTask, Omit<CronOptionsWithTimezone, 'timeZone'>>> = {
  daily: { hour: '5', minute: '0' },
  weekly: { weekDay: 'MON', hour: '6', minute: '0' },
  monthly: { day: '1', hour: '6', minute: '15' },
  quarterly: { month: '1,4,7,10', day: '1', hour: '6', minute: '30' },
}

/** What runs when. A switched-off flag has no schedule. */
export class RunSchedules extends Construct {
  private readonly group: ScheduleGroup
  private readonly target: ScheduleTargetBaseProps

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RunSchedulesProps,
  ) {
    super(scope, id)
    const { deployment, config, analysis, functions, failedRuns, timeZone } = props
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: nameOf(deployment, 'optimization'),
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.target = {
      role: this.createRole().withoutPolicyUpdates(),
      deadLetterQueue: failedRuns,
      retryAttempts: 2,
      maxEventAge: Duration.minutes(15),
    }
    this.add(
      'analysis',
      ScheduleExpression.rate(config.analysisInterval),
      new StepFunctionsStartExecution(analysis, this.target),
    )
    this.add('engine', ScheduleExpression.rate(Duration.hours(1)), this.calling(functions.engine, { task: 'optimize' }))
    if (config.enablePerformanceMonitoring)
      this.add(
        'monitoring',
        ScheduleExpression.rate(monitoringInterval),
        this.calling(functions.analyzer, { task: 'monitor' }),
      )
    if (config.enableCostOptimization)
      for (const [task, time] of Object.entries(costTimes))
        this.add(
          `cost-${task}`,
          ScheduleExpression.cron({ ...time, timeZone }),
          this.calling(functions.costOptimizer, { task }),
        )
  }

  private add(what: string, schedule: ScheduleExpression, target: IScheduleTarget): void {
    new Schedule(this, what, {
      scheduleName: nameOf(this.props.deployment, what),
      scheduleGroup: this.group,
      schedule,
      target,
    })
  }

  private calling({ lambda }: WorkflowFunctions['engine'], input: Readonly<Record<string, string>>): IScheduleTarget {
    return new LambdaInvoke(lambda, { ...this.target, input: ScheduleTargetInput.fromObject(input) })
  }

  private createRole(): Role {
    const { analysis, functions, failedRuns } = this.props
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      description: 'Trimtab: starts the scheduled runs',
    })
    const called = [functions.analyzer, functions.engine, functions.costOptimizer]
    role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [analysis.stateMachineArn] }))
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: called.map(({ lambda }) => lambda.functionArn),
      }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failedRuns.queueArn] }))
    return role
  }
}
