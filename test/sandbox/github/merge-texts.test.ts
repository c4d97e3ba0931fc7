import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mergeTexts } from '../../../src/sandbox/github/merge-texts.js'

const BASE = 'a\nb\nc\nd\n'

test.each([
  ['changes of different lines', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n', 'A\nb\nc\nD\n'],
  ['an insertion and a deletion apart', 'new\na\nb\nc\nd\n', 'a\nb\nc\n', 'new\na\nb\nc\n'],
  ['the same change on both sides', 'a\nX\nc\nd\n', 'a\nX\nc\nd\n', 'a\nX\nc\nd\n'],
  ['a same and a different change', 'A\nb\nc\nd\n', 'A\nb\nc\nD\n', 'A\nb\nc\nD\n'],
  ['a change against none', BASE, '', ''],
])('merges %s', (_, ours, theirs, merged) => {
  expect(mergeTexts(BASE, ours, theirs)).toBe(merged)
  expect(mergeTexts(BASE, theirs, ours)).toBe(merged)
})

test.each([
  ['one line changed in two ways', 'a\nX\nc\nd\n', 'a\nY\nc\nd\n'],
  ['neighbouring lines', 'a\nX\nc\nd\n', 'a\nb\nY\nd\n'],
  ['two insertions at one place', 'a\nX\nb\nc\nd\n', 'a\nY\nb\nc\nd\n'],
  ['a change of a deleted line', 'a\nc\nd\n', 'a\nX\nc\nd\n'],
])('finds a conflict in %s', (_, ours, theirs) => {
  expect(mergeTexts(BASE, ours, theirs)).toBeUndefined()
})

const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n'), { maxLength: 12 }).map((lines) => lines.join(''))

test('one changed side is taken whole, and the order of the sides does not matter', () => {
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      expect(mergeTexts(base, ours, base)).toBe(ours)
      expect(mergeTexts(base, base, theirs)).toBe(theirs)
      expect(mergeTexts(base, ours, ours)).toBe(ours)
      expect(mergeTexts(base, ours, theirs)).toBe(mergeTexts(base, theirs, ours))
    }),
    { numRuns: 500, seed: 7 },
  )
})
