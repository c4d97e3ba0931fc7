// Runs every case of a folder of edit cases (cases.json beside the files they name) and prints right, refused, missed and
// WRONG by format. Usage: npx tsx scripts/corpus.ts FOLDER [--verbose] [--only TEXT]. Exit 1 when any edit is wrong.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { loadSyntax } from '../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../src/adapters/parsers/proved-values.js'
import { editValue } from '../src/core/iac/edit-value.js'
import { isInfrastructurePath } from '../src/core/iac/paths.js'
import { proveEdit } from '../src/core/iac/prove-edit.js'
import type {
  CodeFormat,
  EditableProperty,
  EditContext,
  EditOutcome,
  EditValue,
  FileSet,
} from '../src/core/model/code.js'

interface Case {
  readonly id: string
  readonly root: string
  readonly rootModule?: string
  readonly format: CodeFormat
  readonly group: string
  readonly property: EditableProperty
  readonly currentValue: EditValue
  readonly newValue: EditValue
  readonly context?: EditContext
  readonly expect: 'edit' | 'refuse'
  readonly reason?: string
  readonly edits?: readonly {
    readonly file: string
    readonly line: number
    readonly column: number
    readonly oldText: string
    readonly newText: string
  }[]
}

type Verdict = 'right' | 'refused' | 'other reason' | 'missed' | 'WRONG'

function filesBelow(folder: string): FileSet {
  const found = new Map<string, string>()
  const open = [folder]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of readdirSync(next).sort()) {
      const path = join(next, name)
      if (statSync(path).isDirectory()) open.push(path)
      else if (isInfrastructurePath(relative(folder, path)))
        found.set(relative(folder, path), readFileSync(path, 'utf8'))
    }
  }
  return found
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0
  for (let left = line - 1; left > 0; left -= 1) at = text.indexOf('\n', at) + 1
  return at + column - 1
}

function expected(files: FileSet, edits: NonNullable<Case['edits']>): FileSet {
  const made = new Map<string, string>()
  const from = (edit: (typeof edits)[number]) => offsetOf(files.get(edit.file) ?? '', edit.line, edit.column)
  for (const edit of [...edits].sort((first, second) => from(second) - from(first))) {
    const text = made.get(edit.file) ?? files.get(edit.file) ?? ''
    made.set(edit.file, text.slice(0, from(edit)) + edit.newText + text.slice(from(edit) + edit.oldText.length))
  }
  return made
}

async function proved(files: FileSet, outcome: EditOutcome & { kind: 'edited' }): Promise<string | undefined> {
  for (const [file, text] of outcome.files) {
    const edits = outcome.edits.filter((edit) => edit.file === file)
    const proof = proveEdit(await provedValues(file, files.get(file) ?? ''), await provedValues(file, text), edits)
    if (proof.kind === 'unproved') return proof.why
  }
  return undefined
}

async function judge(one: Case, files: FileSet, outcome: EditOutcome): Promise<readonly [Verdict, string]> {
  const unproved =
    outcome.kind === 'edited' ? await proved(files, outcome).catch((cause: unknown) => String(cause)) : undefined
  if (outcome.kind === 'refused' || unproved !== undefined) {
    const reason = outcome.kind === 'refused' ? outcome.reason : 'unproved'
    const hint = outcome.kind === 'refused' ? outcome.hint : (unproved ?? '')
    if (one.expect === 'edit') return ['missed', `${reason}: ${hint}`]
    return reason === one.reason
      ? ['refused', hint]
      : ['other reason', `expected ${one.reason}, got ${reason}: ${hint}`]
  }
  const shown = outcome.edits.map((edit) => `${edit.file}:${edit.line} ${edit.before} → ${edit.after}`).join('; ')
  if (one.expect === 'refuse') return ['WRONG', `expected refusal ${one.reason}, got ${shown}`]
  const wanted = expected(files, one.edits ?? [])
  const same =
    wanted.size === outcome.files.size && [...wanted].every(([file, text]) => outcome.files.get(file) === text)
  return same ? ['right', shown] : ['WRONG', shown]
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const verbose = args.includes('--verbose')
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const [folder] = args
  if (folder === undefined || !existsSync(join(folder, 'cases.json'))) {
    console.error('usage: npx tsx scripts/corpus.ts FOLDER [--verbose] [--only TEXT]   (FOLDER holds cases.json)')
    return 2
  }
  const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as { readonly cases: readonly Case[] }
  const syntax = await loadSyntax()
  const counts = new Map<string, Map<Verdict, number>>()
  let absent = 0
  for (const one of cases.filter((each) => only === undefined || each.id.includes(only))) {
    if (!existsSync(join(folder, one.root))) {
      absent += 1
      continue
    }
    const files = filesBelow(join(folder, one.root))
    const address = {
      kind: 'found',
      format: one.format,
      file: one.context?.template ?? '',
      line: 1,
      address: one.group,
      rootModule: one.rootModule ?? '',
    } as const
    const request = { files, address, property: one.property, live: one.currentValue, wanted: one.newValue }
    const outcome = editValue(one.context === undefined ? request : { ...request, context: one.context }, syntax)
    const [verdict, detail] = await judge(one, files, outcome)
    const row = counts.get(one.format) ?? new Map<Verdict, number>()
    row.set(verdict, (row.get(verdict) ?? 0) + 1)
    counts.set(one.format, row)
    if (verdict === 'WRONG' || verbose) console.log(`${verdict.padEnd(12)} ${one.id} [${one.format}] ${detail}`)
  }
  return report(counts, absent)
}

function report(counts: ReadonlyMap<string, ReadonlyMap<Verdict, number>>, absent: number): number {
  const verdicts: readonly Verdict[] = ['right', 'refused', 'other reason', 'missed', 'WRONG']
  console.log(['format'.padEnd(22), ...verdicts.map((name) => name.padStart(13))].join(''))
  let wrong = 0
  for (const [format, row] of [...counts].sort()) {
    console.log([format.padEnd(22), ...verdicts.map((name) => String(row.get(name) ?? 0).padStart(13))].join(''))
    wrong += row.get('WRONG') ?? 0
  }
  if (absent > 0) console.log(`${absent} cases skipped: their files are not there`)
  console.log(`${wrong} WRONG`)
  return wrong > 0 ? 1 : 0
}

process.exitCode = await main()
