import { Command, InvalidArgumentError } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import type { Terminal } from './terminal.js'
import { printJson } from './terminal.js'

/** The demo's own Monday; a served world begins at the wall clock's now. */
const storyNowAt = '2026-11-23T10:00:00.000Z'

interface DemoFlags {
  readonly seed: number
  readonly traces?: string
  readonly json?: boolean
  readonly serve?: boolean
  readonly writeEnv?: string
  readonly port?: number
}

/** `trimtab demo`: the whole job in a sandbox world. The world's code is loaded only here. */
export function demoCommand(terminal: Terminal): Command {
  return new Command('demo')
    .description('the whole job in a sandbox world: AWS and GitHub on loopback, no account anywhere')
    .option('--seed <number>', 'seed of the fleet; the same seed gives the same output', wholeNumber, 1)
    .option('--traces <folder>', 'drive the fleet with recorded demand: .csv and .csv.gz files')
    .option('--json', 'print one JSON document of the end of the story; with --serve: of the endpoints')
    .option('--serve', 'keep a world running, from now on in real time, and print its endpoints')
    .option('--write-env <file>', 'with --serve: write the lines that point other programs at the world')
    .option('--port <number>', 'with --serve: port of the AWS endpoint (default: a free one)', portNumber)
    .action((flags: DemoFlags) => (flags.serve ? serve(terminal, flags) : tell(terminal, flags)))
}

async function tell(terminal: Terminal, { seed, traces, json, writeEnv, port }: DemoFlags): Promise<void> {
  for (const [option, value] of Object.entries({ '--write-env': writeEnv, '--port': port }))
    if (value !== undefined) throw new TrimtabError('usage', `${option} works with --serve only: add --serve`)
  const { startDemo } = await import('./demo/start-demo.js')
  const { tellStory } = await import('./demo/tell-story.js')
  const { narrateTo } = await import('./demo/narrate.js')
  const { storyJson } = await import('./demo/story-json.js')
  terminal.err('starting a small world: three weeks of history, AWS and GitHub on loopback …\n')
  const { sandbox, deps } = await startDemo({
    seed,
    nowAt: storyNowAt,
    realTime: false,
    ...(traces !== undefined && { traces }),
  })
  try {
    const story = await tellStory(sandbox, deps, narrateTo(json ? { ...terminal, out: terminal.err } : terminal))
    if (json) printJson(terminal, await storyJson(sandbox, story))
    else await (await import('./demo/story-end.js')).printEnd(terminal, sandbox, story)
  } finally {
    await sandbox.close()
  }
}

async function serve(terminal: Terminal, { seed, traces, json, writeEnv, port }: DemoFlags): Promise<void> {
  const { startDemo } = await import('./demo/start-demo.js')
  const { serveWorld, writeEnvironmentFile } = await import('./demo/serve.js')
  const nowAt = new Date().toISOString()
  const { sandbox } = await startDemo({
    seed,
    nowAt,
    realTime: true,
    ...(traces !== undefined && { traces }),
    ...(port !== undefined && { port }),
  })
  try {
    if (writeEnv !== undefined) writeEnvironmentFile(writeEnv, sandbox)
    await serveWorld(terminal, sandbox, json === true)
  } finally {
    await sandbox.close()
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`expected a whole number, got "${text.slice(0, 40)}"`)
  return Number(text)
}

function portNumber(text: string): number {
  const port = wholeNumber(text)
  if (port > 65_535) throw new InvalidArgumentError(`expected a port from 0 to 65535, got "${text}"`)
  return port
}
