import { Command, Option } from 'commander'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../../workflows/deps.js'
import { inputsWitness } from '../../workflows/inputs/inputs-witness.js'
import type { InputsByGroup } from '../../workflows/inputs/note-inputs.js'
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
  const { inputs, witness } = inputsWitness(deps.clock.now())
  const found = await analysePass(deps, options.record ? witness : undefined)
  const pass = options.record ? await recorded(deps, found, inputs) : found
  return printPass(terminal, { pass, options, document: passDocument, selection: deps.selection })
}

/** The pass with its stored rows in place of the drafts. */
async function recorded(deps: Deps, pass: Pass, inputs: InputsByGroup): Promise<Pass> {
  const recommendations = await recordPass(deps, pass, inputs)
  const keyOf = ({ groupKey, property }: Recommendation) => `${groupKey}\n${property}`
  const stored = new Map(recommendations.map((row) => [keyOf(row), row]))
  const idOf = new Map(pass.recommendations.map((draft) => [draft.id, stored.get(keyOf(draft))?.id ?? draft.id]))
  const decisions = pass.decisions.map((one) => {
    const recommendationId = one.recommendationId === undefined ? undefined : idOf.get(one.recommendationId)
    return recommendationId === undefined ? one : { ...one, recommendationId }
  })
  return { ...pass, recommendations, decisions }
}
