import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type ConfigFault, faultText } from '../../config/config-fault.js'
import { configurationJsonSchema, configurationReference } from '../../config/configuration-reference.js'
import { readRepositoryConfig } from '../../config/read-repository-config.js'
import { configPath } from '../../workflows/estate/read-estate.js'
import type { ConfigDocument } from './documents/config.js'
import type { ExitCode } from './exit-code.js'
import { fileFault } from './file-fault.js'
import { printable, printJson, type Terminal } from './terminal.js'

/** `trimtab config`: the configuration's schema, its reference, and a check of one file. Asks nothing outside. */
export function configCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const config = new Command('config').description('the schema of .github/trimtab.yml, its reference page, and a check')
  config
    .command('schema')
    .description('print the JSON Schema, for editors')
    .action(() => terminal.out(configurationJsonSchema()))
  config
    .command('docs')
    .description('print the reference page: every key with values, default and meaning')
    .action(() => terminal.out(`${configurationReference()}`))
  config
    .command('check')
    .description('say everything that is wrong with a file, with lines; exit 2 where something is')
    .argument('[file]', 'the file to check', configPath)
    .option('--json', 'one JSON document on standard output')
    .action(async (file: string, options: { readonly json?: boolean }) => finish(await check(file, options, terminal)))
  return config
}

async function check(file: string, { json }: { readonly json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const read = readRepositoryConfig(await textOf(file), file)
  const faults = read.kind === 'faults' ? read.faults : []
  const document: ConfigDocument = { file, valid: faults.length === 0, faults: faults.map(faultRow) }
  if (json) printJson(terminal, document)
  else if (faults.length === 0) terminal.out(`${terminal.chalk.green('✓')} ${printable(file)} is valid\n`)
  for (const fault of json ? [] : faults) {
    const lines = faultText(file, fault).split('\n').map(printable)
    terminal.err(`error: ${lines.map((line) => line.trim()).join('\n       ')}\n`)
  }
  return faults.length === 0 ? 0 : 2
}

function faultRow({ line, path, message, didYouMean }: ConfigFault): ConfigDocument['faults'][number] {
  return { line, path, message, ...(didYouMean !== undefined && { didYouMean }) }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const remedy = 'name the file, or run trimtab init'
    throw fileFault(error, { code: 'not-found', doing: `reading ${file}`, done: 'read', remedy })
  }
}
