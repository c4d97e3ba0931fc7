import type { IsoTime } from '../core/model/units.js'
import { type AdminHandler, faultsHandler } from './aws/admin.js'
import type { Credential } from './aws/authenticate.js'
import { createFaults } from './aws/faults.js'
import { identityOperations } from './aws/identity-operations.js'
import type { Operations } from './aws/operation.js'
import { type AwsServer, startAwsServer } from './aws/server.js'
import { countMetrics, type MetricCounts } from './aws-operations/count-metrics.js'
import { createOperations } from './aws-operations/create-operations.js'
import type { PublishedMessage } from './aws-operations/notification-operations.js'
import { deploy } from './deployer/deploy.js'
import { type GitHubWorld, startGitHub } from './github/github-world.js'
import type { GroupScenario } from './world/group-scenario.js'
import { createWorld, type World } from './world/world.js'
import { createWorldClock } from './world-clock.js'

export interface SandboxOptions {
  readonly seed: number
  /** Where the recorded history ends and the world's first now is. */
  readonly nowAt: IsoTime
  readonly groups: readonly GroupScenario[]
  /** The infrastructure repository of the company: path → text. */
  readonly files: ReadonlyMap<string, string>
  /**
   * With true the world also goes on with the wall clock, and each merge runs the team's pipeline; otherwise it moves,
   * and deploys, only when it is told to.
   */
  readonly realTime: boolean
  readonly port?: number
  /** Hears of each call to AWS when it arrives, and of each to GitHub when its effect is done and not yet answered. */
  readonly onCall?: (call: { readonly name: string; readonly write: boolean }) => void
}

/** A whole small world: AWS and GitHub on loopback, a fleet behind them, a clock, and a team with a pipeline. */
export interface Sandbox {
  readonly world: World
  readonly aws: AwsServer
  readonly github: GitHubWorld
  readonly repository: string
  /** GET gives `{now}`; POST `{advanceMs}` moves the world on. */
  readonly clockUrl: string
  /** Environment variables that point the aws CLI, Octokit and Trimtab at this world. */
  readonly environment: Readonly<Record<string, string>>
  /** Outgoing calls so far: `service:Operation` and `github:METHOD /path`. */
  calls(): Readonly<Record<string, number>>
  /** Metrics asked for and points given so far. */
  metrics(): MetricCounts
  /** What was published to the account's topics, oldest first. */
  readonly messages: readonly PublishedMessage[]
  /** The team's pipeline: applies what is on `main` to the groups. What it changed, in words. */
  deploy(): Promise<readonly string[]>
  close(): Promise<void>
}

export const company = { owner: 'kestrel', repository: 'infrastructure', lead: 'mara', reader: 'ilja' } as const

const historyDays = 21
const region = 'us-east-1'
const credential = {
  accessKeyId: 'AKIASANDBOXKESTREL01',
  secretAccessKey: 'sandbox-secret-of-no-account',
  account: '123456789012',
}

/** Starts the world; everything listens on loopback only. Nothing of it knows Trimtab. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, nowAt, groups, files } = options
  const world = createWorld({ seed, nowAt, groups, historyDays })
  const clock = createWorldClock(world, options.realTime)
  const faults = createFaults()
  const messages: PublishedMessage[] = []
  const credentials = [credential, ...memberCredentials(groups)]
  const address = () => aws.url
  const counted = countMetrics(createOperations(world, messages, address))
  const operations = { ...identityOperations(credentials), ...counted.operations }
  const aws: AwsServer = await startAwsServer({
    operations,
    credentials,
    faults,
    onCall: ({ service, operation, write }) => {
      clock.follow()
      options.onCall?.({ name: `${service}:${operation}`, write })
    },
    admin: { clock: clock.handler, faults: faultsHandler(faults) },
    ...(options.port !== undefined && { port: options.port }),
  })
  const github = await startGitHub({
    owner: company.owner,
    repositories: [{ name: company.repository, files }],
    people: [
      { login: company.lead, permission: 'admin' },
      { login: company.reader, permission: 'read' },
    ],
    now: () => new Date(world.now()),
    onCall: async ({ method, route, write }) => {
      options.onCall?.({ name: `github:${method} ${route}`, write })
      if (options.realTime && route.endsWith('/merge')) await runPipeline()
    },
  })
  const runPipeline = async () => deploy(world, await github.files(company.repository))
  aws.registerAdmin('deploy', async () => ({ changed: await runPipeline() }))
  aws.registerAdmin('webhook', webhookHandler(github))
  const clockUrl = `${aws.url}/_trimtab/clock`
  return {
    world,
    aws,
    github,
    repository: `${company.owner}/${company.repository}`,
    clockUrl,
    messages,
    environment: { ...environmentOf(aws, github, clockUrl), ...topicsOf(operations) },
    calls: () => Object.fromEntries([...aws.calls, ...github.calls].sort(([a], [b]) => (a < b ? -1 : 1))),
    metrics: counted.counts,
    deploy: runPipeline,
    async close() {
      await github.close()
      await aws.close()
    },
  }
}

/** Keys of the other accounts that groups are in: a role there is assumed with them. */
function memberCredentials(groups: readonly GroupScenario[]): readonly Credential[] {
  const accounts = new Set(groups.map(({ account }) => account).filter((account) => account !== credential.account))
  return [...accounts].map((account) => ({
    accessKeyId: `AKIASANDBOX${account}`,
    secretAccessKey: credential.secretAccessKey,
    account,
  }))
}

/** A handler for `webhook`: POST `{"url": …}` is where the App's webhooks go from now on. */
function webhookHandler(github: GitHubWorld): AdminHandler {
  return (method, body) => {
    const url = typeof body === 'object' && body !== null && 'url' in body ? String(body.url) : ''
    if (method !== 'POST' || !URL.canParse(url))
      throw new Error('setting the webhook: expected POST with {"url": "http://127.0.0.1:3000/api/github/webhooks"}')
    github.setWebhook(url)
    return { url }
  }
}

/** The three topics of a deployment, made as a stack would make them. */
function topicsOf(operations: Operations): Readonly<Record<string, string>> {
  const caller = { account: credential.account, region, accessKeyId: credential.accessKeyId }
  const made = ['RECOMMENDATION', 'PERFORMANCE', 'COST'].map((name) => {
    const answer = operations['sns:CreateTopic']?.({ Name: `trimtab-${name.toLowerCase()}` }, caller)
    return [`TRIMTAB_TOPIC_${name}`, (answer as { readonly TopicArn: string }).TopicArn]
  })
  return Object.fromEntries(made)
}

function environmentOf(aws: AwsServer, github: GitHubWorld, clockUrl: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: credential.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    GITHUB_API_URL: github.url,
    APP_ID: github.app.appId,
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    TRIMTAB_TABLE: 'macro-ai-production-optimization-recommendations',
    TRIMTAB_CLOCK_URL: clockUrl,
    TRIMTAB_MODE: 'apply',
    TRIMTAB_ENABLE_AUTO_SCALING: 'true',
  }
}
