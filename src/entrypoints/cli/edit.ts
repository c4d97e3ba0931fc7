import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { createDirectoryReader } from '../../adapters/local/directory-reader.js'
import { loadSyntax } from '../../adapters/parsers/load-syntax.js'
import { provedValues } from '../../adapters/parsers/proved-values.js'
import type { ValueChange } from '../../core/iac/edit-request.js'
import { editValues } from '../../core/iac/edit-values.js'
import { isInfrastructurePath } from '../../core/iac/paths.js'
import {
  type CodeFormat,
  type EditableProperty,
  type EditValue,
  type FileSet,
  refusalSentences,
} from '../../core/model/code.js'
import { TrimtabError } from '../../core/model/errors.js'
import { proveOutcome } from '../../workflows/propose/prove-outcome.js'
import type { EditDocument } from './documents/edit.js'
import { codeFormats, editAddress } from './edit/edit-address.js'
import { readEditContext } from './edit/edit-context.js'
import type { ExitCode } from './exit-code.js'
import { fileFault } from './file-fault.js'
import { collect } from './options.js'
import { printable, printJson, type Terminal } from './terminal.js'
import { unifiedDiff } from './unified-diff.js'

interface EditOptions {
  readonly repo: string
  readonly group: string
  readonly set: readonly string[]
  readonly live?: string
  readonly format?: CodeFormat
  readonly context?: string
  readonly write?: boolean
  readonly json?: boolean
}

/** `trimtab edit`: the smallest proved edit of one group's values in a checkout, or why there is none. */
export function editCommand(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  return new Command('edit')
    .description("the smallest proved edit of a group's values in a checkout, or why there is none")
    .requiredOption('--repo <dir>', 'top folder of a checkout of the infrastructure code')
    .requiredOption('--group <address>', 'the group: a Terraform address, a logical id, a resource name')
    .addOption(
      new Option('--set <key=value>', 'the value wanted; may be repeated').argParser(collect).makeOptionMandatory(),
    )
    .option('--live <value>', 'the live value of the one --set: code that says otherwise is drift')
    .addOption(
      new Option('--format <name>', 'how the code is written (default: told by the files)').choices(codeFormats),
    )
    .option('--context <file>', 'JSON with what is known: environment, variable files, stack parameters, template, …')
    .option('--write', 'change the files')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: EditOptions) => finish(await edit(options, terminal)))
}

async function edit(options: EditOptions, terminal: Terminal): Promise<ExitCode> {
  const { rootModule, ...known } = await readEditContext(options.context)
  const reader = createDirectoryReader(options.repo)
  const files = await reader.files('', '', isInfrastructurePath)
  const address = editAddress(
    files,
    options.group,
    { ...known, ...(rootModule !== undefined && { rootModule }) },
    options.format,
  )
  const changes = changesOf(options)
  const outcome = editValues({ files, address, changes, context: known }, await loadSyntax())
  const proof = outcome.kind === 'edited' ? await proveOutcome({ valuesOf: provedValues }, files, outcome) : outcome
  if (outcome.kind === 'refused' || proof.kind === 'refused') {
    const { reason, hint, sites } =
      proof.kind === 'refused' ? proof : (outcome as Extract<typeof outcome, { kind: 'refused' }>)
    print(terminal, options, { outcome: 'refuse', reason, hint, edits: [], path: [...sites] }, () =>
      refusalText(reason, hint),
    )
    return 1
  }
  if (options.write) await writeAll(options.repo, outcome.files)
  const edits = outcome.edits.map(({ file, line, before, after }) => ({ file, startLine: line, before, after }))
  const document: EditDocument = { outcome: 'edit', reason: null, hint: null, edits, path: outcome.trail }
  print(terminal, options, document, () => diffText(files, outcome.files, terminal))
  return 0
}

function changesOf({ set, live }: EditOptions): readonly ValueChange[] {
  if (live !== undefined && set.length > 1)
    throw new TrimtabError('usage', '--live is the live value of one --set: give one')
  return set.map((pair) => {
    const [, key, value] = /^([A-Za-z]+)=(.+)$/s.exec(pair) ?? []
    const property = properties.find((one) => one === key)
    if (property === undefined || value === undefined)
      throw new TrimtabError(
        'usage',
        `--set: expected ${properties.join(', ')} as key=value, got "${pair.slice(0, 60)}"`,
      )
    return { property, wanted: editValueOf(value), live: live === undefined ? undefined : editValueOf(live) }
  })
}

const properties: readonly EditableProperty[] = [
  'minSize',
  'maxSize',
  'desiredCapacity',
  'instanceType',
  'spotMix',
  'targetValue',
  'schedule',
]

/** Numbers, and the objects of a mix, are written as JSON; anything else is text. */
function editValueOf(text: string): EditValue {
  if (!/^(-?\d|\{)/.test(text)) return text
  try {
    return JSON.parse(text) as EditValue
  } catch {
    return text
  }
}

function print(terminal: Terminal, { json }: EditOptions, document: EditDocument, text: () => string): void {
  if (json) printJson(terminal, document)
  else terminal.out(text())
}

function refusalText(reason: keyof typeof refusalSentences, hint: string): string {
  const sentence = refusalSentences[reason]
  return `not edited: ${hint.startsWith(sentence) ? printable(hint) : `${sentence} (${printable(hint)})`}\n`
}

function diffText(before: FileSet, after: FileSet, { chalk }: Terminal): string {
  const patches = [...after].map(([path, text]) => unifiedDiff(path, before.get(path) ?? '', text))
  const lines = patches
    .join('')
    .split('\n')
    .map((line) => line.replace(/[^\P{Cc}\t]/gu, ''))
  return lines
    .map((line) => (line.startsWith('+') ? chalk.green(line) : line.startsWith('-') ? chalk.red(line) : line))
    .join('\n')
}

async function writeAll(repo: string, files: FileSet): Promise<void> {
  for (const [path, text] of files)
    await writeFile(join(repo, path), text).catch((error: unknown) => {
      const doing = `writing ${path}`
      throw fileFault(error, { code: 'usage', doing, done: 'written', remedy: 'may this user write there?' })
    })
}
