import { afterAll, describe, expect, it } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import { environmentPresets } from '../../infra/constructs/performance-optimization-construct.js'
import { tableShape } from '../../src/adapters/dynamodb/table.js'
import { createBench, synthesize } from '../support/synthesize.js'
import { type Resource, resourcesOf } from '../support/template.js'

const bench = createBench()
afterAll(bench.close)

const production = synthesize(bench.app())
const development = synthesize(bench.app(), {
  environmentName: 'development',
  optimizationConfig: environmentPresets.development,
})
const all = (type: string) => resourcesOf(production, type)
const named = (type: string, key: string, name: string): Resource['Properties'] =>
  all(type).find((properties) => properties[key] === name)

describe('the stack', () => {
  it('makes the table in the shape that the adapter expects (S50, S56, S57)', () => {
    const [table] = all('AWS::DynamoDB::Table')
    const { GlobalSecondaryIndexes, AttributeDefinitions, ...shape } = tableShape(
      'macro-ai-production-optimization-recommendations',
    )
    expect(table).toMatchObject(shape)
    expect(table.GlobalSecondaryIndexes).toEqual(expect.arrayContaining(GlobalSecondaryIndexes ?? []))
    expect(table.AttributeDefinitions).toEqual(expect.arrayContaining(AttributeDefinitions ?? []))
    expect(table).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    })
  })

  it.each([
    ['production', production, 'Retain', 90],
    ['development', development, 'Delete', 14],
  ])('keeps in %s what is to be kept', (_environment, template, policy, days) => {
    const table = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::DynamoDB::Table')
    expect(table?.DeletionPolicy).toBe(policy)
    expect(resourcesOf(template, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual(
      Array.from({ length: 7 }, () => days),
    )
    const kept = Object.values(template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')
    expect(kept.map(({ Type }) => Type)).toEqual(policy === 'Retain' ? ['AWS::DynamoDB::Table'] : [])
  })

  it('has the optimization log group, and each function its default one (S11, S97)', () => {
    expect(all('AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName)).toEqual(
      expect.arrayContaining([
        '/aws/optimization/macro-ai-production',
        '/aws/lambda/macro-ai-production-performance-analyzer',
        '/aws/lambda/macro-ai-production-optimization-engine',
        '/aws/lambda/macro-ai-production-cost-optimizer',
        '/aws/lambda/macro-ai-production-webhook',
        '/aws/lambda/macro-ai-production-worker',
      ]),
    )
  })

  it('runs every function on Node 22 and arm64 with a role of its own', () => {
    const functions = all('AWS::Lambda::Function')
    for (const one of functions)
      expect(one).toMatchObject({ Runtime: 'nodejs22.x', Architectures: ['arm64'], Handler: 'index.handler' })
    expect(new Set(functions.map(({ Role }) => Role)).size).toBe(5)
    expect(functions.map(({ Role }) => Role.split('/')[1])).toEqual(functions.map(({ FunctionName }) => FunctionName))
  })

  it('queues deliveries behind a public address, retries them in part, and keeps what fails for good', () => {
    expect(all('AWS::Lambda::Url')).toEqual([expect.objectContaining({ AuthType: 'NONE' })])
    const [source] = all('AWS::Lambda::EventSourceMapping')
    expect(source).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 10 })
    const queue = named('AWS::SQS::Queue', 'QueueName', 'macro-ai-production-webhooks')
    const worker = named('AWS::Lambda::Function', 'FunctionName', 'macro-ai-production-worker')
    expect(queue.RedrivePolicy).toMatchObject({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:macro-ai-production-webhook-dead-letters',
    })
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker.Timeout)
  })

  it('runs what is due, and keeps a call that cannot be made (S77, S80)', () => {
    const schedules = all('AWS::Scheduler::Schedule').map(({ Name, ScheduleExpression, Target }) => [
      Name.replace('macro-ai-production-', ''),
      ScheduleExpression,
      Target.Arn.split(':').at(-1).replace('macro-ai-production-', ''),
      Target.Input,
      Target.DeadLetterConfig.Arn.split(':').at(-1),
    ])
    const dead = 'macro-ai-production-failed-runs'
    expect(schedules).toEqual([
      ['analysis', 'rate(1 hour)', 'analysis', undefined, dead],
      ['engine', 'rate(1 hour)', 'optimization-engine', '{"task":"optimize"}', dead],
      ['monitoring', 'rate(15 minutes)', 'performance-analyzer', '{"task":"monitor"}', dead],
      ['cost-daily', 'cron(0 5 * * ? *)', 'cost-optimizer', '{"task":"daily"}', dead],
      ['cost-weekly', 'cron(0 6 ? * MON *)', 'cost-optimizer', '{"task":"weekly"}', dead],
      ['cost-monthly', 'cron(15 6 1 * ? *)', 'cost-optimizer', '{"task":"monthly"}', dead],
      ['cost-quarterly', 'cron(30 6 1 1,4,7,10 ? *)', 'cost-optimizer', '{"task":"quarterly"}', dead],
    ])
  })

  it('makes the secret with a webhook secret and room for the key', () => {
    const [secret] = all('AWS::SecretsManager::Secret')
    expect(secret.Name).toBe('macro-ai-production-github-app')
    expect(secret.GenerateSecretString.GenerateStringKey).toBe('WEBHOOK_SECRET')
    expect(JSON.parse(secret.GenerateSecretString.SecretStringTemplate)).toEqual({ APP_ID: '', PRIVATE_KEY: '' })
  })

  it('says what to do where the functions have not been built', () => {
    const app = new App({ context: { 'trimtab:functionBundles': '/nowhere' } })
    expect(() => synthesize(app)).toThrow(
      'reading the code of performance-analyzer: expected /nowhere/performance-analyzer/index.mjs, which is not there: in a checkout run npm run build, or name another folder of bundles in the context trimtab:functionBundles',
    )
  })
})
