import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import Ajv from 'ajv'
import { documentSchemas } from '../../../scripts/document-schemas.js'
import { readEnvironment } from '../../../src/config/environment.js'
import { readRepositoryConfig } from '../../../src/config/read-repository-config.js'
import { storyJson } from '../../../src/entrypoints/cli/demo/story-json.js'
import type { PassDocument } from '../../../src/entrypoints/cli/documents/analyze.js'
import type { ExplainDocument } from '../../../src/entrypoints/cli/documents/explain.js'
import type { ReplayDocument } from '../../../src/entrypoints/cli/documents/replay.js'
import { createJournal } from '../../../src/entrypoints/journal.js'
import { wire } from '../../../src/entrypoints/wire.js'
import { readEstateFiles } from '../../../src/sandbox/estate/read-estate-files.js'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.js'
import { type FleetRole, groupFor } from '../../../src/sandbox/world/scenarios.js'
import { decisionKey, type NotedDecision } from '../../../src/workflows/inputs/note-decision.js'
import { type InputsHead, inputsKey } from '../../../src/workflows/inputs/note-inputs.js'
import { analysePass } from '../../../src/workflows/pass/analyse-pass.js'
import { captured, trimtab } from './captured.js'

const roles: readonly FleetRole[] = ['overProvisioned', 'wellSized', 'wrongFamily', 'memoryBound']
const folder = mkdtempSync(join(tmpdir(), 'trimtab-chain-'))
/** One group is enough where only the form of an answer is looked at. */
const one = ['--group', 'kestrel-storefront']
let sandbox: Sandbox
let env: Readonly<Record<string, string>>
let run: PassDocument

beforeAll(async () => {
  const groups = roles.map((role) => groupFor(role, 1))
  const nowAt = '2026-11-23T10:00:00.000Z'
  sandbox = await startSandbox({ seed: 1, nowAt, groups, files: readEstateFiles(), realTime: false })
  env = sandbox.environment
  const { out, err, code } = await trimtab(['run', '--create-table', '--json'], env)
  expect({ err, code }).toEqual({ err: '', code: 0 })
  run = JSON.parse(out)
}, 240_000)

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await sandbox.close()
})

function idOf(group: string): string {
  return run.recommendations.find(({ groupKey }) => groupKey.endsWith(group))?.id as string
}

async function table() {
  const journal = createJournal('silent')
  return wire(readEnvironment(env), { table: 'required', journal, environmentVariables: env })
}

async function replayed(id: string): Promise<{ readonly code: number; readonly document: ReplayDocument }> {
  const { code, out } = await trimtab(['replay', id, '--json'], env)
  return { code, document: JSON.parse(out) }
}

