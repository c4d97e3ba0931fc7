import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type FunctionName, functionNames } from '../../infra/constructs/deployment.js'
import { closeCompanies, startCompany } from '../e2e/start-company.js'
import { type AskedCall, decideCall, type Statement } from '../support/iam-policy.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { account, region, resourcesOf } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

const members = [{ account: '111122223333', regions: ['us-east-1'], externalId: 'kestrel-4711', apply: true }]
const template = synthesize(bench.app(), { memberAccounts: members })

/** What a function's role may do, by the policies of the template. */
function statementsOf(name: FunctionName): readonly Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(({ Roles }) => Roles.includes(`macro-ai-production-${name}`))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

const verdict = (name: FunctionName, call: AskedCall) => decideCall(statementsOf(name), call)

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
const groupNamed = (name: string) => arn('autoscaling', `autoScalingGroup:5d7f:autoScalingGroupName/${name}`)
const group = groupNamed('macro-ai-production-asg')
const optedIn = { 'aws:ResourceTag/trimtab:apply': 'true' }
const table = arn('dynamodb', 'table/macro-ai-production-optimization-recommendations')
const secret = arn('secretsmanager', 'secret:macro-ai-production-github-app-a1B2c3')
const topic = (name: string) => arn('sns', `macro-ai-production-${name}`)
const queue = (name: string) => arn('sqs', `macro-ai-production-${name}`)
const memberRole = (name: string) => `arn:aws:iam::111122223333:role/macro-ai-production-trimtab-${name}`

interface Need extends Omit<AskedCall, 'action'> {
  readonly by: readonly FunctionName[]
}

const runs: readonly FunctionName[] = ['performance-analyzer', 'optimization-engine', 'cost-optimizer']
const looking: readonly FunctionName[] = [...runs, 'worker']
const look: Need = { by: looking, resource: '*' }
const row: Need = { by: looking, resource: table }
const apply: Need = { by: ['optimization-engine'], resource: group, context: optedIn }

/** Which function makes a call, and on what. A call that is not here is one that nobody was given. */
const needs: Readonly<Record<string, Need | readonly Need[]>> = {
  'autoscaling:DescribeAutoScalingGroups': look,
  'autoscaling:DescribeInstanceRefreshes': look,
  'autoscaling:DescribeLaunchConfigurations': look,
  'autoscaling:DescribeLifecycleHooks': look,
  'autoscaling:DescribePolicies': look,
  'autoscaling:DescribeScalingActivities': look,
  'autoscaling:DescribeScheduledActions': look,
  'cloudformation:DescribeStacks': { by: looking, resource: arn('cloudformation', 'stack/shop/1f3c') },
  'cloudwatch:DescribeAlarms': look,
  'cloudwatch:GetMetricData': look,
  'ec2:DescribeImages': look,
  'ec2:DescribeInstanceTypes': look,
  'ec2:DescribeLaunchTemplateVersions': look,
  'ec2:DescribeSpotPriceHistory': look,
  'ec2:GetSpotPlacementScores': look,
  'elasticloadbalancing:DescribeTargetGroups': look,
  'pricing:GetProducts': look,
  'ce:GetCostAndUsage': { by: ['cost-optimizer'], resource: '*' },
  'cloudwatch:PutMetricData': { by: runs, resource: '*', context: { 'cloudwatch:namespace': 'MacroAI/Optimization' } },
  'dynamodb:DescribeTable': row,
  'dynamodb:GetItem': row,
  'dynamodb:BatchGetItem': row,
  'dynamodb:BatchWriteItem': row,
  'dynamodb:PutItem': row,
  'dynamodb:UpdateItem': row,
  'dynamodb:DeleteItem': row,
  'dynamodb:Query': ['', '/index/TypeIndex', '/index/PriorityIndex'].map((index) => ({
    ...row,
    resource: table + index,
  })),
  'sns:Publish': [
    { by: looking, resource: topic('recommendations') },
    { by: ['performance-analyzer', 'optimization-engine', 'worker'], resource: topic('performance-alerts') },
    { by: ['cost-optimizer'], resource: topic('cost-alerts') },
  ],
  'autoscaling:UpdateAutoScalingGroup': apply,
  'autoscaling:SetDesiredCapacity': apply,
  'sts:AssumeRole': [
    { by: looking, resource: memberRole('read') },
    { by: ['optimization-engine'], resource: memberRole('apply') },
  ],
}

