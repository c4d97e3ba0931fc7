import { createDraftHost, type Drafts } from '../../../src/adapters/local/draft-host.js'
import { createMeter } from '../../../src/adapters/local/meter.js'
import { createLocalLeases } from '../../../src/adapters/local/table/leases.js'
import { createLocalNotebook } from '../../../src/adapters/local/table/notebook.js'
import { createLocalRecommendations } from '../../../src/adapters/local/table/recommendations.js'
import { createLocalReports } from '../../../src/adapters/local/table/reports.js'
import { createLocalUsageRecord } from '../../../src/adapters/local/table/usage-record.js'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../../../src/adapters/parsers/proved-values.js'
import { plainDeployment } from '../../../src/config/policy-for.js'
import { known, unknown } from '../../../src/core/model/fact.js'
import { groupNameOf } from '../../../src/core/model/group.js'
import type { GroupReport } from '../../../src/core/model/group-report.js'
import type { Catalogue } from '../../../src/core/model/instance-type.js'
import type { Advice, Recommendation } from '../../../src/core/model/recommendation.js'
import { type SeriesSpan, seriesOf } from '../../../src/core/model/series.js'
import type { Signals } from '../../../src/core/model/signals.js'
import { createPages } from '../../../src/core/proposal/pages.js'
import { readTemplates } from '../../../src/entrypoints/read-templates.js'
import type { Fleet } from '../../../src/ports.js'
import type { Deps } from '../../../src/workflows/deps.js'
import { downOf, scaleUpOf } from '../../core/decision/builders.js'
import { policyOf } from '../../support/policy.js'
import { createFakeGroup, type FakeGroup, type SharedTime } from '../apply/fake-group.js'
import type { createScheduler } from './scheduler.js'

export const repository = 'tidewell/infrastructure'
export const limits = { openLimit: 2, newPerDay: 2, maxHourlyCost: 2.5, usdPerInstanceHour: 0.096 } as const
const templates = createPages(await readTemplates())
const syntax = await loadSyntax()

/** Two groups that are saturated, and four whose minimum is too high; one of those has a computed value. */
const saturated = ['shop-web', 'shop-api'] as const
const roomy = ['parcels', 'labels', 'routes', 'archive'] as const

/** Everything that outlives a run: groups, table, repository. */
export interface World {
  readonly time: SharedTime
  readonly groups: ReadonlyMap<string, FakeGroup>
  readonly drafts: Drafts
  readonly table: Pick<Deps, 'recommendations' | 'leases' | 'notebook' | 'reports'>
  readonly depsOf: (owner: string, scheduler: ReturnType<typeof createScheduler>) => Deps
  /** A new analysis that finds the same: its reports are of now. */
  readonly analyse: () => Promise<void>
}

