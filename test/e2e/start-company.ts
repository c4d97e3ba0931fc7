import { readEnvironment } from '../../src/config/environment.js'
import { createJournal } from '../../src/entrypoints/journal.js'
import { startWebhookServer, type WebhookServer } from '../../src/entrypoints/probot/webhook-server.js'
import { wire } from '../../src/entrypoints/wire.js'
import type { FaultRule } from '../../src/sandbox/aws/faults.js'
import { readEstateFiles } from '../../src/sandbox/estate/read-estate-files.js'
import type { SeenIssue, SeenPull } from '../../src/sandbox/github/world-views.js'
import { company, type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js'
import type { GroupScenario } from '../../src/sandbox/world/group-scenario.js'
import { type FleetRole, groupFor } from '../../src/sandbox/world/scenarios.js'
import type { CodeHost, Deps } from '../../src/workflows/deps.js'
import type { Pass } from '../../src/workflows/pass/pass.js'
import { runPass } from '../../src/workflows/pass/run-pass.js'

export { company }

export interface CompanyOptions {
  readonly roles?: readonly FleetRole[]
  readonly groups?: readonly GroupScenario[]
  /** Replaces the shipped `.github/trimtab.yml`. */
  readonly config?: string
  /** Over the sandbox's own environment variables. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A sandbox with a small fleet, and Trimtab wired to it over HTTP by environment variables alone. */
export interface Company {
  readonly sandbox: Sandbox
  readonly deps: Deps
  readonly host: CodeHost
  /** Another run's dependencies: its own owner and clients, the same world. */
  another(): Promise<Deps>
  run(deps?: Deps): Promise<Pass>
  /** Receives the world's webhooks from now on. */
  listen(): Promise<WebhookServer>
  pulls(): Promise<readonly SeenPull[]>
  /** Issues beside the weekly one. */
  issues(): Promise<readonly SeenIssue[]>
  comments(number: number): Promise<readonly string[]>
  sizes(name: string): { readonly min: number; readonly desired: number }
  fault(rule: FaultRule): Promise<void>
  close(): Promise<void>
}

const started: Company[] = []

/** For `afterEach`: ends the worlds of a test, a failed one's too. */
export async function closeCompanies(): Promise<void> {
  for (const one of started.splice(0)) await one.close()
}

/** Starts the company; `closeCompanies` ends it. */
export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const groups = options.groups ?? (options.roles ?? ['overProvisioned']).map((role) => groupFor(role, 1))
  const files = new Map(readEstateFiles())
  if (options.config !== undefined) files.set('.github/trimtab.yml', options.config)
  const sandbox = await startSandbox({ seed: 1, nowAt: '2026-11-23T09:00:00Z', groups, files, realTime: false })
  const connect = async (table: 'create' | 'required') => {
    const environment = readEnvironment({ ...sandbox.environment, ...options.environment })
    const journal = createJournal(process.env.LOG_LEVEL ? 'warn' : 'silent')
    return wire(environment, { table, journal, environmentVariables: sandbox.environment })
  }
  const deps = await connect('create')
  const { host } = deps
  if (!host) throw new Error('the sandbox gives a GitHub App')
  const servers: WebhookServer[] = []
  const { github, world } = sandbox
  const made: Company = {
    sandbox,
    deps,
    host,
    another: () => connect('required'),
    run: (own) => runPass(own ?? deps),
    async listen() {
      const { webhookSecret: secret } = github.app
      const server = await startWebhookServer({ deps, host, secret, port: 0, retryDelaysMs: [1, 1] })
      servers.push(server)
      github.setWebhook(server.url)
      return server
    },
    pulls: () => github.pulls(company.repository),
    issues: async () => (await github.issues(company.repository)).filter(({ title }) => !title.includes('week ')),
    comments: async (number) => (await github.comments(company.repository, number)).map(({ body }) => body),
    sizes(name) {
      const found = world.groups().find(({ scenario }) => scenario.name === name)
      if (!found) throw new Error(`no group ${name}`)
      return { min: found.minSize, desired: found.desiredCapacity }
    },
    async fault(rule) {
      await fetch(`${sandbox.aws.url}/_trimtab/faults`, { method: 'POST', body: JSON.stringify(rule) })
    },
    async close() {
      for (const server of servers) await server.close()
      await sandbox.close()
    },
  }
  started.push(made)
  return made
}

/** Everything that people or AWS could notice: pages, comments, sizes, recommendations with their states. */
export async function effectsOf({ sandbox, deps, comments, pulls, issues }: Company) {
  const pages = [...(await pulls()), ...(await issues())]
  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  return {
    pages: pages.map(({ number, title, state, body }) => [number, title, state, body]),
    comments: await Promise.all(pages.map(({ number }) => comments(number))),
    sizes: sandbox.world.groups().map((group) => [group.scenario.name, group.minSize, group.desiredCapacity]),
    activities: sandbox.world.groups().map((group) => group.activities.length),
    recommendations: rows.map(({ id, change }) => [id, change.state]).sort(),
  }
}

/** What a run may always write: its own metrics, leases and the newest evidence in the table. */
const quiet = /^(dynamodb:|cloudwatch:PutMetricData|github:POST \/app\/installations)/
const reading = /^(github:GET|[a-z0-9]+:(Describe|Get|List|Query|Scan))/

/** The calls since `before` that changed something for anybody but the run itself. */
export function loudCalls({ sandbox }: Company, before: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(sandbox.calls())
    .filter(([name, count]) => count !== before[name] && !quiet.test(name) && !reading.test(name))
    .map(([name]) => name)
}
