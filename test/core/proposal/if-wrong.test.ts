import { expect, test } from '@jest/globals'
import { parameterKept } from '../../../src/core/proposal/if-wrong.js'

test('a new default of a parameter says that the stack keeps what it was given; other places need no such word', () => {
  expect(parameterKept({ where: 'parameter-default' })).toContain('given the new value once')
  expect(parameterKept({ where: 'parameter-file' })).toBe('')
  expect(parameterKept({ where: 'literal' })).toBe('')
})
