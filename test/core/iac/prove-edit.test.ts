import { describe, expect, test } from '@jest/globals'
import { proveEdit } from '../../../src/core/iac/prove-edit.js'

const edit = (oldText: string, newText: string) => ({ oldText, newText })

describe('the proof of an edit', () => {
  test('counts the values compared when exactly the meant one differs', () => {
    expect(proveEdit({ a: 1, b: [2, { c: 'x' }] }, { a: 1, b: [3, { c: 'x' }] }, [edit('2', '3')])).toEqual({
      kind: 'proved',
      valuesCompared: 3,
    })
  })

  test.each([
    ['a second value differs', { a: 1, b: 1 }, { a: 2, b: 2 }, [edit('1', '2')]],
    ['nothing differs', { a: 1 }, { a: 1 }, [edit('1', '2')]],
    ['another value came out', { a: 1 }, { a: 3 }, [edit('1', '2')]],
    ['a value came', { a: 1 }, { a: 2, b: 1 }, [edit('1', '2')]],
    ['a value moved', { a: 1, b: 2 }, { a: 2, c: 2 }, [edit('1', '2')]],
    ['an expression changed in two places', { a: '${x ? 1 : 1}' }, { a: '${x ? 2 : 2}' }, [edit('1', '2')]],
  ])('fails when %s', (_, before, after, intended) => {
    expect(proveEdit(before, after, intended).kind).toBe('unproved')
  })

  test('takes a moment on a long text full of the old token', () => {
    const long = '1'.repeat(200_000)
    expect(proveEdit({ a: long }, { a: `${long.slice(1)}2` }, [edit('1', '2')]).kind).toBe('proved')
    expect(proveEdit({ a: long }, { a: `2${long.slice(2)}2` }, [edit('1', '2')]).kind).toBe('unproved')
  })

  test('sees one token inside an expression, and numbers by their value', () => {
    expect(
      proveEdit({ a: '${x ? 6 : 2}', b: 50 }, { a: '${x ? 5 : 2}', b: 60 }, [edit('6', '5'), edit('50.0', '60.0')])
        .kind,
    ).toBe('proved')
  })
})
