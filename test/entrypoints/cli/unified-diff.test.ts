import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { unifiedDiff } from '../../../src/entrypoints/cli/unified-diff.js'

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`)

describe('a unified diff', () => {
  it('is empty for equal texts', () => {
    expect(unifiedDiff('a.tf', 'x\n', 'x\n')).toBe('')
  })

  it('shows a change with three lines around it', () => {
    const before = numbered(9)
    const after = before.with(4, 'changed\n')
    expect(unifiedDiff('a.tf', before.join(''), after.join(''))).toBe(
      [
        '--- a/a.tf',
        '+++ b/a.tf',
        '@@ -2,7 +2,7 @@',
        ' line 2',
        ' line 3',
        ' line 4',
        '-line 5',
        '+changed',
        ' line 6',
        ' line 7',
        ' line 8',
        '',
      ].join('\n'),
    )
  })

  it('puts distant changes into hunks of their own, counted in both texts', () => {
    const before = numbered(30)
    const after = [...before.slice(0, 2), 'new\n', ...before.slice(2, 25), ...before.slice(26)]
    const hunks = unifiedDiff('a.tf', before.join(''), after.join('')).match(/^@@.*@@$/gm)
    expect(hunks).toEqual(['@@ -1,5 +1,6 @@', '@@ -23,7 +24,6 @@'])
  })

  it('says where a line end is missing', () => {
    expect(unifiedDiff('a.tf', 'x', 'y\n')).toBe(
      '--- a/a.tf\n+++ b/a.tf\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n',
    )
  })

  it('gives the new text when it is applied to the old one, whatever the texts are', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', '}\n'), { maxLength: 40 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, unifiedDiff('f', before.join(''), after.join('')))).toEqual(after)
      }),
    )
  })
})

/** Applies a diff as `patch` does, by its line numbers. */
function applied(before: readonly string[], diff: string): readonly string[] {
  const after: string[] = []
  let at = 0
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [head = '', ...lines] = hunk.split('\n').slice(0, -1)
    const [, from = '', count] = /^@@ -(\d+)(?:,(\d+))?/.exec(head) ?? []
    const start = count === '0' ? Number(from) : Number(from) - 1
    after.push(...before.slice(at, start))
    at = start
    for (const line of lines) {
      if (line.startsWith('+')) after.push(`${line.slice(1)}\n`)
      else {
        expect(before[at]).toBe(`${line.slice(1)}\n`)
        if (line.startsWith(' ')) after.push(before[at] as string)
        at += 1
      }
    }
  }
  return [...after, ...before.slice(at)]
}
