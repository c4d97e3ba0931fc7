import { Duration, type Stack } from 'aws-cdk-lib'
import {
  type Alarm,
  AlarmStatusWidget,
  Color,
  GraphWidget,
  type GraphWidgetProps,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  SearchExpression,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import { shippedMetrics } from '../../src/config/environment-presets.js'
import type { Deployment } from './deployment.js'
import type { ManagedGroups } from './managed-groups.js'
import { ownMetric } from './metrics.js'
import type { OptimizationConfig } from './optimization-config.js'

const points = Duration.minutes(5)
/** Our own points come every 15 minutes at the latest. */
const ownPoints = Duration.minutes(15)
const half = { width: 12, height: 6 }
const third = { width: 8, height: 6 }

/** Names and places that the links lead to. */
export interface DashboardLinks {
  readonly tableName: string
  readonly logGroupName: string
  readonly stateMachineArn: string
}

/** Where to look further. */
export function linksWidget(deployment: Deployment, stack: Stack, links: DashboardLinks): IWidget {
  const { region } = stack
  const console = `https://${region}.console.aws.amazon.com`
  const table = `[Table](${console}/dynamodbv2/home?region=${region}#item-explorer?table=${links.tableName})`
  const logs = `[Log group](${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${links.logGroupName.replaceAll('/', '$252F')})`
  const runs = `[Analyses](${console}/states/home?region=${region}#/statemachines/view/${links.stateMachineArn})`
  const alarms = `[Alarms](${console}/cloudwatch/home?region=${region}#alarmsV2:?search=${deployment.application}-${deployment.environmentName})`
  const dead = `[Dead letters](${console}/sqs/v3/home?region=${region}#/queues)`
  return new TextWidget({
    markdown: `**${deployment.application} · ${deployment.environmentName}** — ${[table, logs, runs, alarms, dead].join(' · ')}`,
    width: 24,
    height: 1,
  })
}

/** The groups themselves: CPU and memory against their targets, capacity. */
export function groupWidgets(groups: ManagedGroups, { performanceThresholds }: OptimizationConfig): readonly IWidget[] {
  const { memoryNamespace, memoryMetric } = shippedMetrics
  const of = (namespace: string, metric: string) => metricsOf(groups, namespace, metric)
  const capacity = ['GroupMinSize', 'GroupDesiredCapacity', 'GroupInServiceInstances', 'GroupMaxSize']
  return [
    percent('CPU against target', of('AWS/EC2', 'CPUUtilization'), performanceThresholds.cpuUtilizationTarget),
    percent(
      `Memory (${memoryNamespace} ${memoryMetric})`,
      of(memoryNamespace, memoryMetric),
      performanceThresholds.memoryUtilizationTarget,
    ),
    new GraphWidget({
      ...third,
      title: 'Group capacity: min, desired, in service, max (needs group metrics)',
      left: capacity.flatMap((metric) => of('AWS/AutoScaling', metric)),
      leftYAxis: { min: 0, showUnits: false },
    }),
  ]
}

/** A group's metric by name, or every group's that CloudWatch finds. */
function metricsOf(groups: ManagedGroups, namespace: string, metricName: string): IMetric[] {
  if (groups.kind === 'tagged')
    return [
      new SearchExpression({
        expression: `SEARCH('{${namespace},AutoScalingGroupName} MetricName="${metricName}"', 'Average')`,
        period: points,
        label: '',
      }),
    ]
  const several = groups.names.length > 1
  return groups.names.map(
    (name) =>
      new Metric({
        namespace,
        metricName,
        dimensionsMap: { AutoScalingGroupName: name },
        statistic: Stats.AVERAGE,
        period: points,
        ...(several && { label: `${name} ${metricName}` }),
      }),
  )
}

function percent(title: string, left: IMetric[], target: number): GraphWidget {
  return new GraphWidget({
    ...third,
    title,
    left,
    leftAnnotations: [{ value: target, label: 'target', color: Color.GREEN }],
    leftYAxis: { min: 0, max: 100, label: 'percent', showUnits: false },
  })
}

/** How well the environment does, by Trimtab's own measures. */
export function scoreWidgets(deployment: Deployment): readonly IWidget[] {
  const own = (name: string, statistic: string, label: string) =>
    ownMetric(deployment, name, { statistic, period: ownPoints, label })
  return [
    graph('Performance score (lowest group)', [own('PerformanceScore', Stats.MINIMUM, 'score')], {
      leftAnnotations: [{ value: 70, label: 'alarm', color: Color.RED }],
      leftYAxis: { min: 0, max: 100, showUnits: false },
    }),
    graph('Efficiency rating (lowest group)', [own('EfficiencyRating', Stats.MINIMUM, 'efficiency')], {
      leftYAxis: { min: 0, max: 100, showUnits: false },
    }),
    graph('Breach minutes of the window, and bottlenecks', [own('BreachMinutes', Stats.MAXIMUM, 'breach minutes')], {
      right: [own('PerformanceBottlenecks', Stats.MAXIMUM, 'bottlenecks')],
      leftYAxis: { min: 0, showUnits: false },
      rightYAxis: { min: 0, showUnits: false },
    }),
  ]
}

/** What could be saved, and what was. */
export function costWidgets(deployment: Deployment): readonly IWidget[] {
  const daily = (name: string, label: string) =>
    ownMetric(deployment, name, { statistic: Stats.MAXIMUM, period: Duration.days(1), label })
  return [
    graph('Savings potential, percent of monthly cost', [daily('CostSavingsPotential', 'potential')], {
      ...half,
      right: [daily('MonthlyCost', 'dollars a month')],
      leftYAxis: { min: 0, max: 100, label: 'percent', showUnits: false },
      rightYAxis: { min: 0, label: 'dollars a month', showUnits: false },
    }),
    graph('Verified savings, dollars a month', [daily('VerifiedSavings', 'verified')], {
      ...half,
      leftYAxis: { min: 0, showUnits: false },
    }),
  ]
}

/** What was advised and done. */
export function workWidgets(
  deployment: Deployment,
  { analysisInterval }: OptimizationConfig,
  logGroupName: string,
): readonly IWidget[] {
  // The lines of the last count, not of earlier ones.
  const recentSeconds = analysisInterval.toSeconds() * 1.5
  const hourly = (name: string, statistic: string, label: string) =>
    ownMetric(deployment, name, { statistic, period: Duration.hours(1), label })
  return [
    graph('Recommendations, active', [hourly('OptimizationRecommendations', Stats.MAXIMUM, 'active')], {
      leftYAxis: { min: 0, showUnits: false },
    }),
    graph('Live actions an hour', [hourly('OptimizationSuccess', Stats.SUM, 'applied')], {
      right: [hourly('OptimizationFailure', Stats.SUM, 'failed')],
      leftYAxis: { min: 0, showUnits: false },
      rightYAxis: { min: 0, showUnits: false },
    }),
    new LogQueryWidget({
      ...third,
      title: 'Recommendations by type, priority and state',
      view: LogQueryVisualizationType.TABLE,
      logGroupNames: [logGroupName],
      queryLines: [
        `filter msg = 'recommendations open' and environment = '${deployment.environment}'`,
        `filter toMillis(@timestamp) > (now() - ${recentSeconds}) * 1000`,
        'stats latest(count) as recommendations by type, priority, state',
      ],
    }),
  ]
}

/** The alarms and their states. */
export function alarmsWidget(alarms: readonly Alarm[]): IWidget {
  return new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })
}

/** A third of a row, unless it says otherwise. */
function graph(title: string, left: IMetric[], more: Omit<GraphWidgetProps, 'title' | 'left'>): GraphWidget {
  return new GraphWidget({ ...third, title, left, ...more })
}
