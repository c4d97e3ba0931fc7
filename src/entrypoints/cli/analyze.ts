import { Command, Option } from 'commander'
import { analysePass } from '../../workflows/pass/analyse-pass.js'
import type { Pass } from '../../workflows/pass/pass.js'
import { recordPass } from '../../workflows/pass/record-pass.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type OutputOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { passDocument } from './pass-document.js'
import { type FailOn, failOnWords } from './pass-faults.js'
import { printPass } from './print-pass.js'
import { openSession } from './session.js'
import type { Terminal } from './terminal.js'

type AnalyzeOptions = PlaceOptions &
  GroupOptions &
  OutputOptions & { readonly record?: boolean; readonly createTable?: boolean; readonly failOn?: FailOn }

/** `trimtab analyze`: what a run would find and decide now. Writes nothing unless --record is given. */
export function analyzeCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('analyze')))
    .description('score every group, plan, and say what would be done now; writes nothing')
    .option('--record', 'store the recommendations in the table')
    .option('--create-table', 'with --record: make the table where there is none')
    .addOption(new Option('--fail-on <finding>', 'exit 1 where there is such a recommendation').choices(failOnWords))
    .option('--wide', 'a table with the figures of each group')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: AnalyzeOptions) => finish(await analyze(options, terminal)))
}

async function analyze(options: AnalyzeOptions, terminal: Terminal): Promise<ExitCode> {
  const table = options.record ? (options.createTable ? 'create' : 'required') : 'preferred'
  const deps = await openSession(terminal, options, { table })
  const found = await analysePass(deps)
  const pass = options.record ? await recorded(deps, found) : found
  return printPass(terminal, { pass, options, document: passDocument, selection: deps.selection })
}

/** The pass with its stored rows in place of the drafts; both come in the order of groups and their advice. */
async function recorded(deps: Parameters<typeof recordPass>[0], pass: Pass): Promise<Pass> {
  const rows = await recordPass(deps, pass)
  const storedId = new Map(pass.recommendations.map((draft, i) => [draft.id, rows[i]?.id ?? draft.id]))
  return {
    ...pass,
    recommendations: rows,
    decisions: pass.decisions.map((one) =>
      one.recommendationId === undefined
        ? one
        : { ...one, recommendationId: storedId.get(one.recommendationId) ?? one.recommendationId },
    ),
  }
}
