import { Chalk, type ChalkInstance } from 'chalk'
import { processScreen, type Screen } from './dashboard/live.js'

/** Where a command prints, and what it was started with. Tests give their own. */
export interface Terminal {
  /** Results: nothing else goes here. */
  readonly out: (text: string) => void
  /** Errors, progress and logs. */
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly chalk: ChalkInstance
  /** Columns of the screen; absent where the output is no terminal. */
  readonly columns?: number | undefined
  /** Shows how far long work has come on one line, undefined clears it; absent where nobody watches standard error. */
  readonly progress?: (line: string | undefined) => void
  /** For pictures that move; absent where nobody sits before it. */
  readonly screen?: Screen | undefined
}

/** The process's own terminal: colours only on a terminal, never with NO_COLOR or when piped. */
export function processTerminal(): Terminal {
  const colourful = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    chalk: new Chalk({ level: colourful ? 1 : 0 }),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    screen: processScreen(),
    ...(process.stderr.isTTY === true && process.env.TERM !== 'dumb' && { progress: showLine }),
  }
}

/** Back to the start of the line, the text, and clear what was behind it. */
function showLine(line: string | undefined): void {
  process.stderr.write(line === undefined ? '\r\u001b[K' : `\r${line}\u001b[K`)
}

/**
 * Outside text on one line, without control and invisible characters: a name can carry no terminal commands.
 * @example printable('web\u001b[2J\nx') // 'web[2J x'
 */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

/** One JSON document, two spaces deep, with a line end. */
export function printJson(terminal: Pick<Terminal, 'out'>, document: unknown): void {
  terminal.out(`${JSON.stringify(document, null, 2)}\n`)
}
