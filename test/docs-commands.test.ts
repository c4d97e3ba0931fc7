import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { groupFor } from '../src/sandbox/world/scenarios.js'
import { type Company, closeCompanies, startCompany } from './e2e/start-company.js'
import { readAwsCommand, sendAwsCommand } from './support/aws-command.js'

/** The `aws` lines of a page, as a reader would type them. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../docs', page), 'utf8')
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('aws '))
}

/** What of the table's life dynalite cannot do, or would end the world of the other commands. */
const endsTheTable = /dynamodb (update|delete)-table/

let company: Company
let env: Readonly<Record<string, string>>

/** The account of the pages: their groups, the stack's log groups and secret, and a table that a run has filled. */
beforeAll(async () => {
  const named = (name: string) => ({ ...groupFor('overProvisioned', 1), name })
  const table = 'macro-ai-production-optimization-recommendations'
  company = await startCompany({
    groups: [named('macro-ai-production-asg'), named('checkout-api')],
    environment: { TRIMTAB_TABLE: table },
  })
  env = { ...company.sandbox.environment, TRIMTAB_TABLE: table }
  await company.run()
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_ENDPOINT_URL: endpoint = '', AWS_REGION = '' } = env
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  const logs = new CloudWatchLogsClient({ endpoint, region: AWS_REGION, credentials })
  for (const logGroupName of [
    '/aws/lambda/macro-ai-production-performance-analyzer',
    '/aws/optimization/macro-ai-production',
  ])
    await logs.send(new CreateLogGroupCommand({ logGroupName }))
  const logGroupName = '/aws/optimization/macro-ai-production'
  await logs.send(
    new CreateLogStreamCommand({ logGroupName, logStreamName: 'macro-ai-production-optimization-engine/1' }),
  )
  const secrets = new SecretsManagerClient({ endpoint, region: AWS_REGION, credentials })
  const SecretString = JSON.stringify({ APP_ID: '123456', PRIVATE_KEY: '', WEBHOOK_SECRET: 'made-by-the-stack' })
  await secrets.send(new CreateSecretCommand({ Name: 'macro-ai-production-github-app', SecretString }))
}, 240_000)
afterAll(closeCompanies)

describe.each(['install.md', 'troubleshooting.md'])('the commands of docs/%s', (page) => {
  const commands = commandsOf(page)

  it.each(commands.filter((line) => !endsTheTable.test(line)))('%s', async (line) => {
    const answer = await sendAwsCommand(
      readAwsCommand(line, () => '{"APP_ID":"123456"}'),
      env,
    )
    expect(answer).toBeDefined()
  })

  it('that end the table are known operations with known options', () => {
    for (const line of commands.filter((one) => endsTheTable.test(one)))
      expect(readAwsCommand(line).input).toMatchObject({
        TableName: 'macro-ai-production-optimization-recommendations',
      })
  })
})

describe('what they find', () => {
  const answerTo = (line: string) => sendAwsCommand(readAwsCommand(line), env)
  const lineWith = (part: string) => commandsOf('troubleshooting.md').find((line) => line.includes(part)) ?? ''

  it('S96: rows of recommendations in the table', async () => {
    const { Items } = await answerTo(lineWith('dynamodb scan'))
    expect((Items as readonly unknown[]).length).toBeGreaterThan(0)
  })

  it('S97: the analyzer by the prefix of its log group', async () => {
    const { logGroups } = await answerTo(lineWith('describe-log-groups'))
    expect(logGroups).toMatchObject([{ logGroupName: '/aws/lambda/macro-ai-production-performance-analyzer' }])
  })

  it('S98: the group, with its sizes', async () => {
    const { AutoScalingGroups } = await answerTo(lineWith('describe-auto-scaling-groups'))
    expect(AutoScalingGroups).toMatchObject([{ AutoScalingGroupName: 'macro-ai-production-asg', MinSize: 8 }])
  })

  it('S99: points of the metric, since the command is complete', async () => {
    const { Datapoints } = await answerTo(lineWith('get-metric-statistics'))
    expect((Datapoints as readonly unknown[]).length).toBe(288)
  })
})
