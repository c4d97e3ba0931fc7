/**
 * Reads fleets of several sizes and prints what a group costs: `npm run bench:fleet -- --groups 100,1000,10000`. Each
 * reading is a process of its own, the endpoint another; the floor is measured in the same run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { printFleet } from './bench/print-fleet.js'
import { type Floor, type Reading, warmUp } from './bench/reading.js'

const { values } = parseArgs({ options: { groups: { type: 'string', default: '100,1000' } } })
const sizes = values.groups.split(',').map(Number)
/** The whole analysis takes some seconds for each hundred groups: larger fleets are read only. */
const mostAnalysed = 1_000
const first = '2026-11-23T09:00:00Z'
const hourLater = '2026-11-23T10:00:00Z'

if (sizes.some((size) => !Number.isInteger(size) || size < 100)) {
  throw new Error(`reading --groups: expected numbers from 100 on, such as 100,1000, got "${values.groups}"`)
}

function start(script: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', `scripts/bench/${script}`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = (async () => {
    for await (const text of createInterface(child.stdout)) return text
    throw new Error(`${script} ended without an answer`)
  })()
  return { child, line }
}

async function measured<T>(url: string, at: string, mode: string): Promise<T> {
  const { child, line } = start('read-fleet.ts', url, at, mode)
  const text = await line
  if (child.exitCode === null) await once(child, 'exit')
  return JSON.parse(text) as T
}

for (const size of sizes) {
  const groups = size + warmUp
  const endpoint = start('fleet-endpoint.ts', String(groups))
  const url = await endpoint.line
  try {
    const whole = await measured<Reading>(url, first, 'read')
    const floor = await measured<Floor>(url, first, 'floor')
    const next = await measured<Reading>(url, hourLater, 'read')
    const analysis = size <= mostAnalysed ? await measured<Reading>(url, hourLater, 'analyse') : undefined
    printFleet({ size, floor, first: whole, next, analysis })
  } finally {
    endpoint.child.kill()
  }
}
