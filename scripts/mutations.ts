// Mutates the files of every edit case that is answered right (lines cut, doubled, moved, re-indented, look-alike comments
// and text inserted, values of other lines changed) and counts the answers: right (the same line, changed in the same way),
// refused, or WRONG. Usage: npx tsx scripts/mutations.ts FOLDER [--each 100] [--seed 1] [--format cdk-ts]. Exit 1 when any
// is wrong.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { loadSyntax } from '../src/adapters/parsers/load-syntax.js'
import type { EditRequest } from '../src/core/iac/edit-request.js'
import { editValue } from '../src/core/iac/edit-value.js'
import { isInfrastructurePath } from '../src/core/iac/paths.js'
import type { EditOutcome } from '../src/core/model/code.js'

interface Case extends Omit<EditRequest, 'files' | 'address' | 'live' | 'wanted'> {
  readonly id: string
  readonly root: string
  readonly rootModule?: string
  readonly format: EditRequest['address']['format']
  readonly group: string
  readonly currentValue: EditRequest['live']
  readonly newValue: EditRequest['wanted']
  readonly expect: 'edit' | 'refuse'
}

const formats = new Set([
  'terraform',
  'terragrunt',
  'cloudformation-yaml',
  'cloudformation-json',
  'cdk-ts',
  'pulumi-ts',
  'pulumi-yaml',
  'beanstalk',
  'values-yaml',
])

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
function generator(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function filesBelow(folder: string): Map<string, string> {
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

type Mutation = (
  lines: readonly string[],
  at: number,
  pick: (below: number) => number,
  key: string,
) => readonly string[]

function insert(lines: readonly string[], at: number, ...more: readonly string[]) {
  return [...lines.slice(0, at), ...more, ...lines.slice(at)]
}

const mutations: Readonly<Record<string, Mutation>> = {
  cut: (lines, at) => [...lines.slice(0, at), ...lines.slice(at + 1)],
  double: (lines, at) => insert(lines, at, lines[at] ?? ''),
  truncate: (lines, at) => lines.slice(0, at),
  move: (lines, at, pick) =>
    insert([...lines.slice(0, at), ...lines.slice(at + 1)], pick(lines.length), lines[at] ?? ''),
  indent: (lines, at) => lines.map((line, index) => (index === at ? `  ${line}` : line)),
  comment: (lines, at, _, key) => insert(lines, at, `# ${key}`),
  block: (lines, at, _, key) => insert(lines, at, '/*', key, '*/'),
  slashes: (lines, at, _, key) => insert(lines, at, `// ${key}`),
  template: (lines, at, _, key) => insert(lines, at, 'const zzText = `', key, '`'),
  heredoc: (lines, at, _, key) => insert(lines, at, 'locals {', '  zz_text = <<-EOT', key, '  EOT', '}'),
  look: (lines, at, _, key) => insert(lines, at, key),
  number: (lines, at) =>
    lines.map((line, index) => (index === at ? line.replace(/\d+/, (digits) => String(Number(digits) + 1)) : line)),
  name: (lines, at) =>
    lines.map((line, index) => (index === at ? line.replace(/[a-z]{4,}/, (word) => `${word}x`) : line)),
}

function run(
  one: Case,
  files: ReadonlyMap<string, string>,
  syntax: Awaited<ReturnType<typeof loadSyntax>>,
): EditOutcome {
  const address = {
    kind: 'found',
    format: one.format,
    file: one.context?.template ?? '',
    line: 1,
    address: one.group,
    rootModule: one.rootModule ?? '',
  } as const
  const context = one.context === undefined ? {} : { context: one.context }
  return editValue(
    { files, address, property: one.property, live: one.currentValue, wanted: one.newValue, ...context },
    syntax,
  )
}

function shape(outcome: EditOutcome): string {
  return outcome.kind === 'refused'
    ? 'refused'
    : outcome.edits.map((edit) => `${edit.file}|${edit.before.trim()}|${edit.after.trim()}`).join('\n')
}

async function main(): Promise<number> {
  const [folder = ''] = process.argv.slice(2)
  const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as { readonly cases: readonly Case[] }
  const syntax = await loadSyntax()
  const only = process.argv.includes('--format') ? process.argv[process.argv.indexOf('--format') + 1] : undefined
  const pick = generator(option('--seed', 1))
  const counts = { right: 0, refused: 0, WRONG: 0 }
  for (const one of cases.filter(
    (each) =>
      each.expect === 'edit' &&
      formats.has(each.format) &&
      (only === undefined || each.format === only) &&
      existsSync(join(folder, each.root)),
  )) {
    const files = filesBelow(join(folder, one.root))
    const before = run(one, files, syntax)
    if (before.kind === 'refused') continue
    const touched = [...new Set([...before.trail.map((site) => site.file), ...before.edits.map((edit) => edit.file)])]
    for (let round = option('--each', 100); round > 0; round -= 1) {
      const file = touched[pick(touched.length)] ?? ''
      const names = Object.keys(mutations)
      const name = names[pick(names.length)] ?? 'cut'
      const lines = (files.get(file) ?? '').split('\n')
      const key = before.edits[0]?.before ?? ''
      const at = pick(lines.length)
      const mutated = new Map([...files, [file, (mutations[name]?.(lines, at, pick, key) ?? lines).join('\n')]])
      if (before.edits.some((edit) => edit.file === file && edit.line === at + 1 && ['name', 'number'].includes(name)))
        continue
      const outcome = run(one, mutated, syntax)
      const verdict = outcome.kind === 'refused' ? 'refused' : shape(outcome) === shape(before) ? 'right' : 'WRONG'
      counts[verdict] += 1
      if (verdict === 'WRONG') {
        const short = (text: string | undefined): string => (text ?? '').slice(0, 240)
        console.log(
          `${one.id} ${name} ${file}:${at + 1}\n  ${short(lines[at])}\n  expected ${short(shape(before))}\n  got      ${short(shape(outcome))}`,
        )
      }
    }
  }
  console.log(`${counts.right} right, ${counts.refused} refused, ${counts.WRONG} WRONG`)
  return counts.WRONG > 0 ? 1 : 0
}

process.exitCode = await main()
