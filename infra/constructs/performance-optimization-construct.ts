import { CfnOutput, RemovalPolicy, TimeZone } from 'aws-cdk-lib'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { shippedMetrics, environmentPresets as shippedPresets } from '../../src/config/environment-presets.js'
import { AnalysisWorkflow } from './analysis-workflow.js'
import { type Deployment, deploymentOf } from './deployment.js'
import { FailureAlarms } from './failure-alarms.js'
import { chosenVariables, type FunctionVariables } from './function-variables.js'
import { createGitHubSecret, type GitHubAppSecret } from './github-secret.js'
import { type GroupChoice, type ManagedGroups, managedGroups } from './managed-groups.js'
import { accountsVariable, type MemberAccount, memberRoleArns } from './member-accounts.js'
import { NotificationTopics, type OptimizationNotificationTopics } from './notification-topics.js'
import { configOf, type OptimizationConfig } from './optimization-config.js'
import { PerformanceAlarms } from './performance-alarms.js'
import { PerformanceDashboard } from './performance-dashboard.js'
import { RecommendationsTable } from './recommendations-table.js'
import { RunSchedules } from './run-schedules.js'
import { WebhookReceiver } from './webhook-receiver.js'
import { WorkQueues } from './work-queues.js'
import { WorkflowFunctions } from './workflow-functions.js'

export type { GroupChoice, GroupTagQuery } from './managed-groups.js'
export type { MemberAccount } from './member-accounts.js'
export type { OptimizationNotificationTopics } from './notification-topics.js'
export type { CostThresholds, OptimizationConfig, PerformanceThresholds } from './optimization-config.js'

/** The environments as shipped. `other` is for any name that is not one of the three. */
export const environmentPresets: Readonly<Record<keyof typeof shippedPresets, OptimizationConfig>> = {
  production: configOf(shippedPresets.production),
  staging: configOf(shippedPresets.staging),
  development: configOf(shippedPresets.development),
  other: configOf(shippedPresets.other),
}

export interface PerformanceOptimizationProps {
  /** Part of all names; `prod`, `stg` and `dev` are known as what they mean. */
  readonly environmentName: string
  /** Part of all names: small letters, digits and -. */
  readonly applicationName: string
  /** The groups to optimize: one, several, or every one with certain tags. */
  readonly autoScalingGroup: GroupChoice
  readonly optimizationConfig: OptimizationConfig
  /** Topics that are not given are created. */
  readonly optimizationNotificationTopics?: OptimizationNotificationTopics
  /** A secret with APP_ID, PRIVATE_KEY and WEBHOOK_SECRET as JSON. Created unless given. */
  readonly githubAppSecret?: GitHubAppSecret
  /** Number of the GitHub App, for a secret that is created. */
  readonly githubAppId?: string
  /** The boldest mode that a repository may choose. Default: apply, so that the repository decides. */
  readonly mode?: 'observe' | 'propose' | 'apply'
  /** `owner/name` of the repository that holds the weekly and dashboard issues; needed where there are several. */
  readonly homeRepository?: string
  /** Regions of the groups. Default: the region of the stack. */
  readonly regions?: readonly string[]
  /** Accounts beside this one, each prepared with the member account template. */
  readonly memberAccounts?: readonly MemberAccount[]
  /** Of the cost runs: the weekly issue comes on Monday at 06:00. Default: UTC. */
  readonly timeZone?: TimeZone
  /** CloudWatch namespace of the metrics. Default: MacroAI/Optimization. */
  readonly metricNamespace?: string
}

/** Trimtab in an AWS account: what it runs on, when it runs, what it may do, and how one sees that it does. */
export class PerformanceOptimizationConstruct extends Construct {
  readonly table: RecommendationsTable['table']
  readonly logGroup: LogGroup
  readonly topics: Required<OptimizationNotificationTopics>
  readonly secret: GitHubAppSecret
  /** Goes into the settings of the GitHub App. */
  readonly webhookUrl: string
  readonly functions: WorkflowFunctions

