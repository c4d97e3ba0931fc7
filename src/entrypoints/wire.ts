import { randomUUID } from 'node:crypto'
import { createAlarms } from '../adapters/aws/alarms.js'
import { createMarket } from '../adapters/aws/market.js'
import { createTelemetry } from '../adapters/aws/telemetry.js'
import { createWallClock, openVirtualClock } from '../adapters/local/clock.js'
import { createMeter } from '../adapters/local/meter.js'
import type { Environment } from '../config/environment.js'
import type { RenderPage } from '../core/proposal/pages.js'
import type { Clock, Fleet, Journal, Topic } from '../ports.js'
import type { CodeHost, Deps } from '../workflows/deps.js'
import type { EnvironmentVariables } from './environment-credentials.js'
import { createJournal } from './journal.js'
import { readTemplates } from './read-templates.js'
import { onlyEnvironment } from './select-groups.js'
import { wireAccounts } from './wire-accounts.js'
import { type AwsAccess, wireAws } from './wire-aws.js'
import { wireHost } from './wire-host.js'
import { type TableChoice, wireTable } from './wire-table.js'

/** What a command adds to the environment. */
export interface WireOptions {
  /** Default `required`. */
  readonly table?: TableChoice
  /** Only groups of this environment; it names the default table too. */
  readonly environmentName?: string | undefined
  /** Given on the command line: then the environment's default group is taken alone where it exists. */
  readonly application?: string | undefined
  /** Only groups of these names. */
  readonly groups?: readonly string[] | undefined
  readonly profile?: string | undefined
  /** Where AWS credentials are read from instead of the process's own environment and profile. */
  readonly environmentVariables?: EnvironmentVariables | undefined
  /** Where the table and our own metrics are; default the first of the groups' regions. */
  readonly homeRegion?: string | undefined
  /** Another code host than GitHub: a dry run's. */
  readonly host?: CodeHost
  readonly journal?: Journal
  /** Another clock than the environment's. */
  readonly clock?: Clock
}

/** The one composition root: every client and adapter of a process is made here. */
export async function wire(environment: Environment, options: WireOptions): Promise<Deps> {
  const journal = options.journal ?? createJournal(environment.logLevel)
  const meter = createMeter()
  const [aws, clock, render] = await Promise.all([
    wireAws(environment, { ...options, meter }),
    options.clock ?? wireClock(environment),
    wirePages(),
  ])
  const environmentName = options.environmentName ?? 'production'
  const [{ history, ...table }, host] = await Promise.all([
    wireTable(aws, { environment, environmentName, choice: options.table ?? 'required', clock, journal }),
    options.host ?? wireHost(environment),
  ])
  const accounts = await wireAccounts(aws, environment, { history, journal })
  return {
    ...table,
    clock,
    journal,
    host,
    fleet: chosenGroups(accounts.fleet, options),
    roster: accounts.roster,
    selection: selectionOf(aws, environment, options),
    signals: accounts.signals,
    market: createMarket(aws.clients, clock),
    costs: accounts.costs,
    stacks: accounts.stacks,
    meter,
    capacity: accounts.capacity,
    telemetry: createTelemetry(aws.clients, { region: aws.settings.region, topics: topicsOf(environment) }),
    alarms: createAlarms(aws.clients, aws.settings.region),
    syntax: async () => (await import('../adapters/parsers/load-syntax.js')).loadSyntax(),
    valuesOf: async (file, text) => (await import('../adapters/parsers/proved-values.js')).provedValues(file, text),
    render,
    deployment: environment.deployment,
    homeRepository: environment.homeRepository,
    application: environment.application,
    owner: `${process.pid}-${randomUUID()}`,
  }
}

/** The clock that the environment names: a world's, or the machine's. */
export async function wireClock(environment: Pick<Environment, 'clockUrl'>): Promise<Clock> {
  return environment.clockUrl === undefined ? createWallClock() : openVirtualClock(environment.clockUrl)
}

async function wirePages(): Promise<RenderPage> {
  const [{ createPages }, templates] = await Promise.all([import('../core/proposal/pages.js'), readTemplates()])
  return createPages(templates)
}

function chosenGroups(fleet: Fleet, { environmentName, application }: WireOptions): Fleet {
  if (environmentName === undefined) return fleet
  return onlyEnvironment(fleet, { environment: environmentName, ...(application !== undefined && { application }) })
}

function selectionOf(aws: AwsAccess, environment: Environment, { groups }: WireOptions): Deps['selection'] {
  return { regions: aws.regions, tags: environment.groupTags, ...(groups && { names: groups }) }
}

function topicsOf({ topics }: Pick<Environment, 'topics'>): Partial<Record<Topic, string>> {
  return Object.fromEntries(Object.entries(topics).filter(([, arn]) => arn !== undefined))
}
