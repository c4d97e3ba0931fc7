import { readEnvironment } from '../../../config/environment.js'
import { readEstateFiles } from '../../../sandbox/estate/read-estate-files.js'
import { type Sandbox, startSandbox } from '../../../sandbox/start-sandbox.js'
import { traceFleet, traceFleetFiles } from '../../../sandbox/trace-fleet.js'
import { fleet } from '../../../sandbox/world/scenarios.js'
import type { Deps } from '../../../workflows/deps.js'
import { createJournal } from '../../journal.js'
import { wire } from '../../wire.js'

export interface DemoOptions {
  readonly seed: number
  readonly traces?: string
  readonly nowAt: string
  readonly realTime: boolean
  readonly port?: number
}

export interface Demo {
  readonly sandbox: Sandbox
  readonly deps: Deps
}

/** A sandbox with its table, and Trimtab wired to it by nothing but environment variables, as to a real account. */
export async function startDemo({ seed, traces, nowAt, realTime, port }: DemoOptions): Promise<Demo> {
  const groups = traces === undefined ? fleet(seed) : traceFleet(traces)
  const files = traces === undefined ? readEstateFiles() : traceFleetFiles(groups)
  const sandbox = await startSandbox({ seed, nowAt, groups, files, realTime, ...(port !== undefined && { port }) })
  pointProcessAt(sandbox)
  const environment = readEnvironment(sandbox.environment)
  const deps = await wire(environment, {
    table: 'create',
    journal: createJournal(process.env.LOG_LEVEL ? environment.logLevel : 'silent'),
  })
  return { sandbox, deps }
}

/** The SDK takes credentials from the process's environment, as a shell with the written file would give them. */
function pointProcessAt({ environment }: Sandbox): void {
  for (const [name, value] of Object.entries(environment)) if (name.startsWith('AWS_')) process.env[name] = value
  delete process.env.AWS_PROFILE
  delete process.env.AWS_SESSION_TOKEN
}
