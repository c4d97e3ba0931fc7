/**
 * Gives every reader of outside text its bombs, each `--times` (50) times in this one warm process, and prints for each
 * the median milliseconds and whether it was read, refused or threw. `npx tsx scripts/attack-parsers.ts --times 1000`
 */
import { loadSyntax } from '../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../src/adapters/parsers/proved-values.js'
import { readRepositoryConfig } from '../src/config/read-repository-config.js'
import { readJson } from '../src/core/iac/json-reader.js'

const times = Number(process.argv[process.argv.indexOf('--times') + 1]) || 50
const lots = 100_000
const megabyte = 1_000_000
const many = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('')

const yamlBombs: Readonly<Record<string, string>> = {
  'flow lists': `${'['.repeat(lots)}${']'.repeat(lots)}`,
  'flow lists of 1,500, which kill a bare parser': `${'['.repeat(1500)}${']'.repeat(1500)}`,
  'flow maps': `${'{a: '.repeat(2000)}${'}'.repeat(2000)}`,
  'open flow lists': '['.repeat(lots),
  'flow hidden by closers in strings': '[ "]", '.repeat(3000),
  'flow hidden by closers in comments': '[ # ]\n'.repeat(3000),
  'flow hidden by single quotes': "[ ']', ".repeat(3000),
  dashes: `${'- '.repeat(5000)}a`,
  'dashes without blanks': `${'-\n'.repeat(1)}${many(2000, (i) => `${' '.repeat(i + 1)}-\n`)}`,
  'question marks': '? '.repeat(5000),
  'indented keys': many(300, (i) => `${' '.repeat(i)}a:\n`),
  'tags on tags': '!a '.repeat(20_000),
  anchors: many(5000, (i) => `- &a${i} x\n`),
  'billion laughs': `a: &a [x,x,x,x,x,x,x,x,x]\n${many(20, (i) => `${'bcdefghijklmnopqrstuvw'[i]}: &${'bcdefghijklmnopqrstuvw'[i]} [${Array(9).fill(`*${'abcdefghijklmnopqrstuvw'[i]}`).join(',')}]\n`)}`,
  'an alias to itself': 'a: &a [*a]',
  'twenty thousand keys': many(20_000, (i) => `k${i}: 1\n`),
  'three thousand short keys': many(3000, (i) => `${i.toString(36)}: 1\n`),
  'a flow list of a megabyte': `[${'a,'.repeat(megabyte / 2)}]`,
  'a line of a megabyte': `a: ${'x'.repeat(megabyte)}`,
  'an open quote': `a: "${'x '.repeat(30_000)}`,
  'an open single quote': `a: '${"'' ".repeat(20_000)}`,
  'a block scalar': `a: |\n${' x\n'.repeat(20_000)}`,
  backslashes: `a: "${'\\'.repeat(60_000)}"`,
  blanks: ' '.repeat(60_000),
  tabs: '\t'.repeat(60_000),
  'line feeds': '\n'.repeat(60_000),
  'carriage returns': '\r'.repeat(60_000),
  colons: ':'.repeat(60_000),
  'colons and blanks': ': '.repeat(30_000),
  comments: '#\n'.repeat(30_000),
  documents: '---\n'.repeat(15_000),
  directives: '%YAML 1.2\n'.repeat(6000),
  merges: `a: &a {x: 1}\nb:\n${'  <<: *a\n'.repeat(2000)}`,
  'prototype keys': '__proto__: {mode: apply}\nconstructor: {prototype: 1}\ntoString: 1\n',
  'a prototype environment': 'environments:\n  __proto__: {mode: apply}\n  constructor: {mode: apply}\n',
  'a key twice': 'mode: observe\nmode: apply\n',
  'a NUL': 'mode: observe\u0000',
  'a byte order mark and CRLF': '\uFEFFmode: observe\r\nversion: 1\r\n',
  'a lone surrogate': 'mode: "\ud83d"\n',
  'a number of a megabyte': `a: ${'9'.repeat(60_000)}`,
  'dates and hex': `a: ${'0x'.repeat(30_000)}`,
}