describe('replay', () => {
  it('comes to the same figures for every recommendation of a run', async () => {
    expect(run.recommendations.length).toBeGreaterThan(1)
    for (const { id, groupKey } of run.recommendations) {
      const { code, document } = await replayed(id)
      expect({ code, ...document }).toMatchObject({ code: 0, id, groupKey, same: true, differences: [] })
      expect(document.figures).toBeGreaterThan(300)
      expect(document.decidedAt).toEqual(expect.any(String))
    }
  }, 240_000)

  it('takes the change of a recommendation as well, and says it for people', async () => {
    const changeId = idOf('storefront').replace('down-', '')
    const { code, out } = await trimtab(['replay', changeId], env)
    expect(code).toBe(0)
    expect(out).toMatch(/\nsame: all \d+ figures come out as recorded\n$/)
  }, 240_000)

  it('names each figure that comes out otherwise, with exit 1', async () => {
    const { notebook } = await table()
    const id = idOf('storefront')
    const key = decisionKey(id.replace('down-', ''))
    const noted = (await notebook.read<NotedDecision>(key)) as NotedDecision
    await notebook.write(key, { ...noted, decision: { kind: 'propose', reason: 'of another day' } })
    const { code, document } = await replayed(id)
    const text = await trimtab(['replay', id], env)
    await notebook.write(key, noted)
    expect(code).toBe(1)
    expect(document.differences).toEqual([
      { figure: 'decision.reason', recorded: 'of another day', recomputed: noted.decision.reason },
    ])
    expect(text.out).toContain('different: 1 of ')
  }, 240_000)

  it('says that an older version recorded the inputs, and that they are gone', async () => {
    const { notebook } = await table()
    const id = idOf('storefront')
    const key = inputsKey(id.replace('down-', ''))
    const head = (await notebook.read<InputsHead>(key)) as InputsHead
    await notebook.write(key, { ...head, version: 0 })
    const older = await trimtab(['replay', id], env)
    await notebook.write(key, head, new Date(0))
    const gone = await trimtab(['replay', id], env)
    await notebook.write(key, head)
    expect(older.code).toBe(3)
    expect(older.err).toMatch(
      /^error: reading the inputs of \w+: an older version of Trimtab recorded them at [^\n]+\n$/,
    )
    expect(gone.code).toBe(2)
    expect(gone.err).toMatch(/^error: replaying \S+: its inputs have expired or were never recorded [^\n]+\n$/)
  }, 240_000)

  it('knows no id that is not recorded, and lists some that are', async () => {
    const { code, err } = await trimtab(['replay', 'down-000000000000'], env)
    expect(code).toBe(2)
    expect(err).toMatch(/^error: There is no recommendation down-000000000000; found .*down-[0-9a-f]{12}/)
  }, 240_000)
})

