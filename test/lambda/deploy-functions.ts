import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Metafile } from 'esbuild'
// @ts-expect-error a build script without types
import { buildFunctions } from '../../scripts/build-functions.mjs'
import type { Company } from '../e2e/start-company.js'
import { type RunningFunction, runFunction } from '../support/run-function.js'

/** Bundles of some functions in a folder of their own; `remove` is for `afterAll`. */
export interface Bundles {
  readonly folder: string
  /** What went into each, as the bundler tells it. */
  readonly metafiles: Readonly<Record<string, Metafile>>
  remove(): Promise<void>
}

/** Builds the bundles of some functions as the package does. */
export async function bundle(names: readonly string[]): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), 'trimtab-functions-'))
  const metafiles = await buildFunctions(folder, names)
  return { folder, metafiles, remove: () => rm(folder, { recursive: true }) }
}

export const logGroup = '/aws/optimization/macro-ai-production'

/** What a stack has put into an account beside the functions, and the functions of a folder of bundles. */
export interface Deployment {
  /** The variables that the stack and Lambda give a function. */
  environment(name: string): Readonly<Record<string, string>>
  /** A new instance of a function: a cold start. */
  start(name: string, more?: Readonly<Record<string, string>>): Promise<RunningFunction>
  /** Messages that wait in the queue of webhooks, as Lambda brings them to the worker; they are hidden for a while then. */
  receive(): Promise<readonly SqsRecord[]>
  /** The outcome lines of all instances of a function. */
  outcomes(name: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** What a person puts into the secret, over what belongs there. */
  putSecret(changes: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

export interface SqsRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
  readonly messageAttributes: object
  readonly md5OfBody: string
  readonly eventSource: 'aws:sqs'
  readonly eventSourceARN: string
  readonly awsRegion: string
}

/** Puts secret, queue and log group into the company's account, with what the App's owner has put into the secret. */
export async function deployFunctions({ sandbox }: Company, folder: string): Promise<Deployment> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', ...world } = sandbox.environment
  const account = {
    region: 'us-east-1',
    endpoint: sandbox.aws.url,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  }
  const [secrets, queues, logs] = [
    new SecretsManagerClient(account),
    new SQSClient(account),
    new CloudWatchLogsClient(account),
  ]
  const { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, ...plain } = world
  const held = { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET }
  const SecretString = JSON.stringify(held)
  const { ARN = '' } = await secrets.send(
    new CreateSecretCommand({ Name: 'macro-ai-production-github-app', SecretString }),
  )
  const { QueueUrl = '' } = await queues.send(new CreateQueueCommand({ QueueName: 'macro-ai-production-webhooks' }))
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }))
  const running: RunningFunction[] = []
  const stream = (name: string) => `${name}/2026/11/23/[$LATEST]5d7f`
  const environmentOf = (name: string) => ({
    ...(name === 'webhook' ? webhookOnly(plain) : { ...plain, TRIMTAB_LOG_GROUP: logGroup }),
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    TRIMTAB_SECRET: ARN,
    ...(name === 'webhook' ? { TRIMTAB_WEBHOOK_QUEUE: QueueUrl } : { TRIMTAB_ENVIRONMENT: 'production' }),
  })
  return {
    environment: environmentOf,
    async start(name, more = {}) {
      const environment = { ...environmentOf(name), ...more }
      const one = await runFunction({ folder: join(folder, name), name: `macro-ai-production-${name}`, environment })
      running.push(one)
      return one
    },
    async receive() {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      return Messages.map((message) => ({
        messageId: message.MessageId ?? '',
        receiptHandle: message.ReceiptHandle ?? '',
        body: message.Body ?? '',
        attributes: message.Attributes ?? {},
        messageAttributes: {},
        md5OfBody: message.MD5OfBody ?? '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:macro-ai-production-webhooks',
        awsRegion: 'us-east-1',
      }))
    },
    async outcomes(name) {
      const logStreamName = stream(`macro-ai-production-${name}`)
      const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName: logGroup, logStreamName }))
      return events.map(({ message = '' }) => JSON.parse(message))
    },
    async putSecret(changes) {
      const text = JSON.stringify({ ...held, ...changes })
      await secrets.send(new PutSecretValueCommand({ SecretId: ARN, SecretString: text }))
    },
    async close() {
      for (const one of running.splice(0)) await one.close()
    },
  }
}

/** The variables that the stack gives the webhook function, and Lambda itself. */
function webhookOnly({ AWS_ENDPOINT_URL = '', AWS_REGION = '' }: Readonly<Record<string, string>>) {
  return { AWS_ENDPOINT_URL, AWS_REGION }
}
