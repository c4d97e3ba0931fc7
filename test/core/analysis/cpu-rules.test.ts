import { expect, it } from '@jest/globals'
import { cpuStateOf } from '../../../src/core/analysis/cpu-rules.js'

const gap = Number.NaN
const hour = (use: number) => Array.from({ length: 12 }, () => use)

it.each([
  ['three points at 85 %', [10, 85, 85, 85], 'high'],
  ['two points at 85 %', [84.9, 85, 85], undefined],
  ['three points of which one is missing', [85, gap, 85], undefined],
  ['an hour at 20 %', hour(20), 'low'],
  ['an hour at 20.1 %', hour(20.1), undefined],
  ['an hour with one point missing', [...hour(5).slice(1), gap], undefined],
  ['less than an hour of quiet', hour(5).slice(1), undefined],
  ['quarters whose means are at 20 %', [30, 20, 10, ...hour(20).slice(3)], 'low'],
  ['one quarter above it', [30, 20, 11, ...hour(20).slice(3)], undefined],
  ['nothing', [], undefined],
])('S73, S74: %s', (_, samples, state) => {
  expect(cpuStateOf({ samples: Float32Array.from(samples as number[]) })).toBe(state)
})
