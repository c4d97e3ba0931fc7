import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readTypeScript, scriptTokens } from '../../../src/adapters/parsers/typescript-tree.js'
import { lowerModule } from '../../../src/core/iac/typescript/lower-module.js'

const lots = 100_000

describe('the TypeScript reader', () => {
  test('gives UTF-16 positions after emoji, a byte order mark and CRLF', () => {
    const text = '\uFEFF// 🚚🚚\r\nconst x = /* 🏷️ */ 42\r\n'
    const tree = readTypeScript(text, false)
    if ('reason' in tree) throw new Error('it was not read')
    const module = lowerModule(tree, text)
    const [statement] = module.kind === 'module' ? module.body : []
    const value = statement?.kind === 'declare' ? statement.items[0]?.value : undefined
    expect(text.slice(value?.start, value?.end)).toBe('42')
  })

  test('names the line of a fault', () => {
    expect(readTypeScript('const a = 1\nconst = 2\n', false)).toMatchObject({ reason: 'unparseable', line: 2 })
  })

  test('reads every source file of this project', () => {
    const root = join(import.meta.dirname, '../../../src')
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8')
      const tree = readTypeScript(text, false)
      expect('reason' in tree ? tree.message : lowerModule(tree, text).kind).toBe('module')
    }
  })

  test.each([
    ['brackets', '('.repeat(lots)],
    ['a line of ten megabytes', `const a = '${'x'.repeat(10_000_000)}'`],
    ['a NUL', 'const a = "\u0000"'],
    ['arrows', `${'a=>'.repeat(5_000)}1`],
    ['nots', `${'!'.repeat(lots)}1`],
    ['conditionals', `${'a?b:'.repeat(20_000)}1`],
    ['elses', `${'if(a){}else '.repeat(20_000)}{}`],
    ['sums', `1${'+1'.repeat(lots)}`],
    ['type arguments', 'f<'.repeat(2_000)],
    ['type arguments before parentheses', `${'<T>('.repeat(40)}x${')'.repeat(40)}`],
    ['semicolons', ';'.repeat(250_000)],
    ['open templates', '`${'.repeat(500)],
  ])('answers %s with a fault, again and again', (_, text) => {
    for (let round = 0; round < 5; round += 1) {
      const tree = readTypeScript(text, false)
      const answer = 'reason' in tree ? tree : lowerModule(tree, text)
      expect(answer).toMatchObject({ kind: 'fault' })
    }
  })
})

describe('the tokens of a program', () => {
  test('hold comments, and texts without their quotes', () => {
    expect(scriptTokens("const a = '5' // five\n", false)).toEqual(['const', 'a', '=', '5', '// five', ''])
  })
})
