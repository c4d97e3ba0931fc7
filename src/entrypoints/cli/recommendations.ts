import { Command, InvalidArgumentError, Option } from 'commander'
import { environmentNameOf } from '../../config/environment-of.js'
import { groupNameOf } from '../../core/model/group.js'
import {
  type Priority,
  priorities,
  type Recommendation,
  type RecommendationType,
  recommendationTypes,
  type Status,
  statuses,
} from '../../core/model/recommendation.js'
import type { CsvTable } from './csv.js'
import type { RecommendationsDocument } from './documents/recommendations.js'
import type { ExitCode } from './exit-code.js'
import { type GroupOptions, type PlaceOptions, withEnvironment, withPlace } from './options.js'
import { faultRow } from './pass-document.js'
import { type FormatOptions, noEstate, printReport } from './print-report.js'
import { recommendationsText } from './recommendations/recommendations-text.js'
import { storedRow } from './recommendations/stored-row.js'
import { findUnknownNames } from './recommendations/unknown-names.js'
import { openEnvironment, shownEnvironment } from './session.js'
import type { Terminal } from './terminal.js'

interface Filters {
  readonly type?: RecommendationType
  readonly priority?: Priority
  readonly status?: Status
  readonly limit: number
}

type RecommendationsOptions = PlaceOptions & GroupOptions & FormatOptions & Filters

/** `trimtab recommendations`: what is recorded in the table, newest first. All filters hold together. */
export function recommendationsCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withEnvironment(withPlace(new Command('recommendations')))
    .description('the recorded recommendations, newest first')
    .addOption(oneOf('-p, --priority <word>', 'only this priority', priorities))
    .addOption(oneOf('-t, --type <word>', 'only this type', recommendationTypes))
    .addOption(oneOf('-s, --status <word>', 'only this status', statuses))
    .option('-l, --limit <number>', 'at most so many', wholeNumber, 20)
    .option('--csv', 'a row for each recommendation')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: RecommendationsOptions) => finish(await recommendations(options, terminal)))
}

async function recommendations(options: RecommendationsOptions, terminal: Terminal): Promise<ExitCode> {
  const rows = await matchingRows(options, terminal)
  const faults = rows.length === 0 ? await findUnknownNames(terminal, options) : []
  const document: RecommendationsDocument = {
    environment: shownEnvironment(options) ?? null,
    matching: rows.length,
    recommendations: rows.slice(0, options.limit).map(storedRow),
    faults: faults.map(faultRow),
  }
  return printReport(terminal, options, {
    document,
    csv: () => recommendationsCsv(document),
    text: () => recommendationsText(document, terminal),
    shown: rows.length,
    faults,
    estate: noEstate,
  })
}

/**
 * Rows that another tool wrote name no environment: they belong to the table's. A wrong environment names a table that is
 * not there: then the environment is the fault to tell.
 */
async function matchingRows(options: RecommendationsOptions, terminal: Terminal): Promise<readonly Recommendation[]> {
  const environment = shownEnvironment(options)
  try {
    const deps = await openEnvironment(terminal, options, { table: 'required' })
    const { type, priority, status } = options
    const asked = { ...(type && { type }), ...(priority && { priority }), ...(status && { status }) }
    const rows = await deps.recommendations.list({ ...asked, limit: Number.POSITIVE_INFINITY })
    return rows.filter(
      (row) =>
        (environment === undefined || ['', environmentNameOf(environment)].includes(row.environment)) &&
        (options.group === undefined || options.group.includes(groupNameOf(row.groupKey))),
    )
  } catch (error) {
    await findUnknownNames(terminal, options)
    throw error
  }
}

function recommendationsCsv({ recommendations: rows }: RecommendationsDocument): CsvTable {
  return {
    head: [
      'id',
      'timestamp',
      'type',
      'priority',
      'status',
      'state',
      'group',
      'environment',
      'description',
      'usd',
      'page',
    ],
    rows: rows.map((row) => [
      row.id,
      row.timestamp,
      row.type,
      row.priority,
      row.status,
      row.changeState,
      row.groupKey,
      row.environment,
      row.description,
      row.monthlyUsd,
      row.page,
    ]),
  }
}

/** An option with a closed list of words, in any case. */
function oneOf(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((text: string) => {
    const word = text.toUpperCase()
    if (words.includes(word)) return word
    throw new InvalidArgumentError(`expected ${words.join(', ')}, got "${text.slice(0, 40)}"`)
  })
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`expected a whole number from 1 to 999999, got "${text.slice(0, 40)}"`)
}
