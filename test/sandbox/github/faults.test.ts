import { expect, test } from '@jest/globals'
import { createFaults } from '../../../src/sandbox/github/faults.js'

const PULLS = '/repos/{owner}/{repo}/pulls'

test('a fault strikes as often as it was set, on its route only', () => {
  const faults = createFaults()
  faults.set({ route: `POST ${PULLS}`, kind: 'serverError', times: 2 })
  const kinds = [
    ['GET', PULLS],
    ['POST', PULLS],
    ['POST', '/app'],
    ['POST', PULLS],
    ['POST', PULLS],
  ] as const
  const struck = kinds.map(([method, route]) => faults.take(method, route)?.kind)
  expect(struck).toEqual([undefined, 'serverError', undefined, 'serverError', undefined])
})

test('a path without method and * strike every method; the oldest fault goes first; clear ends all', () => {
  const faults = createFaults()
  faults.set({ route: PULLS, kind: 'slow', times: 1 })
  faults.set({ route: '*', kind: 'cutConnection', times: 9 })
  expect(['GET', 'POST'].map((method) => faults.take(method, PULLS)?.kind)).toEqual(['slow', 'cutConnection'])
  faults.clear()
  expect(faults.take('GET', PULLS)).toBeUndefined()
})
