import { Chalk } from 'chalk'
import { runCli } from '../../../src/entrypoints/cli/run-cli.js'
import type { Terminal } from '../../../src/entrypoints/cli/terminal.js'

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A terminal that is not one: what is printed is kept, colours are off. */
export function captured(env: Terminal['env'] = {}): Terminal & { readonly outcome: (code: number) => Outcome } {
  let out = ''
  let err = ''
  return {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env,
    chalk: new Chalk({ level: 0 }),
    outcome: (code) => ({ code, out, err }),
  }
}

/** Runs the whole program in this process, as `trimtab …` would run it. */
export async function trimtab(args: readonly string[], env: Terminal['env'] = {}): Promise<Outcome> {
  const terminal = captured(env)
  return terminal.outcome(await runCli(args, terminal))
}