  constructor(scope: Construct, id: string, props: PerformanceOptimizationProps) {
    super(scope, id)
    const { optimizationConfig: config } = props
    const { applicationName, environmentName, metricNamespace = shippedMetrics.publishNamespace } = props
    const deployment = deploymentOf(applicationName, environmentName, metricNamespace)
    const groups = managedGroups(props.autoScalingGroup)
    const table = new RecommendationsTable(this, 'Recommendations', deployment)
    const topics = new NotificationTopics(this, 'Topics', deployment, props.optimizationNotificationTopics ?? {})
    const queues = new WorkQueues(this, 'Queues', deployment)
    this.table = table.table
    this.topics = topics
    this.logGroup = this.createLogGroup(deployment)
    this.secret = props.githubAppSecret ?? createGitHubSecret(this, 'GitHubApp', deployment, props.githubAppId ?? '')
    this.functions = new WorkflowFunctions(this, 'Functions', {
      deployment,
      groups,
      mayApply: config.enableAutoScalingOptimization,
      variables: this.variables(props, deployment, groups),
      table,
      topics,
      secret: this.secret,
      outcomes: this.logGroup,
      webhookQueue: queues.webhooks,
      failedRuns: queues.failedRuns,
      members: memberRoleArns(this, deployment, props.memberAccounts ?? []),
    })
    const { functions } = this
    this.webhookUrl = new WebhookReceiver(this, 'Webhooks', functions, queues.webhooks).url
    const { stateMachine: analysis } = new AnalysisWorkflow(this, 'Analysis', {
      deployment,
      analyzer: functions.analyzer.lambda,
      engine: functions.engine.lambda,
    })
    const { failedRuns } = queues
    const timeZone = props.timeZone ?? TimeZone.ETC_UTC
    new RunSchedules(this, 'Schedules', { deployment, config, timeZone, analysis, functions, failedRuns })
    const watch = new PerformanceAlarms(this, 'Alarms', { deployment, config, groups, topics, functions, failedRuns })
    const topic = topics.performanceAlert
    const own = new FailureAlarms(this, 'Failures', { deployment, config, analysis, functions, queues, topic })
    new PerformanceDashboard(this, 'Dashboard', {
      deployment,
      groups,
      config,
      alarms: [...watch.alarms, ...own.alarms],
      links: {
        tableName: this.table.tableName,
        logGroupName: logGroupNameOf(deployment),
        stateMachineArn: analysis.stateMachineArn,
      },
    })
    new CfnOutput(this, 'WebhookUrl', { value: this.webhookUrl, description: 'Webhook URL of the GitHub App' })
    new CfnOutput(this, 'GitHubAppSecret', { value: this.secret.secretArn, description: 'Takes the private key' })
  }

  private createLogGroup(deployment: Deployment): LogGroup {
    return new LogGroup(this, 'Outcomes', {
      logGroupName: logGroupNameOf(deployment),
      retention: deployment.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
  }

  private variables(
    props: PerformanceOptimizationProps,
    deployment: Deployment,
    groups: ManagedGroups,
  ): FunctionVariables {
    return {
      ...chosenVariables(deployment, groups, props.optimizationConfig),
      TRIMTAB_MODE: props.mode,
      TRIMTAB_HOME_REPOSITORY: props.homeRepository,
      TRIMTAB_REGIONS: props.regions?.join(','),
      TRIMTAB_ACCOUNTS: accountsVariable(this, deployment, props.memberAccounts ?? []),
      TRIMTAB_TABLE: this.table.tableName,
      TRIMTAB_SECRET: this.secret.secretArn,
      TRIMTAB_LOG_GROUP: this.logGroup.logGroupName,
      TRIMTAB_TOPIC_RECOMMENDATION: this.topics.optimizationRecommendation.topicArn,
      TRIMTAB_TOPIC_PERFORMANCE: this.topics.performanceAlert.topicArn,
      TRIMTAB_TOPIC_COST: this.topics.costAlert.topicArn,
    }
  }
}

/** @example logGroupNameOf(deployment) // '/aws/optimization/macro-ai-production' */
function logGroupNameOf({ application, environmentName }: Deployment): string {
  return `/aws/optimization/${application}-${environmentName}`
}
