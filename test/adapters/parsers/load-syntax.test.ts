import { beforeAll, describe, expect, test } from '@jest/globals'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../../../src/adapters/parsers/proved-values.js'
import { readJson } from '../../../src/core/iac/json-reader.js'
import type { CstNode, DataNode, Syntax } from '../../../src/core/iac/syntax.js'

let syntax: Syntax
beforeAll(async () => {
  syntax = await loadSyntax()
})

function find(node: CstNode, type: string): CstNode | undefined {
  return node.type === type
    ? node
    : node.children.map((child) => find(child, type)).find((found) => found !== undefined)
}

function scalars(node: DataNode): readonly DataNode[] {
  if (node.kind === 'map') return node.entries.flatMap((entry) => scalars(entry.value))
  return node.kind === 'list' ? node.items.flatMap(scalars) : [node]
}

describe('the HCL reader', () => {
  test('gives UTF-16 positions after emoji, a byte order mark and CRLF', () => {
    const text = '\uFEFF# 🚚🚚\r\nx = /* 🏷️ */ 42\r\n'
    const tree = syntax.hcl(text)
    const number = 'kind' in tree ? undefined : find(tree, 'numeric_lit')
    expect(number && text.slice(number.start, number.end)).toBe('42')
  })

  test('names the line of a fault', () => {
    expect(syntax.hcl('a = 1\nb = {\n')).toMatchObject({ kind: 'fault', reason: 'unparseable' })
  })

  test.each([
    ['brackets', `x = ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['blocks', 'a {\n'.repeat(5_000)],
    ['parentheses', `x = ${'('.repeat(100_000)}1`],
    ['brackets hidden behind strings', `x = ${'["]", '.repeat(3_000)}1${']'.repeat(3_000)}`],
    ['a megabyte too many', `x = "${'a'.repeat(1_100_000)}"`],
    ['a NUL', 'x = "\u0000"'],
    ['an open heredoc', 'x = <<EOT\nnever closed'],
  ])('answers %s with a fault, again and again', (_, text) => {
    for (let round = 0; round < 20; round += 1) expect(syntax.hcl(text)).toMatchObject({ kind: 'fault' })
  })
})

describe('the YAML reader', () => {
  test('keeps tags, anchors and aliases and the place of each scalar', () => {
    const text = 'a: &one 2\nb: !If [Live, "4", \'1\']\nc: *one\n'
    const node = syntax.yaml(text)
    if (node.kind !== 'map') throw new Error('a map was expected')
    expect(node.entries.map((entry) => [entry.value.kind, entry.value.tag, entry.value.anchor])).toEqual([
      ['scalar', undefined, 'one'],
      ['list', '!If', undefined],
      ['alias', undefined, undefined],
    ])
    expect(scalars(node).map((one) => text.slice(one.start, one.end))).toEqual(['2', 'Live', '"4"', "'1'", '*one'])
  })

  test.each([
    ['flow brackets', `${'['.repeat(1_500)}${']'.repeat(1_500)}`],
    ['flow brackets behind strings', `${'["]",'.repeat(1_500)}1${']'.repeat(1_500)}`],
    ['runs of dashes', '- '.repeat(5_000)],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a flow list of a megabyte', `[${'1,'.repeat(400_000)}1]`],
    ['duplicate keys', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
  ])('answers %s with a fault, again and again', (_, text) => {
    for (let round = 0; round < 20; round += 1) expect(syntax.yaml(text)).toMatchObject({ kind: 'fault' })
  })
})

describe('the JSON reader', () => {
  test('gives the place of each scalar, quotes included', () => {
    const text = '\uFEFF{"a": [1, "b\\"c", null], "d": {"e": 50.0}}'
    const node = readJson(text)
    if (node.kind === 'fault') throw new Error(node.message)
    expect(scalars(node).map((one) => text.slice(one.start, one.end))).toEqual(['1', '"b\\"c"', 'null', '50.0'])
  })

  test.each([
    ['a comment', '{"a": 1 // no\n}'],
    ['a duplicate key', '{"a": 1, "a": 2}'],
    ['depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['depth behind strings', `${'["]",'.repeat(500)}1${']'.repeat(500)}`],
  ])('answers %s with a fault', (_, text) => {
    expect(readJson(text)).toMatchObject({ kind: 'fault' })
  })
})

describe('the second parser', () => {
  test('reads HCL, YAML with intrinsics and JSON', async () => {
    expect(await provedValues('a.tf', 'x = 1\n')).toEqual({ x: 1 })
    expect(await provedValues('a.yaml', 'x: !Ref A\ny: !If [B, 1, 2]\n')).toEqual({
      x: { '!Ref': 'A' },
      y: { '!If': ['B', 1, 2] },
    })
    expect(await provedValues('a.json', '{"x": [1]}')).toEqual({ x: [1] })
  })

  test('rejects what the first one lets pass: an attribute set twice', async () => {
    await expect(provedValues('a.tf', 'x = 1\nx = 2\n')).rejects.toThrow()
  })
})