describe('explain', () => {
  it('gives the chain of recorded advice: the figures of the run, the chosen candidate, every check', async () => {
    const id = idOf('storefront')
    const { code, out } = await trimtab(['explain', id, '--json'], env)
    expect(code).toBe(0)
    const document = JSON.parse(out) as ExplainDocument
    const row = run.recommendations.find((row) => row.id === id)
    const [advice] = document.advice
    expect(document.from).toBe('recorded inputs')
    expect(document.score?.score).toBe(run.groups.find(({ groupKey }) => groupKey === row?.groupKey)?.score)
    expect(advice).toMatchObject({ recommendationId: id, to: row?.to, monthlyUsd: row?.monthlyUsd })
    const chosen = document.considered.filter(({ verdict }) => verdict === 'chosen')
    expect(chosen.at(-1)?.to).toEqual(row?.to)
    expect(document.considered.filter(({ verdict }) => verdict === 'unsafe').every(({ why }) => why !== '')).toBe(true)
    expect(advice?.checks.map(({ check }) => check)).toEqual(expect.arrayContaining(['mode', 'freeze', 'openedToday']))
    expect(advice?.decision?.kind).toBe('propose')
    expect(document.code.place).toMatchObject({ repository: 'kestrel/infrastructure', file: 'live/storefront/main.tf' })
  }, 240_000)

  it('explains a group without advice by a look now, with the hold and every refused candidate', async () => {
    const { code, out } = await trimtab(['explain', 'kestrel-session-cache'], env)
    expect(code).toBe(0)
    expect(out).toContain('(production by tag), a look now, ')
    expect(out).toMatch(/✗ 1\. minimum 6 → 2, capacity 6 → 2: .*; unsafe: memory would reach \d+ % \(limit 85 %\)/)
    expect(out).toMatch(/\nNo advice\n {2}no advice: memory leaves no room \(/)
  }, 240_000)

  it('knows nothing by another name', async () => {
    const { code, err } = await trimtab(['explain', 'nothing-of-that-name'], env)
    expect(code).toBe(2)
    expect(err).toMatch(/^error: nothing-of-that-name is neither a recorded recommendation nor a group: /)
  }, 240_000)
})

describe('report', () => {
  it('writes one page with every group and prints how large it is', async () => {
    const file = join(folder, 'fleet.html')
    const names = ['kestrel-storefront', 'kestrel-bookings']
    const { code, out, err } = await trimtab(
      ['report', '--html', file, ...names.flatMap((name) => ['--group', name])],
      env,
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^\S+fleet\.html written: 2 groups, \d+ KB\n$/)
    const page = readFileSync(file, 'utf8')
    for (const name of names) expect(page).toContain(`>${name}</h3>`)
  }, 240_000)
})

describe('init', () => {
  it('writes what it found, valid, every group only observed, and never over a file that is there', async () => {
    const file = join(folder, 'new/.github/trimtab.yml')
    const first = await trimtab(['init', '--file', file], env)
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' })
    const text = readFileSync(file, 'utf8')
    const read = readRepositoryConfig(text, file)
    expect(read).toMatchObject({ kind: 'config', config: { mode: 'observe', environments: { production: {} } } })
    expect(text).toContain('kestrel-storefront: {}')

    writeFileSync(file, 'mode: propose\n')
    const again = await trimtab(['init', '--file', file], env)
    expect(again.code).toBe(2)
    expect(again.err).toContain('it is there already; --force overwrites it')
    expect(readFileSync(file, 'utf8')).toBe('mode: propose\n')
    expect((await trimtab(['init', '--file', file, '--force'], env)).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(text)
  }, 240_000)
})

describe('--json', () => {
  it.each([
    ['analyze', ['analyze', ...one]],
    ['run', ['run', ...one]],
    ['backtest', ['backtest', '--group', 'kestrel-storefront', '--set', 'minSize=5']],
    ['preview', ['preview', '--repo', 'src/sandbox/estate/files', ...one]],
    ['doctor', ['doctor']],
    ['explain', ['explain', 'kestrel-storefront']],
    ['init', ['init', '--dry-run']],
    ['config', ['config', 'check', 'src/sandbox/estate/files/.github/trimtab.yml']],
  ])(
    '%s prints what its published schema says',
    async (command, args) => {
      const { code, out } = await trimtab([...args, '--json'], env)
      expect(code).toBe(0)
      await expectValid(command, JSON.parse(out))
    },
    60_000,
  )

  it('replay prints what its published schema says', async () => {
    await expectValid('replay', (await replayed(idOf('storefront'))).document)
  }, 240_000)

  it("demo prints what its published schema says, at a story's end", async () => {
    const last = await analysePass(await table())
    const applied = [{ groupKey: idOf('storefront'), from: 4, to: 6, result: 'succeeded' }] as const
    const story = { first: last, last, decisions: last.decisions, applied, mergedPullRequest: undefined }
    const document = JSON.parse(JSON.stringify(await storyJson(sandbox, story)))
    expect(document.pullRequests).not.toEqual([])
    await expectValid('demo', document)
  }, 60_000)

  it('the schemas in schema/cli are those of the documents: npx tsx scripts/generate-docs.ts renews them', async () => {
    for (const [command, text] of await documentSchemas()) {
      expect(readFileSync(new URL(`../../../schema/cli/${command}.schema.json`, import.meta.url), 'utf8')).toBe(text)
    }
  })
})

async function expectValid(command: string, document: unknown): Promise<void> {
  const text = (await documentSchemas()).get(command) as string
  const validate = new Ajv.default({ strict: false, validateFormats: false, allErrors: true }).compile(JSON.parse(text))
  expect({ valid: validate(document), errors: validate.errors }).toEqual({ valid: true, errors: null })
}

describe('progress', () => {
  it('counts groups where someone watches, and clears its line', async () => {
    const lines: (string | undefined)[] = []
    const { runCli } = await import('../../../src/entrypoints/cli/run-cli.js')
    const terminal = { ...captured(env), progress: (line: string | undefined) => void lines.push(line) }
    expect(await runCli(['init', '--dry-run'], terminal)).toBe(0)
    expect(lines).toEqual([...roles.map((_, i) => expect.stringMatching(`^group ${i + 1}: kestrel-`)), undefined])
  }, 240_000)
})
