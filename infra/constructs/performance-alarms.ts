import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type IMetric, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { type Deployment, nameOf } from './deployment.js'
import { idOf, type ManagedGroups } from './managed-groups.js'
import { cpuOf, ownMetric } from './metrics.js'
import type { NotificationTopics } from './notification-topics.js'
import type { OptimizationConfig } from './optimization-config.js'
import type { WorkflowFunction } from './workflow-function.js'
import type { WorkflowFunctions } from './workflow-functions.js'

export interface PerformanceAlarmsProps {
  readonly deployment: Deployment
  readonly config: OptimizationConfig
  readonly groups: ManagedGroups
  readonly topics: NotificationTopics
  readonly functions: WorkflowFunctions
  readonly failedRuns: IQueue
}

interface AlarmRule {
  readonly what: string
  readonly description: string
  readonly comparison: ComparisonOperator
  readonly threshold: number
  readonly periods: number
}

const highCpu: AlarmRule = {
  what: 'high-cpu-utilization',
  description: 'CPU at or above 85 % for 15 minutes: the group is analysed now.',
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  threshold: 85,
  periods: 3,
}
const lowCpu: AlarmRule = {
  what: 'low-cpu-utilization',
  description: 'CPU at or below 20 % for an hour: cost recommendations of the group are made now.',
  comparison: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  threshold: 20,
  periods: 4,
}
const degradation: AlarmRule = {
  what: 'performance-degradation',
  description: 'Lowest score of the environment under 70 for an hour: every such group is investigated now.',
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  threshold: 70,
  periods: 2,
}

/**
 * The alarms of S73–S75. Each tells a topic and starts the right work at once. Groups of a tag query have no names
 * before they are looked for: the monitoring run applies the two CPU rules to them. None of them exists without
 * monitoring, low CPU none without cost optimization.
 */
export class PerformanceAlarms extends Construct {
  readonly alarms: readonly Alarm[]

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PerformanceAlarmsProps,
  ) {
    super(scope, id)
    const { config, topics, functions } = props
    const { enablePerformanceMonitoring: watched, enableCostOptimization: priced } = config
    const high = watched ? this.forEachGroup(highCpu, Duration.minutes(5), topics.performanceAlert) : []
    const low = watched && priced ? this.forEachGroup(lowCpu, Duration.minutes(15), topics.costAlert) : []
    const degraded = watched ? [this.onScore(topics.performanceAlert)] : []
    this.start(highCpu, high, functions.analyzer)
    this.start(lowCpu, low, functions.costOptimizer)
    this.start(degradation, degraded, functions.analyzer)
    if (watched) this.endWithEngine()
    this.alarms = [...high, ...low, ...degraded]
  }

  /** One group: the plain name. Several: the group's name behind it. */
  private forEachGroup(rule: AlarmRule, period: Duration, topic: ITopic): readonly Alarm[] {
    const { groups } = this.props
    if (groups.kind === 'tagged') return []
    return groups.names.map((name, at) =>
      this.alarm(
        rule,
        cpuOf(name, period),
        topic,
        groups.names.length === 1 ? undefined : { id: idOf(name, at), name },
      ),
    )
  }

  private onScore(topic: ITopic): Alarm {
    return this.alarm(degradation, scoreOf(this.props.deployment), topic)
  }

  private alarm(
    { what, description, comparison, threshold, periods }: AlarmRule,
    metric: IMetric,
    topic: ITopic,
    group?: { readonly id: string; readonly name: string },
  ): Alarm {
    const name = nameOf(this.props.deployment, what)
    const alarm = new Alarm(this, group ? `${what}-${group.id}` : what, {
      alarmName: group ? `${name}-${group.name}` : name,
      alarmDescription: description,
      metric,
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
    })
    alarm.addAlarmAction(new SnsAction(topic))
    return alarm
  }

  private start({ what, description }: AlarmRule, alarms: readonly Alarm[], { lambda }: WorkflowFunction): void {
    if (alarms.length === 0) return
    const rule = new Rule(this, `Start-${what}`, {
      ruleName: nameOf(this.props.deployment, what),
      description,
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        resources: alarms.map(({ alarmArn }) => alarmArn),
        detail: { state: { value: ['ALARM'] } },
      },
    })
    rule.addTarget(new LambdaTarget(lambda, { deadLetterQueue: this.props.failedRuns, retryAttempts: 2 }))
  }

  /** An analysis that an alarm or the monitoring run started is followed by the engine, as a scheduled one is. */
  private endWithEngine(): void {
    const { deployment, functions, failedRuns } = this.props
    const rule = new Rule(this, 'AnalysisEnded', {
      ruleName: nameOf(deployment, 'analysis-ended'),
      description: 'An analysis outside the schedule has ended: the engine decides on what it recorded.',
      eventBus: functions.bus,
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        detail: {
          requestContext: { functionArn: [{ prefix: functions.analyzer.lambda.functionArn }] },
          responsePayload: { analysed: [{ numeric: ['>', 0] }] },
        },
      },
    })
    const event = RuleTargetInput.fromObject({ task: 'optimize' })
    rule.addTarget(new LambdaTarget(functions.engine.lambda, { event, deadLetterQueue: failedRuns, retryAttempts: 2 }))
  }
}

/** Two half hours with a point each from the monitoring run every 15 minutes. */
function scoreOf(deployment: Deployment): Metric {
  return ownMetric(deployment, 'PerformanceScore', { statistic: Stats.AVERAGE, period: Duration.minutes(30) })
}
