/**
 * Reads a fleet from an endpoint and tells what it took: `node --expose-gc --import tsx scripts/bench/read-fleet.ts URL
 * AT MODE`, where MODE is `read` (list, series, let go), `analyse` (the whole analysis, let go) or `floor` (the
 * same bytes over node:http and JSON.parse, and nothing else). Prints one line of JSON.
 */
import { readEnvironment } from '../../src/config/environment.js'
import { policyFor } from '../../src/config/policy-for.js'
import type { Group } from '../../src/core/model/group.js'
import type { Signals } from '../../src/core/model/signals.js'
import { scaledUsage } from '../../src/core/model/usage.js'
import { createJournal } from '../../src/entrypoints/journal.js'
import { wire } from '../../src/entrypoints/wire.js'
import { analyseInBatches } from '../../src/workflows/analyse/analyse-in-batches.js'
import { windowUntil } from '../../src/workflows/analyse/windows.js'
import type { Deps } from '../../src/workflows/deps.js'
import { readEstate } from '../../src/workflows/estate/read-estate.js'
import { readBare } from './read-bare.js'
import { type Reading, warmUp } from './reading.js'

const [, , url = '', at = '', mode = 'read'] = process.argv
const batch = 25
async function connect(): Promise<Deps> {
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'us-east-1',
    TRIMTAB_TABLE: 'bench',
  }
  const clock = { now: () => new Date(at), sleep: async () => {} }
  const journal = createJournal('silent')
  return wire(readEnvironment(variables), { table: 'required', environmentVariables: variables, clock, journal })
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What of the memory is in use after collections; what a first one lets go is freed by the next. */
async function heldBytes(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function signalsOf(deps: Deps, list: readonly Group[]): Promise<readonly Signals[]> {
  const policy = policyFor(undefined, 'production', deps.deployment)
  const window = windowUntil(deps.clock.now(), policy.window.lookbackDays)
  return [...(await deps.signals.read(list, window, () => policy)).values()]
}

/** Page by page, so that listing and series can be told apart; each batch is let go before the next. */
async function read(deps: Deps): Promise<Reading> {
  let [listMs, signalsMs, seen, coldMs] = [0, 0, 0, 0]
  let held: readonly Signals[] = []
  let page: Group[] = []
  let mark = cpuMs()
  const readPage = async () => {
    listMs += seen < warmUp ? 0 : cpuMs() - mark
    for (let start = 0; start < page.length; start += batch) {
      mark = cpuMs()
      const list = page.slice(start, start + batch)
      await signalsOf(deps, list)
      if (seen === 0) coldMs = cpuMs() - mark
      if (seen >= warmUp) signalsMs += cpuMs() - mark
      seen += list.length
    }
    page = []
    mark = cpuMs()
  }
  for await (const listed of deps.fleet.list(deps.selection)) {
    if (listed.kind === 'fault') throw listed.error
    page.push(listed.group)
    if (page.length === (seen < warmUp ? batch : 100)) await readPage()
  }
  await readPage()
  const calls = scaledUsage(deps.meter.take(), 1 / seen)
  const maxRssMb = process.resourceUsage().maxRSS / 1024
  const before = await heldBytes()
  const sample = Array.from({ length: 100 }, (_, index) => `group-${index}`)
  const some: Group[] = []
  for await (const listed of deps.fleet.list({ ...deps.selection, names: sample }))
    if (listed.kind === 'group') some.push(listed.group)
  held = await signalsOf(deps, some)
  const heldKb = ((await heldBytes()) - before) / 1024 / held.length
  const measured = seen - warmUp
  return {
    groups: measured,
    listMs: listMs / measured,
    signalsMs: signalsMs / measured,
    coldMs: coldMs / batch,
    maxRssMb,
    heldKb,
    calls,
  }
}

async function analyse(deps: Deps): Promise<Reading> {
  const estate = await readEstate(deps, undefined)
  const began = cpuMs()
  let seen = 0
  for await (const { analysed, faults } of analyseInBatches(deps, estate)) {
    for (const { error } of faults) throw error
    seen += analysed.length
  }
  const spent = cpuMs() - began
  const maxRssMb = process.resourceUsage().maxRSS / 1024
  return { groups: seen, analysisMs: spent / seen, maxRssMb, calls: scaledUsage(deps.meter.take(), 1 / seen) }
}

const answer =
  mode === 'floor'
    ? await readBare(url, new Date(at))
    : mode === 'analyse'
      ? await analyse(await connect())
      : await read(await connect())
process.stdout.write(`${JSON.stringify(answer)}\n`)
setTimeout(() => process.exit(0), 50)