const hclBombs: Readonly<Record<string, string>> = {
  brackets: `a = ${'['.repeat(lots)}${']'.repeat(lots)}`,
  'open brackets': `a = ${'('.repeat(lots)}`,
  'brackets hidden in strings': `a = ${'[ "]", '.repeat(3000)}`,
  blocks: `${'a {\n'.repeat(5000)}${'}\n'.repeat(5000)}`,
  templates: `a = ${'"${'.repeat(3000)}${'}"'.repeat(3000)}`,
  'an open heredoc': `a = <<EOT\n${'x\n'.repeat(20_000)}`,
  'open heredocs': 'a = <<EOT\n'.repeat(2000),
  'a line of ten megabytes': `a = "${'x'.repeat(10 * megabyte)}"`,
  minus: `a = ${'-'.repeat(5000)}1`,
  not: `a = ${'!'.repeat(5000)}true`,
  plus: `a = 1${' + 1'.repeat(5000)}`,
  conditionals: `a = ${'true ? 1 : '.repeat(2000)}1`,
  dots: `a = a${'.a'.repeat(10_000)}`,
  calls: `a = ${'f('.repeat(60)}${')'.repeat(60)}`,
  'a NUL': 'a = 1\u0000',
  'a byte order mark and CRLF': '\uFEFFa = 1\r\nb = 2\r\n',
  'an open comment': `/*${'*'.repeat(60_000)}`,
  quotes: '"'.repeat(20_000),
  'dollar braces': '${'.repeat(10_000),
  'prototype attributes': '__proto__ = 1\nconstructor = 2\n',
}

const jsonBombs: Readonly<Record<string, string>> = {
  lists: `${'['.repeat(lots)}${']'.repeat(lots)}`,
  'lists hidden by strings': `${'["]",'.repeat(3000)}1${']'.repeat(3000)}`,
  objects: `${'{"a":'.repeat(lots)}1${'}'.repeat(lots)}`,
  'a key twice': '{"a":1,"a":2}',
  'prototype keys': '{"__proto__":{"a":1},"constructor":1}',
  'an open string': `{"a":"${'x'.repeat(megabyte)}`,
  backslashes: `{"a":"${'\\\\'.repeat(400_000)}"}`,
  blanks: ' '.repeat(megabyte),
  'twenty thousand keys': `{${many(20_000, (i) => `"k${i}":1,`)}"z":1}`,
  'a number': '9'.repeat(megabyte),
  'a NUL': '{"a":"\u0000"}',
  'nothing at all': '',
}

type Reader = (text: string) => unknown
const syntax = await loadSyntax()
/** The proof's reader answers by throwing: an error of its own is a refusal. */
const proved =
  (file: string): Reader =>
  (text) =>
    provedValues(file, text).catch(() => ({ kind: 'fault' }))

const attacks: readonly (readonly [string, Reader, Readonly<Record<string, string>>])[] = [
  ['configuration', (text) => readRepositoryConfig(text, 'trimtab.yml'), yamlBombs],
  ['template', syntax.yaml, yamlBombs],
  ['proof of a template', proved('a.yaml'), yamlBombs],
  ['hcl', syntax.hcl, hclBombs],
  ['json', readJson, jsonBombs],
]

const report = []
for (const [reader, read, bombs] of attacks) {
  for (const [name, text] of Object.entries(bombs)) {
    const took: number[] = []
    let kind = 'read'
    for (let i = 0; i < times; i += 1) {
      const before = process.cpuUsage()
      try {
        const answer = (await read(text)) as { readonly kind?: string } | undefined
        if (answer?.kind === 'fault' || answer?.kind === 'faults') kind = 'refused'
      } catch {
        kind = 'thrown'
      }
      const { user, system } = process.cpuUsage(before)
      took.push((user + system) / 1000)
      if (took.reduce((sum, ms) => sum + ms, 0) > 100 && times <= 50) break
    }
    const ms = took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0
    report.push({ name: `${reader}: ${name}`, ms: Math.round(ms * 10) / 10, kind })
  }
}
process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
