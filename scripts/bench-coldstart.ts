/**
 * Times a cold start of each function: `npm run bench:coldstart -- [ROUNDS]`. Wall milliseconds of a process that loads
 * the bundle, and of one that also works on its first event, with the memory each holds at its end, over a bare handler
 * in the same run; the median of 15 interleaved rounds. The first event asks the sandbox, a process on the same cores:
 * its round trips are in the figure. Targets, for what is loaded before the first event: webhook 45 ms and 55 MB, worker
 * 90 ms, analyzer 120 ms and 80 MB.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { closeCompanies, startCompany } from '../test/e2e/start-company.js'
import { deployFunctions } from '../test/lambda/deploy-functions.js'
import { commentOn, functionUrlEvent } from '../test/lambda/function-events.js'
// @ts-expect-error a build script without types
import { buildFunctions } from './build-functions.mjs'

const rounds = Number(process.argv[2] ?? 15)

interface Start {
  readonly ms: number
  readonly mb: number
}

interface Subject {
  readonly name: string
  readonly file: string
  readonly environment: Readonly<Record<string, string>>
  readonly event: object
  readonly target?: { readonly ms: number; readonly mb?: number }
}

const folder = mkdtempSync(join(tmpdir(), 'trimtab-cold-'))
const bare = join(folder, 'bare.mjs')
writeFileSync(bare, 'export const handler = async () => ({ statusCode: 202 })\n')
await buildFunctions(folder)
const company = await startCompany({ roles: ['overProvisioned'] })
const deployment = await deployFunctions(company, folder)

const secret = company.sandbox.github.app.webhookSecret
const delivery = { id: 'cold', event: 'issue_comment', payload: commentOn(1, '/trimtab explain', 'mara') }
const message = {
  ...{ kind: 'comment', repository: 'kestrel/infrastructure', number: 999, commentId: 1 },
  ...{ author: 'mara', byBot: false, body: '/trimtab explain' },
}
const batch = (id: string) => ({
  Records: [{ messageId: id, body: JSON.stringify({ ...message, id }), eventSource: 'aws:sqs' }],
})
// In an account there is no virtual clock to ask.
const ownTime = { TRIMTAB_CLOCK_URL: '' }
const subject = (name: string, event: object, target?: Subject['target']): Subject => ({
  name,
  file: join(folder, name, 'index.mjs'),
  environment: { ...deployment.environment(name), ...ownTime },
  event,
  ...(target && { target }),
})
const place = { account: 'self', region: 'us-east-1' }
const subjectsOf = (round: number): readonly Subject[] => [
  { name: 'bare handler', file: bare, environment: {}, event: {} },
  subject('webhook', functionUrlEvent(delivery, secret, true), { ms: 45, mb: 55 }),
  subject('worker', batch(`cold-${round}`), { ms: 90 }),
  subject('performance-analyzer', { task: 'list', place }, { ms: 120, mb: 80 }),
  subject('optimization-engine', { task: 'optimize' }),
  subject('cost-optimizer', { task: 'daily' }),
]

/** One process from its start to its end. */
async function coldStart({ name, file, environment }: Subject, event: object | undefined): Promise<Start> {
  const startedAtMs = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bench', 'cold-start.mjs'), file], {
    env: { ...environment, ...(event && { EVENT: JSON.stringify(event) }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = await text(child.stderr)
  const ms = performance.now() - startedAtMs
  const rss = /^rss (\d+)$/m.exec(said)?.[1]
  if (rss === undefined) throw new Error(`starting ${name}: ${said}`)
  return { ms, mb: Number(rss) / 1_000_000 }
}

const loads = new Map<string, Start[]>()
const events = new Map<string, Start[]>()
for (let round = 0; round <= rounds; round++)
  for (const one of subjectsOf(round)) {
    const load = await coldStart(one, undefined)
    const worked = await coldStart(one, one.event)
    // The first round warms the disk's cache and the world.
    if (round === 0) continue
    loads.set(one.name, [...(loads.get(one.name) ?? []), load])
    events.set(one.name, [...(events.get(one.name) ?? []), worked])
  }

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
const medianOf = (starts: typeof loads, name: string, what: keyof Start) =>
  median((starts.get(name) ?? []).map((start) => start[what]))
const bareMs = medianOf(loads, 'bare handler', 'ms')
const cells = (starts: typeof loads, name: string): string => {
  const [ms, mb] = [medianOf(starts, name, 'ms'), medianOf(starts, name, 'mb')]
  const over = (ms - bareMs).toFixed(0)
  return `${ms.toFixed(0).padStart(5)} ms ${over.padStart(5)} over ${(ms / bareMs).toFixed(1).padStart(5)} × ${mb.toFixed(0).padStart(4)} MB`
}
console.log(`${''.padEnd(22)} ${'loaded'.padEnd(36)}with its first event`)
for (const { name, target } of subjectsOf(0)) {
  const over = medianOf(loads, name, 'ms') - bareMs
  const mb = medianOf(loads, name, 'mb')
  const wanted = target ? `  target ${target.ms} ms over${target.mb ? `, ${target.mb} MB` : ''}` : ''
  const met = !target || (over <= target.ms && mb <= (target.mb ?? Number.POSITIVE_INFINITY))
  console.log(`${name.padEnd(22)} ${cells(loads, name)}  ${cells(events, name)}${wanted}${met ? '' : '  MISSED'}`)
}
console.log(`Node ${process.version}, ${arch()}, ${cpus()[0]?.model} × ${cpus().length}, median of ${rounds}`)
await deployment.close()
await closeCompanies()
rmSync(folder, { recursive: true })
process.exit(0)
