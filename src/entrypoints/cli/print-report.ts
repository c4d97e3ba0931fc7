import type { AnalysisFault } from '../../workflows/analyse/group-analysis.js'
import type { Estate } from '../../workflows/estate/estate.js'
import { type CsvTable, csvText } from './csv.js'
import type { ExitCode } from './exit-code.js'
import { faultExitCode, passFaultLines } from './pass-faults.js'
import { printJson, type Terminal } from './terminal.js'

/** How a result is printed; text unless one is asked for. `--json` wins. */
export interface FormatOptions {
  readonly json?: boolean
  readonly csv?: boolean
  readonly group?: readonly string[]
}

export interface Report {
  readonly document: object
  /** Absent where the result is no table. */
  readonly csv?: () => CsvTable
  readonly text: () => string
  /** How many groups could be shown: a denied call that leaves none is the caller's. */
  readonly shown: number
  /** What was met on the way. */
  readonly faults: readonly AnalysisFault[]
  readonly estate: Estate
}

/** Of a command that asks for no code. */
export const noEstate: Estate = { repositories: [], unreadable: [], home: undefined }

/** Prints one result in the form that is asked for, its faults on standard error, and gives the exit code. */
export function printReport(terminal: Terminal, format: FormatOptions, report: Report): ExitCode {
  const { document, csv, text, shown, faults } = report
  if (format.json) printJson(terminal, document)
  else if (format.csv && csv) terminal.out(csvText(csv()))
  else if (shown > 0 || faults.length === 0) terminal.out(text())
  for (const line of passFaultLines(report)) terminal.err(`${line}\n`)
  return faultExitCode(report, { shown, names: format.group ?? [] })
}
