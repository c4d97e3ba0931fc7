import type { GroupSelection } from '../../ports.js'
import type { Pass } from '../../workflows/pass/pass.js'
import { csvText } from './csv.js'
import type { ExitCode } from './exit-code.js'
import type { OutputOptions } from './options.js'
import { passCsv } from './pass-csv.js'
import { type FailOn, passExitCode, passFaultLines, unreadLines } from './pass-faults.js'
import { passTable, passText, summaryText } from './pass-text.js'
import { printJson, type Terminal } from './terminal.js'

interface PrintedPass {
  readonly pass: Pass
  readonly options: OutputOptions & { readonly csv?: boolean; readonly failOn?: FailOn }
  readonly document: (pass: Pass) => unknown
  readonly selection: GroupSelection
}

/** Prints a pass for people, as JSON or CSV, its faults on standard error, and gives the exit code. */
export function printPass(terminal: Terminal, { pass, options, document, selection }: PrintedPass): ExitCode {
  if (options.json) printJson(terminal, document(pass))
  else if (options.csv) terminal.out(csvText(passCsv(pass)))
  else if (pass.groups.length > 0)
    terminal.out(`${options.wide ? passTable(pass) : passText(pass, terminal.chalk)}${summaryText(pass)}`)
  else if (pass.faults.length === 0)
    terminal.out(`There are no Auto Scaling groups to manage in ${selection.regions.join(', ')}: nothing to do.\n`)
  for (const line of [...unreadLines(pass), ...passFaultLines(pass)]) terminal.err(`${line}\n`)
  return passExitCode(pass, { ...selection, failOn: options.failOn })
}