/** Calls of the functions' own surroundings, which a pass in one process does not make. */
const surroundings: readonly (readonly [string, Need])[] = [
  ['secretsmanager:GetSecretValue', { by: functionNames, resource: secret }],
  ['sqs:SendMessage', { by: ['webhook'], resource: queue('webhooks') }],
  ['sqs:ReceiveMessage', { by: ['worker'], resource: queue('webhooks') }],
  ['sqs:DeleteMessage', { by: ['worker'], resource: queue('webhooks') }],
  ['sqs:SendMessage', { by: runs, resource: queue('failed-runs') }],
  ['events:PutEvents', { by: ['performance-analyzer'], resource: arn('events', 'event-bus/default') }],
  ['xray:PutTraceSegments', { by: functionNames, resource: '*' }],
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action): [string, Need] => [
    action,
    { by: functionNames, resource: arn('logs', 'log-group:/aws/optimization/macro-ai-production:log-stream:run') },
  ]),
]

/** AWS asks no permission for the first; the others make what the stack makes itself. */
const unneeded = ['sts:GetCallerIdentity', 'dynamodb:CreateTable', 'dynamodb:UpdateTimeToLive']

function needsOf(action: string): readonly Need[] {
  const found = needs[action]
  return found === undefined ? [] : 'by' in found ? [found] : found
}

function refusedOf(action: string, need: Need): readonly string[] {
  return need.by
    .filter((name) => verdict(name, { ...need, action }) !== 'allowed')
    .map((name) => `${name} may not ${action} on ${need.resource}`)
}

