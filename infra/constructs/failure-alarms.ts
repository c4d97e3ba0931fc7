import { Duration } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { type Deployment, nameOf } from './deployment.js'
import { ownMetric } from './metrics.js'
import type { OptimizationConfig } from './optimization-config.js'
import { monitoringInterval } from './run-schedules.js'
import type { WorkQueues } from './work-queues.js'
import type { WorkflowFunctions } from './workflow-functions.js'

export interface FailureAlarmsProps {
  readonly deployment: Deployment
  readonly config: OptimizationConfig
  readonly analysis: StateMachine
  readonly functions: WorkflowFunctions
  readonly queues: WorkQueues
  readonly topic: ITopic
}

/** Percent of calls of our functions that may fail in an hour. */
const tolerableErrors = 5

/** Alarms on Trimtab itself: silence is a failure too. */
export class FailureAlarms extends Construct {
  readonly alarms: readonly Alarm[]

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FailureAlarmsProps,
  ) {
    super(scope, id)
    const { config } = props
    this.alarms = [
      this.missed('schedule-missed', 'No analysis has succeeded', this.analyses(), config.analysisInterval),
      this.missed('schedule-missed-engine', 'The engine has not run', this.calls('engine'), Duration.hours(1)),
      ...(config.enablePerformanceMonitoring ? [this.monitoringMissed(), this.staleData()] : []),
      ...(config.enableCostOptimization
        ? [this.missed('schedule-missed-cost', 'No cost run', this.calls('costOptimizer'), Duration.days(1))]
        : []),
      this.deadLetters(),
      this.errors(),
    ]
  }

  /** Analyses of the schedule come between; a monitoring run that is missing leaves a quarter of an hour empty. */
  private monitoringMissed(): Alarm {
    return this.missed('schedule-missed-monitoring', 'No monitoring run', this.calls('analyzer'), monitoringInterval)
  }

  private staleData(): Alarm {
    const score = (period: Duration) =>
      ownMetric(this.props.deployment, 'PerformanceScore', { statistic: Stats.SAMPLE_COUNT, period })
    return this.missed('stale-data', 'No group of the environment has a score', score, Duration.minutes(30))
  }

  /** Nothing in two intervals one after the other. */
  private missed(what: string, says: string, metricIn: (period: Duration) => IMetric, interval: Duration): Alarm {
    return this.alarm(what, `${says} for twice ${interval.toHumanString()}.`, {
      metric: metricIn(interval),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    })
  }

  private deadLetters(): Alarm {
    const { deadWebhooks, failedRuns } = this.props.queues
    const waiting = (queue: WorkQueues['failedRuns']) =>
      queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM })
    const metric = new MathExpression({
      expression: 'FILL(deliveries, 0) + FILL(runs, 0)',
      usingMetrics: { deliveries: waiting(deadWebhooks), runs: waiting(failedRuns) },
      period: Duration.minutes(5),
      label: 'dead letters',
    })
    return this.alarm('dead-letters', 'A delivery of GitHub or a run has failed for good and waits in its queue.', {
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }

  private errors(): Alarm {
    const period = Duration.hours(1)
    const { all } = this.props.functions
    const metrics = (of: 'metricErrors' | 'metricInvocations', letter: string) =>
      Object.fromEntries(all.map(({ lambda }, at) => [`${letter}${at}`, lambda[of]({ period, statistic: Stats.SUM })]))
    const sum = (letter: string) => all.map((_, at) => `FILL(${letter}${at}, 0)`).join(' + ')
    const metric = new MathExpression({
      expression: `IF((${sum('i')}) > 0, 100 * (${sum('e')}) / (${sum('i')}), 0)`,
      usingMetrics: { ...metrics('metricErrors', 'e'), ...metrics('metricInvocations', 'i') },
      period,
      label: 'failed calls, percent',
    })
    return this.alarm('errors', `More than ${tolerableErrors} % of the calls of the functions failed in an hour.`, {
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: tolerableErrors,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }

  private analyses(): (period: Duration) => Metric {
    return (period) => this.props.analysis.metricSucceeded({ period, statistic: Stats.SUM })
  }

  private calls(name: 'analyzer' | 'engine' | 'costOptimizer'): (period: Duration) => Metric {
    return (period) => this.props.functions[name].lambda.metricInvocations({ period, statistic: Stats.SUM })
  }

  private alarm(
    what: string,
    alarmDescription: string,
    how: Omit<ConstructorParameters<typeof Alarm>[2], 'alarmName' | 'alarmDescription'>,
  ): Alarm {
    const alarmName = nameOf(this.props.deployment, what)
    const alarm = new Alarm(this, what, { alarmName, alarmDescription, ...how })
    alarm.addAlarmAction(new SnsAction(this.props.topic))
    return alarm
  }
}
