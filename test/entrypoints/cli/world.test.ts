import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { analyzeSchema, type PassDocument } from '../../../src/entrypoints/cli/documents/analyze.js'
import { costSchema } from '../../../src/entrypoints/cli/documents/cost.js'
import { metricsSchema } from '../../../src/entrypoints/cli/documents/metrics.js'
import { recommendationsSchema } from '../../../src/entrypoints/cli/documents/recommendations.js'
import { scalingSchema } from '../../../src/entrypoints/cli/documents/scaling.js'
import { readEstateFiles } from '../../../src/sandbox/estate/read-estate-files.js'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.js'
import { type FleetRole, groupFor } from '../../../src/sandbox/world/scenarios.js'
import { trimtab } from './captured.js'

/** A part of the demo's fleet, so that the world starts in a moment. */
const roles: readonly FleetRole[] = ['overProvisioned', 'wellSized', 'saturated', 'faultTolerant', 'computedValue']

let sandbox: Sandbox
/** The world without its GitHub and with no table configured; `connected` has GitHub too. */
let env: Readonly<Record<string, string>>
let connected: Readonly<Record<string, string>>
const checkout = mkdtempSync(join(tmpdir(), 'trimtab-checkout-'))

beforeAll(async () => {
  const nowAt = '2026-11-23T10:00:00.000Z'
  const groups = roles.map((role) => groupFor(role, 1))
  sandbox = await startSandbox({ seed: 1, nowAt, groups, files: readEstateFiles(), realTime: false })
  const { TRIMTAB_TABLE: _table, ...withGitHub } = sandbox.environment
  const { APP_ID: _id, PRIVATE_KEY: _key, WEBHOOK_SECRET: _secret, ...withoutGitHub } = withGitHub
  connected = withGitHub
  env = withoutGitHub
  for (const [path, text] of readEstateFiles()) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), text)
  }
}, 240_000)

afterAll(async () => {
  rmSync(checkout, { recursive: true, force: true })
  await sandbox.close()
})

