import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { TrimtabError } from '../../core/model/errors.js'
import type { Group } from '../../core/model/group.js'
import type { AnalysisFault } from '../../workflows/analyse/group-analysis.js'
import type { Deps } from '../../workflows/deps.js'
import { configPath } from '../../workflows/estate/read-estate.js'
import type { InitDocument } from './documents/init.js'
import { type ExitCode, errorText } from './exit-code.js'
import { fileFault } from './file-fault.js'
import { initialConfiguration } from './init/initial-configuration.js'
import { type GroupOptions, type OutputOptions, type PlaceOptions, withGroups, withPlace } from './options.js'
import { faultRow } from './pass-document.js'
import { openSession } from './session.js'
import { printable, printJson, type Terminal } from './terminal.js'

type InitOptions = PlaceOptions &
  GroupOptions &
  OutputOptions & { readonly file: string; readonly force?: boolean; readonly dryRun?: boolean }

/** `trimtab init`: a commented configuration from what the account holds. Writes one file, changes nothing else. */
export function initCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return withGroups(withPlace(new Command('init')))
    .description(`look at the account and write a commented ${configPath}`)
    .option('--file <file>', 'where to write it; - prints it', configPath)
    .option('--force', 'overwrite a file that is there')
    .option('--dry-run', 'print it, write nothing')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: InitOptions) => finish(await init(options, terminal)))
}

async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const printed = options.dryRun === true || options.file === '-'
  if (!printed && !options.force) await refuseExisting(options.file)
  const deps = await openSession(terminal, options, { table: 'memory' })
  const { groups, faults } = await listed(deps)
  const [fault] = faults
  if (fault && groups.length === 0) throw fault.error
  const text = initialConfiguration(groups, deps.selection.regions)
  if (!printed) await write(options.file, text)

  const document: InitDocument = {
    file: printed ? null : options.file,
    text,
    groups: groups.map(({ groupKey, environment, environmentFrom }) => ({ groupKey, environment, environmentFrom })),
    faults: faults.map(faultRow),
  }
  if (options.json) printJson(terminal, document)
  else if (printed) terminal.out(text)
  else
    terminal.out(
      `${printable(options.file)} written: ${groups.length} groups, every one observed only; check it in, then set modes\n`,
    )
  for (const { error } of faults) terminal.err(`${errorText(error)}\n`)
  return faults.length > 0 ? 3 : 0
}

async function refuseExisting(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (there)
    throw new TrimtabError('usage', `writing ${file}: it is there already; --force overwrites it, --dry-run prints`)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw fileFault(error, { code: 'usage', doing: `writing ${file}`, done: 'written', remedy: '--dry-run prints it' })
  }
}

async function listed({ fleet, selection }: Deps) {
  const groups: Group[] = []
  const faults: AnalysisFault[] = []
  for await (const one of fleet.list(selection)) {
    if (one.kind === 'group') groups.push(one.group)
    else faults.push(one)
  }
  return { groups: groups.sort((a, b) => (a.groupKey < b.groupKey ? -1 : 1)), faults }
}
