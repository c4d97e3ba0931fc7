import { Command } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import { groupNameOf } from '../../core/model/group.js'
import type { Deps } from '../../workflows/deps.js'
import { readInputs } from '../../workflows/inputs/read-inputs.js'
import type { ExitCode } from './exit-code.js'
import { type Explained, explanationOf } from './explain/explanation.js'
import { explanationText } from './explain/explanation-text.js'
import { lookNow } from './explain/look-now.js'
import { type OutputOptions, type PlaceOptions, withPlace, withTable } from './options.js'
import { changeIdIn, findRecorded } from './recorded.js'
import { openSession } from './session.js'
import { printJson, type Terminal } from './terminal.js'

type ExplainOptions = PlaceOptions &
  OutputOptions & { readonly environment?: string; readonly application?: string; readonly now?: boolean }

/** `trimtab explain ID`: the whole chain from samples to decision, with its numbers. */
export function explainCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withTable(withPlace(new Command('explain')))
    .description('the whole chain from samples to decision, with numbers')
    .argument('<id>', 'a recommendation, its change, or the name of a group')
    .option('--now', 'look again, instead of at the recorded inputs')
    .option('--json', 'one JSON document on standard output')
    .action(async (id: string, options: ExplainOptions) => finish(await explain(id, options, terminal)))
}

async function explain(id: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const document = explanationOf(await explained(id, options, terminal))
  if (options.json) printJson(terminal, document)
  else terminal.out(explanationText(document, terminal))
  return 0
}

/** Recorded advice by its recorded inputs, where they are there; a group, and anything with --now, by a look now. */
async function explained(id: string, options: ExplainOptions, terminal: Terminal): Promise<Explained> {
  const { environment: _table, ...anywhere } = options
  const deps = await openSession(terminal, options, { table: 'preferred' })
  const row = await findRecorded(deps, id)
  const changeId = row?.changeId ?? changeIdIn(id)
  const noted = changeId === undefined || options.now ? undefined : await readInputs(deps, changeId)
  if (noted) return { ...noted, from: 'recorded inputs', row }
  const name = row ? groupNameOf(row.groupKey) : id
  const region = row?.groupKey.split('/')[1]
  const place = { ...anywhere, group: [name], ...(region !== undefined && { region: [region] }) }
  const own: Deps = { ...(await openSession(terminal, place, { table: 'memory' })), ...tableOf(deps) }
  try {
    return await lookNow(own, name)
  } catch (error) {
    if (row || !(error instanceof TrimtabError) || error.code !== 'not-found') throw error
    throw new TrimtabError('not-found', `${id} is neither a recorded recommendation nor a group: ${error.message}`)
  }
}

function tableOf({ recommendations, leases, notebook }: Deps) {
  return { recommendations, leases, notebook }
}