export async function openWorld(newInstances: 'healthy' | 'unhealthy'): Promise<World> {
  const time: SharedTime = { nowMs: Date.parse('2026-11-24T12:00:00.000Z') }
  const clock = { now: () => new Date(time.nowMs), sleep: async () => {} }
  const names: readonly string[] = [...saturated, ...roomy]
  const options = { bootSeconds: 60, newInstances, lagSeconds: 0 }
  const groups: ReadonlyMap<string, FakeGroup> = new Map(
    names.map((name) => [name, createFakeGroup(options, name, time)]),
  )
  const table = {
    recommendations: createLocalRecommendations(clock),
    leases: createLocalLeases(clock),
    notebook: createLocalNotebook(clock),
    reports: createLocalReports(clock),
  }
  const host = createDraftHost()
  const advised = new Map<string, Recommendation>()
  for (const name of names) {
    const { recommendation } = await table.recommendations.record(adviceFor(name, groups), clock.now())
    advised.set(name, recommendation)
  }
  const fakeOf = (key: string) => groups.get(groupNameOf(key)) as FakeGroup
  const fleet: Fleet = {
    read: (key) => fakeOf(key).read(key),
    async *list({ keys }) {
      for (const fake of groups.values()) {
        const group = fake.group()
        if (!keys || keys.includes(group.groupKey)) yield { kind: 'group', group }
      }
    },
  }
  return {
    time,
    groups,
    drafts: host.drafts,
    table,
    async analyse() {
      for (const [name, { id }] of advised)
        await table.reports.save(reportOf(groups.get(name) as FakeGroup, id, clock.now()))
    },
    depsOf(owner, scheduler) {
      const watch = <T extends object>(port: string, methods: T): T => scheduler.watched(owner, port, methods)
      const sleep = watch('clock', { sleep: async (_ms: number) => {} }).sleep
      const listing = watch('fleet', { list: async () => {} })
      return {
        recommendations: watch('recommendations', table.recommendations),
        leases: watch('leases', table.leases),
        notebook: watch('notebook', table.notebook),
        reports: table.reports,
        owner,
        clock: { now: clock.now, sleep },
        fleet: {
          read: watch('fleet', { read: fleet.read }).read,
          async *list(selection) {
            await listing.list()
            yield* fleet.list(selection)
          },
        },
        capacity: {
          ...watch('capacity', {
            setMinSize: (key: string, size: number) => fakeOf(key).setMinSize(key, size),
            setDesiredCapacity: (key: string, size: number) => fakeOf(key).setDesiredCapacity(key, size),
          }),
          stackUpdateInProgress: async () => known(false),
        },
        host: {
          code: watch('code', {
            repositories: async () => [repository],
            head: async () => ({ branch: 'main', sha: 'abc' }),
            files: async () => files,
          }),
          pullRequests: watch('pullRequests', host.pullRequests),
          issues: watch('issues', host.issues),
          conversation: host.conversation,
          checks: host.checks,
        },
        signals: { read: async ([group], span) => new Map(group ? [[group.groupKey, flatOut(group, span)]] : []) },
        market: { catalogue: async () => catalogue, spot: () => Promise.reject(new Error('no spot here')) },
        selection: { regions: ['us-east-1'], tags: {} },
        journal: {
          outcome() {},
          failure: (message, error) => void scheduler.trace.push(`  ${owner}: ${message}: ${error}`),
        },
        alarms: { list: async () => [] },
        meter: createMeter(),
        usage: createLocalUsageRecord(),
        telemetry: { async publish() {}, async announce() {} },
        costs: { read: async () => unknown('no costs here') },
        stacks: { parameters: async () => known(undefined) },
        roster: { places: () => [], page: async () => ({ groups: [] }) },
        syntax: async () => syntax,
        valuesOf: provedValues,
        render: templates,
        deployment: plainDeployment,
        homeRepository: undefined,
        application: 'tidewell',
      }
    },
  }
}

function adviceFor(name: string, groups: ReadonlyMap<string, FakeGroup>): Advice {
  const group = (groups.get(name) as FakeGroup).group()
  const of = { groupKey: group.groupKey, environment: 'production' }
  const isSaturated = (saturated as readonly string[]).includes(name)
  return isSaturated
    ? scaleUpOf({ ...of, from: { desiredCapacity: 4 }, to: { desiredCapacity: 6 } })
    : downOf({ ...of, from: { minSize: 2 }, to: { minSize: 1 }, monthlyUsd: 100 + name.length })
}

function reportOf(fake: FakeGroup, id: string, at: Date): GroupReport {
  return {
    at: at.toISOString(),
    group: fake.group(),
    policy: policyOf(),
    scored: { kind: 'unscored', why: 'not looked at here' },
    types: [],
    unread: [],
    advised: [id],
  }
}

const resource = (name: string, min: string) => `  ${name}:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AutoScalingGroupName: ${name}
      MinSize: ${min}
      DesiredCapacity: '4'
      MaxSize: '10'
`
const files: ReadonlyMap<string, string> = new Map([
  [
    '.github/trimtab.yml',
    `environments:
  production:
    mode: apply
    costThresholds:
      maxHourlyCost: ${limits.maxHourlyCost}
    pullRequests:
      openLimit: ${limits.openLimit}
      newPerDay: ${limits.newPerDay}
`,
  ],
  [
    'stack.yml',
    `AWSTemplateFormatVersion: '2010-09-09'
Resources:
${[...saturated, ...roomy].map((name) => resource(name, name === 'routes' ? "!Sub '${AWS::Region}'" : "'2'")).join('')}`,
  ],
])

const catalogue: Catalogue = {
  region: 'us-east-1',
  types: new Map(),
  onDemand: new Map([['m5.large', { usdPerHour: limits.usdPerInstanceHour, source: 'test', asOf: '2026-11-01' }]]),
  spot: new Map(),
  source: 'test',
}

/** CPU flat at 100 %: four instances at a target of 70 need six. */
function flatOut(group: Signals['group'], span: SeriesSpan): Signals {
  const window = { ...span, steps: 12 }
  const start = Date.parse(window.startAt)
  const points = Array.from({ length: 12 }, (_, step) => ({ at: start + step * 300_000, value: 100 }))
  const gone = unknown('not measured')
  const series = {
    ...{ cpuMaximum: gone, memory: gone, networkIn: gone, networkOut: gone, inService: gone, desired: gone, max: gone },
    ...{ responseTime: gone, requests: gone, cpuCredits: gone },
    cpuAverage: known(seriesOf(window, 'percent', points)),
  }
  return { group, window, series }
}
