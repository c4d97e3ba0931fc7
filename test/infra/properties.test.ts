import { afterAll, describe, expect, it } from '@jest/globals'
import { Duration, TimeZone } from 'aws-cdk-lib'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Topic } from 'aws-cdk-lib/aws-sns'
import {
  environmentPresets,
  type OptimizationConfig,
  type PerformanceOptimizationProps,
} from '../../infra/constructs/performance-optimization-construct.js'
import { readEnvironment } from '../../src/config/environment.js'
import { environmentPresets as shippedPresets } from '../../src/config/environment-presets.js'
import { policyFor } from '../../src/config/policy-for.js'
import type { Policy } from '../../src/core/model/policy.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { resourcesOf, type SynthesizedTemplate } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

const base = environmentPresets.production
const withConfig = (changes: Partial<OptimizationConfig>): SynthesizedTemplate =>
  synthesize(bench.app(), { optimizationConfig: { ...base, ...changes } })
const withProps = (props: Partial<PerformanceOptimizationProps>) => synthesize(bench.app(), props)

function variablesOf(template: SynthesizedTemplate, name = 'performance-analyzer'): Record<string, string> {
  const all = resourcesOf(template, 'AWS::Lambda::Function')
  return all.find(({ FunctionName }) => FunctionName.endsWith(name)).Environment.Variables
}

/** What the functions of a stack decide by, read as they read it, where the repository's file lets them do anything. */
function policyOf(template: SynthesizedTemplate): Policy {
  const { deployment } = readEnvironment({ AWS_REGION: 'us-east-1', ...variablesOf(template) })
  return policyFor({ mode: 'apply' } as Parameters<typeof policyFor>[0], 'production', deployment)
}

const schedulesOf = (template: SynthesizedTemplate) =>
  resourcesOf(template, 'AWS::Scheduler::Schedule').map(({ Name }) => Name.replace('macro-ai-production-', ''))
const alarmsOf = (template: SynthesizedTemplate) =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName.replace('macro-ai-production-', ''))
const writesOf = (template: SynthesizedTemplate) =>
  resourcesOf(template, 'AWS::IAM::Policy').filter((policy) =>
    JSON.stringify(policy).includes('UpdateAutoScalingGroup'),
  )

