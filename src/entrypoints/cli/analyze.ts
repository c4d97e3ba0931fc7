import { Command, Option } from 'commander'
import { analysePass, recordPass } from '../../workflows/pass/analyse-pass.js'
import { noteUsage } from '../../workflows/usage/note-usage.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type OutputOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { passDocument } from './pass-document.js'
import { type FailOn, failOnWords } from './pass-faults.js'
import { printPass } from './print-pass.js'
import { openSession } from './session.js'
import type { Terminal } from './terminal.js'

type AnalyzeOptions = PlaceOptions &
  GroupOptions &
  OutputOptions & {
    readonly record?: boolean
    readonly createTable?: boolean
    readonly csv?: boolean
    readonly failOn?: FailOn
  }

/** `trimtab analyze`: what a run would find and decide now. Writes nothing unless --record is given. */
export function analyzeCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('analyze')))
    .description('score every group, plan, and say what would be done now; writes nothing')
    .option('--record', 'store the recommendations in the table')
    .option('--create-table', 'with --record: make the table where there is none')
    .addOption(new Option('--fail-on <finding>', 'exit 1 where there is such a recommendation').choices(failOnWords))
    .option('--wide', 'a table with the figures of each group')
    .option('--csv', 'a row for each decision')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: AnalyzeOptions) => finish(await analyze(options, terminal)))
}

async function analyze(options: AnalyzeOptions, terminal: Terminal): Promise<ExitCode> {
  const table = options.record ? (options.createTable ? 'create' : 'required') : 'preferred'
  const deps = await openSession(terminal, options, { table })
  const pass = options.record ? await noteUsage(deps, () => recordPass(deps)) : await analysePass(deps)
  return printPass(terminal, { pass, options, document: passDocument, selection: deps.selection })
}
