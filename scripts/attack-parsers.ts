/**
 * Gives every reader of outside text its bombs, each `--times` (50) times in this one warm process, and prints for each
 * the median milliseconds and whether it was read, refused or threw. `npx tsx scripts/attack-parsers.ts --times 1000`
 */
import { loadSyntax } from '../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../src/adapters/parsers/proved-values.js'
import { readRepositoryConfig } from '../src/config/read-repository-config.js'
import { readJson } from '../src/core/iac/json-reader.js'
import { lowerModule } from '../src/core/iac/typescript/lower-module.js'

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

const scriptBombs: Readonly<Record<string, string>> = {
  parentheses: '('.repeat(lots),
  'closed parentheses': `${'('.repeat(lots)}1${')'.repeat(lots)}`,
  'brackets hidden in strings': `const a = ${"[ ']', ".repeat(3000)}`,
  'brackets hidden in comments': `const a = ${'[ /*]*/ '.repeat(3000)}`,
  'a line of ten megabytes': `const a = '${'x'.repeat(10 * megabyte)}'`,
  'a line of a quarter of a megabyte': `const a = '${'x'.repeat(260_000)}'`,
  arrows: `${'a=>'.repeat(15_000)}1`,
  not: `${'!'.repeat(50_000)}1`,
  conditionals: `${'a?b:'.repeat(10_000)}1`,
  'conditionals with parentheses': `${'a?(b):'.repeat(8_000)}1`,
  'conditionals of arrows': `${'a ? (b) : c => '.repeat(3_000)}1`,
  'arrows of conditionals': `${'a ? (b) => '.repeat(60)}1${' : c'.repeat(60)}`,
  elses: `${'if(a){}else '.repeat(4_000)}{}`,
  sums: `1${'+1'.repeat(50_000)}`,
  dots: `a${'.a'.repeat(50_000)}`,
  'optional dots': `a${'?.a'.repeat(15_000)}`,
  assignments: `${'a='.repeat(50_000)}1`,
  'type arguments': 'f<'.repeat(20_000),
  'type arguments before parentheses': `${'<T>('.repeat(60)}x${')'.repeat(60)}`,
  'generic calls': `${'f<T>('.repeat(60)}1${')'.repeat(60)}`,
  'generic arrows': `${'<T>(x)=>'.repeat(4_000)}1`,
  'async parentheses': `${'async('.repeat(60)}1${')'.repeat(60)}`,
  'defaults of parameters': `${'(x='.repeat(60)}1${')=>1'.repeat(60)}`,
  'patterns in parameters': `${'({x='.repeat(30)}1${'})=>1'.repeat(30)}`,
  'less than': `${'a < b,'.repeat(10_000)}1`,
  'types of unions': `let a: ${'A|'.repeat(50_000)}B`,
  'types of types': `let a: ${'keyof '.repeat(30_000)}A`,
  'types of functions': `let a: ${'(x:'.repeat(60)}A${')=>A'.repeat(60)}`,
  assertions: `x${' as any'.repeat(30_000)}`,
  'non-null marks': `x${'!'.repeat(50_000)}`,
  templates: `${'`${'.repeat(60)}1${'}`'.repeat(60)}`,
  'open templates': '`${'.repeat(10_000),
  backticks: '`'.repeat(50_001),
  'a long regular expression': `/${'a'.repeat(200_000)}/`,
  'an open comment': `/*${'*'.repeat(250_000)}`,
  comments: '//\n'.repeat(25_000),
  'a list of all that is allowed': `const a=[${'1,'.repeat(59_000)}1]`,
  semicolons: ';'.repeat(250_000),
  'twenty thousand variables': many(15_000, (i) => `let v${i}=1;`),
  labels: `${many(5000, (i) => `l${i}:`)}a`,
  decorators: `${'@a '.repeat(20_000)}class A{}`,
  news: `${'new '.repeat(50_000)}a`,
  backslashes: `const a="${'\\n'.repeat(100_000)}"`,
  blanks: ' '.repeat(260_000),
  'a NUL': 'const a = "\u0000"',
  'a lone surrogate': 'const a = "\ud83d"',
  'prototype keys': 'const a = { __proto__: 1, constructor: 2, toString: 3 }',
}

type Reader = (text: string) => unknown
const syntax = await loadSyntax()
const readScript: Reader = (text) => {
  const tree = syntax.typescript(text, false)
  return 'reason' in tree ? tree : lowerModule(tree, text)
}
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
  ['typescript', readScript, scriptBombs],
  ['proof of a program', proved('a.ts'), scriptBombs],
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
