import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type FunctionName, functionNames } from '../../infra/constructs/deployment.js'
import { closeCompanies, startCompany } from '../e2e/start-company.js'
import {
  arn,
  group,
  groupNamed,
  memberRole,
  members,
  needs,
  needsOf,
  optedIn,
  refusedOf,
  secret,
  surroundings,
  table,
  topic,
  unneeded,
  verdict,
} from '../support/function-needs.js'
import type { AskedCall } from '../support/iam-policy.js'
import { createBench, synthesize } from '../support/synthesize.js'

const bench = createBench()
afterAll(bench.close)

const template = synthesize(bench.app(), { memberAccounts: members })

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
    expect(made.flatMap((call) => needsOf(call).flatMap((need) => refusedOf(template, call, need)))).toEqual([])
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
    expect(
      Object.keys(needs).flatMap((call) => needsOf(call).flatMap((need) => refusedOf(template, call, need))),
    ).toEqual([])
  })

  it('is enough for what Lambda does for them: queues, logs and traces', () => {
    expect(surroundings.flatMap(([action, need]) => refusedOf(template, action, need))).toEqual([])
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
    expect(names.filter((name) => verdict(template, name, call) === 'allowed')).toEqual([])
  })
})
