import { Command, Option } from 'commander'
import { runPass } from '../../workflows/pass/run-pass.js'
import { noteUsage } from '../../workflows/usage/note-usage.js'
import type { ExitCode } from './exit-code.js'
import { listenForInterrupt } from './interrupt.js'
import { type GroupOptions, type OutputOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { runDocument } from './pass-document.js'
import { type FailOn, failOnWords } from './pass-faults.js'
import { printPass } from './print-pass.js'
import { openSession } from './session.js'
import type { Terminal } from './terminal.js'

type RunOptions = PlaceOptions &
  GroupOptions &
  OutputOptions & { readonly createTable?: boolean; readonly csv?: boolean; readonly failOn?: FailOn }

/** `trimtab run`: one scheduled pass. Safe to run twice, twice at once, or again after a crash. Ctrl-C ends it cleanly. */
export function runCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('run')))
    .description('one scheduled pass: analyse, record, decide, act as the modes allow, verify')
    .option('--create-table', 'make the table where there is none')
    .addOption(new Option('--fail-on <finding>', 'exit 1 where there is such a recommendation').choices(failOnWords))
    .option('--wide', 'a table with the figures of each group')
    .option('--csv', 'a row for each decision')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: RunOptions) => finish(await run(options, terminal)))
}

async function run(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const interrupt = listenForInterrupt(terminal)
  try {
    const deps = await openSession(terminal, options, { table: options.createTable ? 'create' : 'required' })
    const pass = await noteUsage(deps, () => runPass({ ...deps, deadline: interrupt.deadline }))
    return printPass(terminal, { pass, options, document: runDocument, selection: deps.selection })
  } finally {
    interrupt.release()
  }
}