async function strike(rule: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.aws.url}/_trimtab/faults`, { method: 'POST', body: JSON.stringify(rule) })
  expect(answer.status).toBe(200)
}

afterEach(async () => {
  await fetch(`${sandbox.aws.url}/_trimtab/faults`, { method: 'DELETE' })
})

/** Calls of the world that change something. */
function writes(): readonly string[] {
  const reading = /:(Describe|Get|List|Query|Scan)|^github:(GET|POST \/app)/
  return Object.entries(sandbox.calls())
    .filter(([name]) => !reading.test(name))
    .map(([name, count]) => `${name} ${count}`)
}

describe('the command line on a small world', () => {
  it('analyze --json gives one sorted document, the same each time, and writes nothing', async () => {
    const before = writes()
    const first = await trimtab(['analyze', '--json'], connected)
    const again = await trimtab(['analyze', '--json'], connected)
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    expect(again.out).toBe(first.out)
    expect(writes()).toEqual(before)

    const { groups, recommendations, decisions, faults } = analyzeSchema.parse(JSON.parse(first.out))
    const keys = groups.map(({ groupKey }) => groupKey)
    expect(keys).toEqual(
      sandbox.world.groups().map(({ scenario: { account, region, name } }) => `${account}/${region}/${name}`),
    )
    expect(keys).toEqual([...keys].sort())
    expect(faults).toEqual([])
    const advised = new Set(recommendations.map(({ groupKey }) => groupKey))
    const quiet = keys.filter((key) => !advised.has(key))
    expect(decisions.map(({ groupKey }) => groupKey).sort()).toEqual(
      [...recommendations.map(({ groupKey }) => groupKey), ...quiet].sort(),
    )
    for (const row of recommendations) expect(Object.keys(row.from).sort()).toEqual(Object.keys(row.to).sort())
  }, 240_000)

  it('analyze prints one line a decision without colours, and a table with --wide', async () => {
    const plain = await trimtab(['analyze', '--group', 'kestrel-storefront', '--group', 'kestrel-bookings'], env)
    const lines = plain.out.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^kestrel-bookings {4}\(production\) score \d+ [A-Z]+, balanced: nothing to change/)
    expect(lines[1]).toMatch(
      /^kestrel-storefront {2}\(production\) .* wasteful: minimum 8 → \d, saves \$\d+ a month — /,
    )
    expect(lines[2]).toMatch(/^2 groups, 1 recommendation worth \$\d+ a month$/)
    expect(plain.out).not.toContain('\u001b')

    const wide = await trimtab(['analyze', '--wide', '--group', 'kestrel-storefront'], env)
    expect(wide.out).toContain('│ 8 ≤ 8 ≤ 16 │ m6i.large │')
  }, 240_000)

  it('analyze --csv has a row for each decision, empty fields where there is no advice', async () => {
    const { code, out } = await trimtab(
      ['analyze', '--csv', '--group', 'kestrel-storefront', '--group', 'kestrel-bookings'],
      env,
    )
    const [head, quiet, advised, ...rest] = out.split('\r\n')
    expect({ code, rest }).toEqual({ code: 0, rest: [''] })
    expect(head).toMatch(/^groupKey,environment,score,efficiency,diagnosis,recommendationId,type,priority,change,/)
    expect(quiet).toMatch(/\/kestrel-bookings,production,[\d.]+,[\d.]+,balanced,,,,,,hold,well-sized$/)
    expect(advised).toMatch(/\/kestrel-storefront,.*,down-[0-9a-f]{12},SCALE_DOWN,HIGH,minimum 8 → \d,[\d.]+,/)
  }, 240_000)

  it('--fail-on answers 1 only where there is such a finding', async () => {
    const on = async (group: string, finding: string) =>
      (await trimtab(['analyze', '--group', group, '--fail-on', finding], env)).code
    expect(await on('kestrel-bookings', 'any')).toBe(0)
    expect(await on('kestrel-storefront', 'any')).toBe(1)
    expect(await on('kestrel-checkout-api', 'high')).toBe(1)
  }, 240_000)

  it('--environment takes its groups, by alias too, and an unknown one lists what there is', async () => {
    const staging = await trimtab(['analyze', '--json', '--environment', 'stg'], env)
    const { groups } = JSON.parse(staging.out) as PassDocument
    expect(groups.map(({ environment }) => environment)).toEqual(['staging'])

    const unknown = await trimtab(['analyze', '--environment', 'qa'], env)
    expect(unknown).toEqual({
      code: 2,
      out: '',
      err: 'error: No group of us-east-1 belongs to environment qa; found production (4), staging (1).\n',
    })
  }, 240_000)

  it('an unknown group is 2 and does not hide the others', async () => {
    const args = ['analyze', '--json', '--group', 'kestrel-storfront', '--group', 'kestrel-bookings']
    const { code, out, err } = await trimtab(args, env)
    expect(code).toBe(2)
    expect(err).toMatch(
      /^error: There is no Auto Scaling group kestrel-storfront in us-east-1; found kestrel-storefront/,
    )
    expect((JSON.parse(out) as PassDocument).groups).toHaveLength(1)
  }, 240_000)

  it('facts behind error pages are unknown: the group is held, not planned on a guess', async () => {
    await strike({ operation: 'autoscaling:DescribePolicies', kind: 'errorPage' })
    const { code, out } = await trimtab(['analyze', '--json', '--group', 'kestrel-storefront'], env)
    const { recommendations, decisions, groups } = JSON.parse(out) as PassDocument
    expect({ code, recommendations }).toEqual({ code: 0, recommendations: [] })
    expect(groups[0]?.score).toEqual(expect.any(Number))
    expect(decisions.map(({ kind, reason }) => ({ kind, reason }))).toEqual([{ kind: 'hold', reason: 'fact-unknown' }])
  }, 240_000)

  it('one query that CloudWatch refuses never loses the others', async () => {
    await strike({ operation: 'cloudwatch:GetMetricData', kind: 'invalidQueryInBatch', query: 'mem_used_percent' })
    const { out } = await trimtab(['analyze', '--json', '--group', 'kestrel-storefront'], env)
    expect((JSON.parse(out) as PassDocument).groups[0]?.score).toEqual(expect.any(Number))
  }, 240_000)

  it('backtest reproduces the figures of the advice with its own command', async () => {
    const analysed = await trimtab(['analyze', '--json', '--group', 'kestrel-storefront'], env)
    const [advice] = (JSON.parse(analysed.out) as PassDocument).recommendations
    const args = ['backtest', '--group', 'kestrel-storefront', '--set', `minSize=${advice?.to.minSize}`]
    const told = await trimtab([...args, '--until', '2026-11-23T10:00:00.000Z', '--json'], env)
    const answer = JSON.parse(told.out)
    expect(answer).toMatchObject({ safe: true, violations: [], window: { startAt: '2026-11-09T10:00:00.000Z' } })
    expect(answer.monthlyUsd).toBeCloseTo(advice?.monthlyUsd as number, 1)

    const text = await trimtab([...args, '--until', '2026-11-23T10:00Z'], env)
    expect(text.code).toBe(0)
    expect(text.out).toContain('instances, lowest – mean – highest')
    expect(text.out.split('\n')[1]).toBe('safe')
  }, 240_000)

  it('backtest says what is wrong with a configuration that is not safe', async () => {
    const { code, out } = await trimtab(
      ['backtest', '--group', 'kestrel-storefront', '--set', 'minSize=1', '--set', 'targetValue=95'],
      env,
    )
    expect(code).toBe(0)
    expect(out.split('\n')[1]).toMatch(/^not safe: demand × 1\.15 gives \d+ minutes above 100 % CPU \(limit 0\)/)
  }, 240_000)

  it('preview shows the smallest edits on a checkout and asks GitHub nothing', async () => {
    const before = Object.keys(sandbox.calls()).filter((name) => name.startsWith('github:')).length
    const { code, out, err } = await trimtab(['preview', '--repo', checkout], connected)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('--- a/live/storefront/env/production.tfvars')
    expect(out).toMatch(/^-web_min_size = 8\n\+web_min_size = \d$/m)
    expect(out).toMatch(/kestrel-pricing: .*\n {2}not edited: the value is computed by an expression/)
    expect(Object.keys(sandbox.calls()).filter((name) => name.startsWith('github:'))).toHaveLength(before)
  }, 240_000)

  it('a bad configuration of a repository is 2, with file and line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'trimtab-bad-'))
    mkdirSync(join(folder, '.github'))
    writeFileSync(join(folder, '.github/trimtab.yml'), 'version: 1\nmode: auto\n')
    const { code, err } = await trimtab(['preview', '--repo', folder, '--group', 'kestrel-bookings'], env)
    rmSync(folder, { recursive: true })
    expect(code).toBe(2)
    expect(err).toContain('.github/trimtab.yml:2: mode: expected observe, propose or apply, got "auto"')
    expect(err).toContain('did you mean: apply')
  }, 240_000)

  it('doctor names what is missing and how to mend it', async () => {
    await strike({ operation: 'ec2:DescribeSpotPriceHistory', kind: 'denied' })
    const { code, out } = await trimtab(['doctor'], connected)
    expect(code).toBe(0)
    expect(out).toContain('✓ credentials: account 123456789012')
    expect(out).toContain('grant ec2:DescribeSpotPriceHistory')
    expect(out).toContain('Without it there is no spot advice.')
    expect(out).toContain('✓ CPU metrics: all 5 groups in the last day')
    expect(out).toContain('✓ kestrel/infrastructure: .github/trimtab.yml is valid, mode propose')

    await strike({ operation: 'autoscaling:DescribePolicies', kind: 'denied' })
    const denied = await trimtab(['doctor', '--json'], env)
    expect(denied.code).toBe(2)
    expect(JSON.parse(denied.out).checks).toContainEqual(
      expect.objectContaining({ name: 'autoscaling:DescribePolicies in us-east-1', verdict: 'fail' }),
    )
  }, 240_000)

  it('metrics prints a document that its schema describes, and a table for each group', async () => {
    const { code, out, err } = await trimtab(['metrics', '--json'], env)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const document = metricsSchema.parse(JSON.parse(out))
    expect(document.groups.map(({ environment }) => environment)).toEqual(Array(4).fill('production'))
    expect(document.groups.map(({ groupKey }) => groupKey)).toContain(document.worst)
    const csv = await trimtab(['metrics', '--csv', '--group', 'kestrel-bookings'], env)
    expect(csv.out.split('\r\n')).toHaveLength(6)
  }, 240_000)

  it('metrics that may not read CloudWatch ends with the permission to grant', async () => {
    await strike({ operation: 'cloudwatch:GetMetricData', kind: 'denied' })
    const { code, out, err } = await trimtab(['metrics', '--group', 'kestrel-bookings'], env)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error: [^\n]*grant cloudwatch:GetMetricData[^\n]*\n$/)
  }, 240_000)

  it('a wrong environment lists those found, whatever the command wants to read', async () => {
    const says = 'error: No group of us-east-1 belongs to environment qa; found production (4), staging (1).\n'
    for (const command of ['metrics', 'recommendations', 'cost', 'scaling']) {
      expect(await trimtab([command, '--environment', 'qa'], env)).toEqual({ code: 2, out: '', err: says })
    }
  }, 240_000)

  it('cost adds up the groups, and asks Cost Explorer once', async () => {
    const { code, out } = await trimtab(['cost', '--json'], env)
    const document = costSchema.parse(JSON.parse(out))
    expect(code).toBe(0)
    expect(document.account?.projectedUsd).toBeGreaterThan(0)
    const sum = document.groups.reduce((total, { monthlyUsd }) => total + (monthlyUsd ?? Number.NaN), 0)
    expect(document.monthlyUsd).toBeCloseTo(sum, 1)
  }, 240_000)

  it('scaling shows every group of the environment with what holds a live scale-up', async () => {
    const { code, out } = await trimtab(['scaling', '--json'], env)
    const { groups } = scalingSchema.parse(JSON.parse(out))
    expect(code).toBe(0)
    const saturated = groups.find(({ groupKey }) => groupKey.endsWith('kestrel-checkout-api'))
    expect(saturated).toMatchObject({ minSize: 4, maxSize: 10, policies: [], suspendedProcesses: [] })
    expect(saturated?.liveScaleUp.map(({ reason }) => reason)).toContain('mode-observe')
  })

  it('recommendations holds both filters together and reads the newest first', async () => {
    await trimtab(['analyze', '--record', '--create-table', '--environment', 'production'], env)
    const read = async (...args: string[]) => {
      const { code, out, err } = await trimtab(['recommendations', '--json', ...args], env)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return recommendationsSchema.parse(JSON.parse(out))
    }
    const all = await read()
    expect(all.matching).toBeGreaterThan(1)
    const times = all.recommendations.map(({ timestamp }) => timestamp)
    expect(times).toEqual([...times].sort().reverse())
    const both = await read('--priority', 'high', '--type', 'SCALE_UP')
    expect(both.recommendations).toEqual(
      all.recommendations.filter(({ priority, type }) => priority === 'HIGH' && type === 'SCALE_UP'),
    )
    expect(both.matching).toBeGreaterThan(0)
    expect((await read('--limit', '1')).recommendations).toEqual(all.recommendations.slice(0, 1))
  }, 240_000)

  it('analyze --record stores each recommendation once', async () => {
    const args = ['analyze', '--record', '--create-table', '--json', '--group', 'kestrel-storefront']
    const first = JSON.parse((await trimtab(args, env)).out) as PassDocument
    const again = JSON.parse((await trimtab(args, env)).out) as PassDocument
    expect(again.recommendations).toEqual(first.recommendations)
    expect(first.recommendations).toHaveLength(1)
  }, 240_000)
})
