import { expect, test } from '@jest/globals'
import { responseAtLoad } from '../../../src/core/planning/response-at-load.js'
import { groupWith } from '../../support/group.js'
import { signalsWith, stepsPerDay } from './builders.js'

/** CPU climbs from 20 to 60 % within each day, and the response time with it. */
const cpuAverage = (step: number) => 20 + ((step % stepsPerDay) / stepsPerDay) * 40
const responseTime = (step: number) => 2 * cpuAverage(step)
const signals = signalsWith(groupWith(), { cpuAverage, responseTime })

test('tells what was recorded at a load, and when it was seen last', () => {
  const seen = responseAtLoad(signals, 50)
  expect(seen?.milliseconds).toBeGreaterThan(100)
  expect(seen?.milliseconds).toBeLessThanOrEqual(110)
  expect(seen?.seenAt.slice(0, 10)).toBe('2026-11-22')
})

test('guesses nothing for a load that was never recorded, or without a load balancer', () => {
  expect(responseAtLoad(signals, 90)).toBeUndefined()
  expect(responseAtLoad(signalsWith(groupWith(), { cpuAverage }), 50)).toBeUndefined()
})