describe('what the functions may do', () => {
  let made: readonly string[] = []
  beforeAll(async () => {
    const company = await startCompany({ roles: ['overProvisioned', 'saturated'] })
    await company.run()
    made = Object.keys(company.sandbox.calls()).filter(
      (call) => !call.startsWith('github:') && !unneeded.includes(call),
    )
    await closeCompanies()
  }, 240_000)

  it('is enough for every call that a pass with a live change really made', () => {
    expect(made).toContain('autoscaling:UpdateAutoScalingGroup')
    expect(made.filter((call) => needsOf(call).length === 0)).toEqual([])
    expect(made.flatMap((call) => needsOf(call).flatMap((need) => refusedOf(call, need)))).toEqual([])
  })

  it('is enough for every call that the adapters can make', () => {
    const folder = join(import.meta.dirname, '..', '..', 'src', 'adapters', 'aws', 'calls')
    const source = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n')
    const calls = [...source.matchAll(/asking\(\s*'([a-z0-9]+:\w+)'/g)].map((match) => match[1] as string)
    expect(calls.length).toBeGreaterThan(15)
    const missing = calls.filter((call) => !unneeded.includes(call) && needsOf(call).length === 0)
    expect(missing).toEqual([])
    expect(Object.keys(needs).flatMap((call) => needsOf(call).flatMap((need) => refusedOf(call, need)))).toEqual([])
  })

  it('is enough for queue, secret, logs and traces', () => {
    expect(surroundings.flatMap(([action, need]) => refusedOf(action, need))).toEqual([])
  })

  it.each<[string, AskedCall, readonly FunctionName[]]>([
    [
      'a group without the opt-in tag',
      { action: 'autoscaling:UpdateAutoScalingGroup', resource: group },
      functionNames,
    ],
    [
      'a group whose tag says false',
      {
        action: 'autoscaling:SetDesiredCapacity',
        resource: group,
        context: { 'aws:ResourceTag/trimtab:apply': 'false' },
      },
      functionNames,
    ],
    [
      'another group, opted in',
      { action: 'autoscaling:UpdateAutoScalingGroup', resource: groupNamed('billing'), context: optedIn },
      functionNames,
    ],
    [
      'the group, by anyone but the engine',
      { action: 'autoscaling:UpdateAutoScalingGroup', resource: group, context: optedIn },
      ['performance-analyzer', 'cost-optimizer', 'webhook', 'worker'],
    ],
    [
      'deleting a group',
      { action: 'autoscaling:DeleteAutoScalingGroup', resource: group, context: optedIn },
      functionNames,
    ],
    [
      'terminating in a group',
      { action: 'autoscaling:TerminateInstanceInAutoScalingGroup', resource: group, context: optedIn },
      functionNames,
    ],
    [
      'suspending its processes',
      { action: 'autoscaling:SuspendProcesses', resource: group, context: optedIn },
      functionNames,
    ],
    [
      'starting a refresh',
      { action: 'autoscaling:StartInstanceRefresh', resource: group, context: optedIn },
      functionNames,
    ],
    [
      'taking the opt-in itself',
      { action: 'autoscaling:CreateOrUpdateTags', resource: group, context: optedIn },
      functionNames,
    ],
    [
      'terminating instances',
      { action: 'ec2:TerminateInstances', resource: arn('ec2', 'instance/i-1') },
      functionNames,
    ],
    ['launching instances', { action: 'ec2:RunInstances', resource: '*' }, functionNames],
    ['changing a launch template', { action: 'ec2:CreateLaunchTemplateVersion', resource: '*' }, functionNames],
    ['buying reservations', { action: 'ec2:PurchaseReservedInstancesOffering', resource: '*' }, functionNames],
    ['buying a Savings Plan', { action: 'savingsplans:CreateSavingsPlan', resource: '*' }, functionNames],
    ['deleting the table', { action: 'dynamodb:DeleteTable', resource: table }, functionNames],
    ['changing the table', { action: 'dynamodb:UpdateTable', resource: table }, functionNames],
    ['another table', { action: 'dynamodb:GetItem', resource: arn('dynamodb', 'table/customers') }, functionNames],
    [
      'another secret',
      { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:database-x1Y2z3') },
      functionNames,
    ],
    ['changing the secret', { action: 'secretsmanager:PutSecretValue', resource: secret }, functionNames],
    ['another topic', { action: 'sns:Publish', resource: topic('everyone') }, functionNames],
    [
      'another namespace',
      { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': 'Shop' } },
      functionNames,
    ],
    ['deleting alarms', { action: 'cloudwatch:DeleteAlarms', resource: '*' }, functionNames],
    [
      'deleting logs',
      { action: 'logs:DeleteLogGroup', resource: arn('logs', 'log-group:/aws/optimization/macro-ai-production') },
      functionNames,
    ],
    ['passing a role', { action: 'iam:PassRole', resource: '*' }, functionNames],
    [
      'calling functions',
      { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:macro-ai-production-optimization-engine') },
      functionNames,
    ],
    [
      'a role that is no member',
      { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/admin' },
      functionNames,
    ],
    [
      'the apply role, by anyone but the engine',
      { action: 'sts:AssumeRole', resource: memberRole('apply') },
      ['performance-analyzer', 'cost-optimizer', 'webhook', 'worker'],
    ],
    ['rows, by the webhook', { action: 'dynamodb:GetItem', resource: table }, ['webhook']],
    ['groups, by the webhook', { action: 'autoscaling:DescribeAutoScalingGroups', resource: '*' }, ['webhook']],
  ])('is not enough for %s', (_what, call, names) => {
    expect(names.filter((name) => verdict(name, call) === 'allowed')).toEqual([])
  })
})
