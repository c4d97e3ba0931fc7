// Kills `trimtab run` (SIGKILL) at its calls to AWS and GitHub, one fresh world for each kill, starts it again, and
// compares the end with that of an undisturbed run. Prints the count and every difference; exit 1 on any.
//   npx tsx scripts/kill-run.ts [--all] [--scene NAME]      (--all: every read too; default: every write, some reads)
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { readEnvironment } from '../src/config/environment.js'
import { createJournal } from '../src/entrypoints/journal.js'
import { wire } from '../src/entrypoints/wire.js'
import { readEstateFiles } from '../src/sandbox/estate/read-estate-files.js'
import { company, type Sandbox, startSandbox } from '../src/sandbox/start-sandbox.js'
import { type FleetRole, groupFor } from '../src/sandbox/world/scenarios.js'

/** One world for each kind of effect, so that a run has few calls. */
const scenes: Readonly<Record<string, { readonly roles: readonly FleetRole[]; readonly brokenConfig?: boolean }>> = {
  pages: { roles: ['overProvisioned', 'computedValue'] },
  scaleUp: { roles: ['saturated'] },
  rollBack: { roles: ['failingScaleUp'] },
  faultyConfiguration: { roles: ['overProvisioned'], brokenConfig: true },
}

const readsOfScene = 8
const runsAllowed = 3
const parallel = 2

interface Call {
  readonly name: string
  readonly write: boolean
}

/** The n-th write, or the n-th read, of a run. */
interface Moment {
  readonly scene: string
  readonly write: boolean
  readonly nth: number
}

interface World {
  readonly sandbox: Sandbox
  readonly calls: Call[]
  /** Called at each call of the program. */
  hear: (call: Call) => void
}

async function openWorld(scene: string): Promise<World> {
  const { roles = [], brokenConfig } = scenes[scene] ?? {}
  const files = new Map(readEstateFiles())
  if (brokenConfig) files.set('.github/trimtab.yml', 'mode: auto\nunknown: 1\n')
  const calls: Call[] = []
  const world = { calls, hear: (_call: Call) => {} }
  const sandbox = await startSandbox({
    seed: 1,
    nowAt: '2026-11-23T09:00:00Z',
    groups: roles.map((role) => groupFor(role, 1)),
    files,
    realTime: false,
    onCall: (call) => {
      calls.push(call)
      world.hear(call)
    },
  })
  const opened = Object.assign(world, { sandbox })
  await connect(sandbox, 'create')
  calls.length = 0
  return opened
}

function connect({ environment }: Sandbox, table: 'create' | 'required') {
  const journal = createJournal('silent')
  return wire(readEnvironment(environment), { table, journal, environmentVariables: environment })
}

/** One `trimtab run`; resolves with its exit code, null when it was killed. */
function runOnce({ sandbox }: World, started: (child: ChildProcess) => void = () => {}): Promise<number | null> {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...sandbox.environment }
  const child = spawn(process.execPath, ['dist/trimtab.js', 'run', '--json'], { env, stdio: 'ignore' })
  started(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
  })
}

/** What is left at the end: rows, pages, comments, sizes. Dollars may move with the window and are left out. */
async function endOf({ sandbox }: World) {
  const { github, world } = sandbox
  const deps = await connect(sandbox, 'required')
  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const pulls = await github.pulls(company.repository)
  const issues = await github.issues(company.repository)
  const numbers = [...pulls, ...issues].map(({ number }) => number)
  const comments = await Promise.all(numbers.map((number) => github.comments(company.repository, number)))
  return {
    recommendations: rows
      .map(({ id, type, from, to, status, change }) => {
        const { from: was, to: became, result } = change.application ?? {}
        const links = [change.pullRequest, change.issue, change.writeBack].map((ref) => ref?.branch ?? Boolean(ref))
        return JSON.stringify({ id, type, from, to, status, state: change.state, was, became, result, links })
      })
      .sort(),
    pulls: pulls.map(({ title, state, headBranch, files }) => [plain(title), state, headBranch, files]).sort(),
    issues: issues.map(({ title, state, labels }) => JSON.stringify([plain(title), state, labels])).sort(),
    comments: comments.flat().map(({ body }) => plain(body)),
    sizes: world.groups().map((group) => [group.scenario.name, group.minSize, group.desiredCapacity, group.maxSize]),
  }
}

type End = Awaited<ReturnType<typeof endOf>>

const plain = (text: string) => text.replace(/\$[\d,]+/g, '$…')

interface Reference {
  readonly end: End
  readonly calls: readonly Call[]
}

async function referenceOf(scene: string): Promise<Reference> {
  const world = await openWorld(scene)
  await runOnce(world)
  const calls = [...world.calls]
  await runOnce(world)
  const end = await endOf(world)
  await world.sandbox.close()
  return { end, calls }
}

function momentsOf(scene: string, { calls }: Reference, all: boolean): readonly Moment[] {
  const writes = calls.filter(({ write }) => write).length
  const reads = calls.length - writes
  const step = all ? 1 : Math.max(1, Math.floor(reads / readsOfScene))
  const nths = (count: number, by: number) => Array.from({ length: Math.ceil(count / by) }, (_, at) => at * by + 1)
  return [
    ...nths(writes, 1).map((nth) => ({ scene, write: true, nth })),
    ...nths(reads, step).map((nth) => ({ scene, write: false, nth })),
  ]
}

/** The differences after one kill, in words; empty is well. */
async function killAt(moment: Moment, reference: Reference): Promise<readonly string[]> {
  const world = await openWorld(moment.scene)
  let victim: ChildProcess | undefined
  let killedAt: string | undefined
  let left = moment.nth
  world.hear = ({ write, name }) => {
    if (write !== moment.write || killedAt !== undefined) return
    left -= 1
    if (left > 0) return
    killedAt = name
    victim?.kill('SIGKILL')
  }
  await runOnce(world, (child) => {
    victim = child
  })
  world.hear = () => {}
  let end: End | undefined
  for (let run = 1; run <= runsAllowed; run += 1) {
    await runOnce(world)
    end = await endOf(world)
    if (isDeepStrictEqual(end, reference.end)) break
  }
  await world.sandbox.close()
  const where = `${moment.scene}, ${moment.write ? 'write' : 'read'} ${moment.nth} (${killedAt ?? 'not reached'})`
  return end === undefined ? [] : differences(end, reference.end).map((text) => `${where}: ${text}`)
}

function differences(end: End, wanted: End): readonly string[] {
  return (Object.keys(wanted) as (keyof End)[])
    .filter((key) => !isDeepStrictEqual(end[key], wanted[key]))
    .map((key) => `${key}: ${JSON.stringify(end[key])} instead of ${JSON.stringify(wanted[key])}`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { all: { type: 'boolean' }, scene: { type: 'string' } } })
  spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  const startedMs = performance.now()
  const names = Object.keys(scenes).filter((name) => values.scene === undefined || name === values.scene)
  const references = new Map<string, Reference>()
  for (const name of names) references.set(name, await referenceOf(name))
  const queue = names.flatMap((name) => momentsOf(name, references.get(name) as Reference, values.all === true))
  const kills = { writes: queue.filter(({ write }) => write).length, all: queue.length }
  const bad: string[] = []
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const found = await killAt(next, references.get(next.scene) as Reference)
      bad.push(...found)
      for (const line of found) console.log(line)
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  console.log(`${kills.all} kills (${kills.writes} at writes, ${kills.all - kills.writes} at reads) in ${seconds} s`)
  console.log(`${bad.length} differences from the run without a kill`)
  return bad.length === 0 ? 0 : 1
}

process.exitCode = await main()
