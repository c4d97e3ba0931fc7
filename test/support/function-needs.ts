import { type FunctionName, functionNames } from '../../infra/constructs/deployment.js'
import { type AskedCall, decideCall, type Statement, type Verdict } from './iam-policy.js'
import { account, region, resourcesOf, type SynthesizedTemplate } from './template.js'

/** The member account of the stack whose policies are judged. */
export const members = [{ account: '111122223333', regions: ['us-east-1'], externalId: 'kestrel-4711', apply: true }]

/** What a function's role may do, by the policies of a template. */
function statementsOf(template: SynthesizedTemplate, name: FunctionName): readonly Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(({ Roles }) => Roles.includes(`macro-ai-production-${name}`))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

/** What IAM decides on a call of a function. */
export function verdict(template: SynthesizedTemplate, name: FunctionName, call: AskedCall): Verdict {
  return decideCall(statementsOf(template, name), call)
}

export const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
export const groupNamed = (name: string) => arn('autoscaling', `autoScalingGroup:5d7f:autoScalingGroupName/${name}`)
export const group = groupNamed('macro-ai-production-asg')
export const optedIn = { 'aws:ResourceTag/trimtab:apply': 'true' }
export const table = arn('dynamodb', 'table/macro-ai-production-optimization-recommendations')
export const secret = arn('secretsmanager', 'secret:macro-ai-production-github-app-a1B2c3')
export const topic = (name: string) => arn('sns', `macro-ai-production-${name}`)
const queue = (name: string) => arn('sqs', `macro-ai-production-${name}`)
export const memberRole = (name: string) => `arn:aws:iam::111122223333:role/macro-ai-production-trimtab-${name}`

export interface Need extends Omit<AskedCall, 'action'> {
  readonly by: readonly FunctionName[]
}

const runs: readonly FunctionName[] = ['performance-analyzer', 'optimization-engine', 'cost-optimizer']
const looking: readonly FunctionName[] = [...runs, 'worker']
const look: Need = { by: looking, resource: '*' }
const row: Need = { by: looking, resource: table }
const outcomes: Need = {
  by: looking,
  resource: arn('logs', 'log-group:/aws/optimization/macro-ai-production:log-stream:run'),
}
const apply: Need = { by: ['optimization-engine'], resource: group, context: optedIn }

/** Which function makes a call, and on what. A call that is not here is one that nobody was given. */
export const needs: Readonly<Record<string, Need | readonly Need[]>> = {
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
  'dynamodb:PutItem': row,
  'dynamodb:BatchGetItem': row,
  'dynamodb:BatchWriteItem': row,
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
  'secretsmanager:GetSecretValue': { by: functionNames, resource: secret },
  'sqs:SendMessage': { by: ['webhook'], resource: queue('webhooks') },
  'logs:CreateLogStream': outcomes,
  'logs:PutLogEvents': outcomes,
  'autoscaling:UpdateAutoScalingGroup': apply,
  'autoscaling:SetDesiredCapacity': apply,
  'sts:AssumeRole': [
    { by: looking, resource: memberRole('read') },
    { by: ['optimization-engine'], resource: memberRole('apply') },
  ],
}

/** Calls that Lambda makes for a function. */
export const surroundings: readonly (readonly [string, Need])[] = [
  ['sqs:ReceiveMessage', { by: ['worker'], resource: queue('webhooks') }],
  ['sqs:DeleteMessage', { by: ['worker'], resource: queue('webhooks') }],
  ['sqs:SendMessage', { by: runs, resource: queue('failed-runs') }],
  ['events:PutEvents', { by: ['performance-analyzer'], resource: arn('events', 'event-bus/default') }],
  ['xray:PutTraceSegments', { by: functionNames, resource: '*' }],
  ...functionNames.flatMap((name) =>
    ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action): [string, Need] => [
      action,
      { by: [name], resource: arn('logs', `log-group:/aws/lambda/macro-ai-production-${name}:log-stream:run`) },
    ]),
  ),
]

/** AWS asks no permission for the first; the others make what the stack makes itself. */
export const unneeded: readonly string[] = [
  'sts:GetCallerIdentity',
  'dynamodb:CreateTable',
  'dynamodb:UpdateTimeToLive',
]

/** What a call needs; nothing where nobody was given it. */
export function needsOf(action: string): readonly Need[] {
  const found = needs[action]
  return found === undefined ? [] : 'by' in found ? [found] : found
}

/** The functions that are refused what they need, in words. */
export function refusedOf(template: SynthesizedTemplate, action: string, need: Need): readonly string[] {
  return need.by
    .filter((name) => verdict(template, name, { ...need, action }) !== 'allowed')
    .map((name) => `${name} may not ${action} on ${need.resource}`)
}
