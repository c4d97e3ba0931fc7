import { Command } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import { timeOf } from '../../core/model/series.js'
import type { Deps } from '../../workflows/deps.js'
import { type NotedInputs, readInputs } from '../../workflows/inputs/read-inputs.js'
import { replayDecision } from '../../workflows/inputs/replay-decision.js'
import type { ReplayDocument } from './documents/replay.js'
import type { ExitCode } from './exit-code.js'
import { type OutputOptions, type PlaceOptions, withPlace, withTable } from './options.js'
import { changeIdIn, findRecorded, unknownId } from './recorded.js'
import { openSession } from './session.js'
import { printable, printJson, type Terminal } from './terminal.js'

type ReplayOptions = PlaceOptions &
  OutputOptions & { readonly environment?: string; readonly application?: string; readonly all?: boolean }

/** Differing figures that text shows unless all are asked for. */
const shownDifferences = 20

/** `trimtab replay ID`: a past decision computed again from its recorded inputs, and compared. */
export function replayCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withTable(withPlace(new Command('replay')))
    .description(
      'compute a past decision again from its recorded inputs and compare; exit 1 where it comes out otherwise',
    )
    .argument('<id>', 'a recommendation, such as down-1f3c9a0b77aa, or its change, such as 1f3c9a0b77aa')
    .option('--all', 'every differing figure, not only the first')
    .option('--json', 'one JSON document on standard output')
    .action(async (id: string, options: ReplayOptions) => finish(await replay(id, options, terminal)))
}

async function replay(id: string, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const deps = await openSession(terminal, options, { table: 'required' })
  const { changeId, noted } = await readNoted(deps, id)
  const document = documentOf(id, changeId, noted)
  if (options.json) printJson(terminal, document)
  else terminal.out(textOf(document, terminal, options.all === true))
  return document.same ? 0 : 1
}

async function readNoted(deps: Deps, id: string): Promise<{ readonly changeId: string; readonly noted: NotedInputs }> {
  const row = await findRecorded(deps, id)
  const changeId = row?.changeId ?? changeIdIn(id)
  const noted = changeId === undefined ? undefined : await readInputs(deps, changeId)
  if (changeId !== undefined && noted) return { changeId, noted }
  if (!row) throw await unknownId(deps, id)
  throw new TrimtabError(
    'not-found',
    `replaying ${id}: its inputs have expired or were never recorded (the recommendation is of ${row.timestamp}); a run or analyze --record notes them while the advice stands`,
  )
}

function documentOf(id: string, changeId: string, noted: NotedInputs): ReplayDocument {
  const { inputs, decision } = noted
  const { window } = inputs.signals
  const { figures, differences } = replayDecision(noted)
  return {
    id,
    changeId,
    groupKey: inputs.group.groupKey,
    recordedAt: inputs.at,
    window: { startAt: window.startAt, endAt: timeOf(window, window.steps) },
    decidedAt: decision?.at ?? null,
    figures,
    same: differences.length === 0,
    differences: differences.map(({ figure, recorded, recomputed }) => ({
      figure,
      recorded: leafOf(recorded),
      recomputed: leafOf(recomputed),
    })),
  }
}

function leafOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function textOf(document: ReplayDocument, { chalk }: Terminal, all: boolean): string {
  const { id, groupKey, recordedAt, decidedAt, figures, differences, window } = document
  const decided = decidedAt === null ? 'no run has decided about it yet' : `decided at ${decidedAt}`
  const head = [
    `${chalk.bold(printable(id))} of ${printable(groupKey)}: inputs of ${recordedAt}, ${decided}`,
    `window ${window.startAt} – ${window.endAt}`,
  ]
  if (document.same)
    return `${[...head, `${chalk.green('same')}: all ${figures} figures come out as recorded`].join('\n')}\n`
  const shown = all ? differences : differences.slice(0, shownDifferences)
  const left = differences.length - shown.length
  return `${[
    ...head,
    `${chalk.red('different')}: ${differences.length} of ${figures} figures`,
    ...shown.map(
      ({ figure, recorded, recomputed }) =>
        `  ${printable(figure)}: recorded ${valueText(recorded)}, recomputed ${valueText(recomputed)}`,
    ),
    ...(left > 0 ? [`  and ${left} more (--all)`] : []),
  ].join('\n')}\n`
}

function valueText(value: string | number | boolean | null): string {
  return value === null ? 'nothing' : printable(String(value))
}