describe('each property has an effect', () => {
  const plain = synthesize(bench.app())

  it.each<[string, Partial<OptimizationConfig>, (policy: Policy) => unknown, unknown]>([
    [
      'cpuUtilizationTarget',
      { performanceThresholds: { ...base.performanceThresholds, cpuUtilizationTarget: 66 } },
      (p) => p.thresholds.cpuUtilizationTarget,
      66,
    ],
    [
      'memoryUtilizationTarget',
      { performanceThresholds: { ...base.performanceThresholds, memoryUtilizationTarget: 77 } },
      (p) => p.thresholds.memoryUtilizationTarget,
      77,
    ],
    [
      'responseTimeTarget',
      { performanceThresholds: { ...base.performanceThresholds, responseTimeTarget: 321 } },
      (p) => p.thresholds.responseTimeTargetMs,
      321,
    ],
    [
      'throughputTarget',
      { performanceThresholds: { ...base.performanceThresholds, throughputTarget: 987 } },
      (p) => p.thresholds.throughputTargetPerMinute,
      987,
    ],
    [
      'maxHourlyCost',
      { costThresholds: { ...base.costThresholds, maxHourlyCost: 12 } },
      (p) => p.cost.maxHourlyCost,
      12,
    ],
    [
      'utilizationThreshold',
      { costThresholds: { ...base.costThresholds, utilizationThreshold: 42 } },
      (p) => p.cost.utilizationThreshold,
      42,
    ],
    ['analysisInterval', { analysisInterval: Duration.minutes(90) }, (p) => p.analysisIntervalHours, 1.5],
    [
      'enableAutoScalingOptimization',
      { enableAutoScalingOptimization: false },
      (p) => p.enableAutoScalingOptimization,
      false,
    ],
    ['enableCostOptimization', { enableCostOptimization: false }, (p) => p.enableCostOptimization, false],
    [
      'enablePerformanceMonitoring',
      { enablePerformanceMonitoring: false },
      (p) => p.enablePerformanceMonitoring,
      false,
    ],
  ])('S02: %s reaches the decisions', (_name, changes, read, expected) => {
    expect(read(policyOf(plain))).not.toEqual(expected)
    expect(read(policyOf(withConfig(changes)))).toEqual(expected)
  })

  it('analysisInterval sets the schedule and the patience of its alarm', () => {
    const template = withConfig({ analysisInterval: Duration.hours(4) })
    expect(JSON.stringify(resourcesOf(template, 'AWS::Scheduler::Schedule'))).toContain('rate(4 hours)')
    const missed = resourcesOf(template, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) =>
      AlarmName.endsWith('-missed'),
    )
    expect(missed).toMatchObject({ Period: 4 * 3600, EvaluationPeriods: 2, TreatMissingData: 'breaching' })
  })

  it('enableAutoScalingOptimization off takes the permission to write', () => {
    expect(writesOf(plain)).toHaveLength(1)
    expect(writesOf(withConfig({ enableAutoScalingOptimization: false }))).toEqual([])
  })

  it('enableCostOptimization off takes the cost schedules, the low-CPU alarm and the cost widgets', () => {
    const template = withConfig({ enableCostOptimization: false })
    expect(schedulesOf(template)).toEqual(['analysis', 'engine', 'monitoring'])
    expect(alarmsOf(plain).filter((name) => !alarmsOf(template).includes(name))).toEqual([
      'low-cpu-utilization',
      'schedule-missed-cost',
    ])
    expect(JSON.stringify(resourcesOf(template, 'AWS::CloudWatch::Dashboard'))).not.toContain('CostSavingsPotential')
  })

  it('enablePerformanceMonitoring off takes the monitoring run, its alarms and the score widgets', () => {
    const template = withConfig({ enablePerformanceMonitoring: false })
    expect(schedulesOf(plain).filter((name) => !schedulesOf(template).includes(name))).toEqual(['monitoring'])
    expect(alarmsOf(plain).filter((name) => !alarmsOf(template).includes(name))).toEqual([
      'high-cpu-utilization',
      'low-cpu-utilization',
      'performance-degradation',
      'schedule-missed-monitoring',
      'stale-data',
    ])
    expect(JSON.stringify(resourcesOf(template, 'AWS::CloudWatch::Dashboard'))).not.toContain('PerformanceScore')
  })

  it('topics that are given are used, the others created', () => {
    const template = synthesize(bench.app(), (stack) => ({
      optimizationNotificationTopics: {
        costAlert: Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:us-east-1:123456789012:money'),
      },
    }))
    expect(resourcesOf(template, 'AWS::SNS::Topic').map(({ TopicName }) => TopicName)).toEqual([
      'macro-ai-production-recommendations',
      'macro-ai-production-performance-alerts',
    ])
    expect(variablesOf(template)).toMatchObject({
      TRIMTAB_TOPIC_COST: 'arn:aws:sns:us-east-1:123456789012:money',
      TRIMTAB_TOPIC_RECOMMENDATION: 'arn:aws:sns:us-east-1:123456789012:macro-ai-production-recommendations',
    })
  })

  it('autoScalingGroup may be several groups: an alarm of each kind for each', () => {
    const template = synthesize(bench.app(), (stack) => ({
      autoScalingGroup: ['web', 'jobs'].map((name) => AutoScalingGroup.fromAutoScalingGroupName(stack, name, name)),
    }))
    expect(alarmsOf(template).filter((name) => name.includes('cpu'))).toEqual([
      'high-cpu-utilization-web',
      'high-cpu-utilization-jobs',
      'low-cpu-utilization-web',
      'low-cpu-utilization-jobs',
    ])
    expect(variablesOf(template).TRIMTAB_GROUP_NAMES).toBe('web,jobs')
    expect(JSON.stringify(writesOf(template))).toContain('autoScalingGroupName/jobs')
  })

  it('autoScalingGroup may be a tag query: no alarm can name its groups, and its tags bound the permission', () => {
    const template = withProps({ autoScalingGroup: { tags: { Team: 'web' } } })
    expect(alarmsOf(template)).not.toContain('high-cpu-utilization')
    expect(alarmsOf(template)).toContain('performance-degradation')
    expect(variablesOf(template).TRIMTAB_GROUP_TAGS).toBe('Team=web')
    expect(JSON.stringify(writesOf(template))).toContain('"aws:ResourceTag/Team":"web"')
  })

  it.each<[string, Partial<PerformanceOptimizationProps>, string, string]>([
    ['mode', { mode: 'propose' }, 'TRIMTAB_MODE', 'propose'],
    [
      'homeRepository',
      { homeRepository: 'kestrel/infrastructure' },
      'TRIMTAB_HOME_REPOSITORY',
      'kestrel/infrastructure',
    ],
    ['regions', { regions: ['us-east-1', 'eu-west-1'] }, 'TRIMTAB_REGIONS', 'us-east-1,eu-west-1'],
    ['metricNamespace', { metricNamespace: 'Shop/Tuning' }, 'TRIMTAB_PUBLISH_NAMESPACE', 'Shop/Tuning'],
    ['environmentName', { environmentName: 'prod' }, 'TRIMTAB_TABLE', 'macro-ai-prod-optimization-recommendations'],
    ['applicationName', { applicationName: 'shop' }, 'TRIMTAB_APPLICATION', 'shop'],
  ])('%s reaches the functions', (_name, props, variable, value) => {
    expect(variablesOf(withProps(props))[variable]).toBe(value)
    expect(variablesOf(plain)[variable]).not.toBe(value)
  })

  it('memberAccounts reach the functions with the roles of their template', () => {
    const members = [{ account: '111122223333', regions: ['eu-west-1'], externalId: 'kestrel-4711', apply: true }]
    const role = 'arn:aws:iam::111122223333:role/macro-ai-production-trimtab'
    expect(JSON.parse(variablesOf(withProps({ memberAccounts: members })).TRIMTAB_ACCOUNTS ?? '')).toEqual([
      {
        account: '111122223333',
        regions: ['eu-west-1'],
        roleArn: `${role}-read`,
        applyRoleArn: `${role}-apply`,
        externalId: 'kestrel-4711',
      },
    ])
  })

  it('timeZone moves the cost runs, githubAppId fills the secret, a given secret replaces it', () => {
    const template = withProps({ timeZone: TimeZone.EUROPE_BERLIN, githubAppId: '4711' })
    const weekly = resourcesOf(template, 'AWS::Scheduler::Schedule').find(({ Name }) => Name.endsWith('weekly'))
    expect(weekly.ScheduleExpressionTimezone).toBe('Europe/Berlin')
    expect(JSON.stringify(resourcesOf(template, 'AWS::SecretsManager::Secret'))).toContain('4711')
    const given = synthesize(bench.app(), (stack) => ({
      githubAppSecret: Secret.fromSecretNameV2(stack, 'S', 'shared/github'),
    }))
    expect(resourcesOf(given, 'AWS::SecretsManager::Secret')).toEqual([])
    expect(variablesOf(given).TRIMTAB_SECRET).toContain('shared/github')
  })

  it('gives the webhook function what it needs and no more', () => {
    expect(Object.keys(variablesOf(plain, 'webhook')).sort()).toEqual(['TRIMTAB_SECRET', 'TRIMTAB_WEBHOOK_QUEUE'])
  })

  it('ships the environments as the configuration does', () => {
    expect(Object.keys(environmentPresets)).toEqual(Object.keys(shippedPresets))
    expect(environmentPresets.development).toMatchObject({
      enableAutoScalingOptimization: false,
      performanceThresholds: shippedPresets.development.performanceThresholds,
    })
    expect(environmentPresets.staging.analysisInterval.toHours()).toBe(2)
  })
})
