import { describe, expect, test } from '@jest/globals'
import { type ReplayInput, replay, trajectoryOf } from '../../../src/core/planning/replay.js'
import type { Rule, ScalingModel } from '../../../src/core/planning/scaling-model.js'

const still: ScalingModel = { tracks: [], rules: [], scaleIn: true, lagSteps: 2, warmupSeconds: 300, notes: [] }
const tracking: ScalingModel = { ...still, tracks: [{ metric: 'cpu', target: 50 }] }
const gap = Number.NaN

/** Capacity in service at each step for needs in instances, by target tracking at 50 % unless another model is given. */
function serving(need: readonly number[], change: Partial<ReplayInput> = {}): number[] {
  const out = trajectoryOf(need.length)
  const loads = Float64Array.from(need)
  const input = { need: loads, load: loads, model: tracking, minSize: 1, maxSize: 10, start: 4, needCeiling: 2 }
  replay({ ...input, ...change }, 300, out)
  return [...out.serving]
}

describe('replay of target tracking', () => {
  test('asks for what the target needs and serves it one lag later', () => {
    expect(serving([4, 6, 6, 6, 6])).toEqual([4, 4, 4, 6, 6])
  })

  test('sees no more than full use: a jump is answered in two waves', () => {
    expect(serving([4, 20, 20, 20, 20, 20, 20], { maxSize: 30 })).toEqual([4, 4, 4, 8, 8, 16, 16])
  })

  test('pays for instances from the moment they are asked for', () => {
    const out = trajectoryOf(3)
    const need = Float64Array.from([6, 6, 6])
    replay({ need, load: need, model: tracking, minSize: 1, maxSize: 10, start: 4, needCeiling: 2 }, 300, out)
    expect([...out.billed]).toEqual([4, 6, 6])
  })

  test('scales in after fifteen minutes, to the highest need of that time', () => {
    expect(serving([2, 3, 2, 2, 2, 2])).toEqual([4, 4, 4, 3, 3, 3])
  })

  test('does not scale in while use is at 90 % of the target or more', () => {
    expect(serving([3.7, 3.7, 3.7, 3.7, 3.7])).toEqual([4, 4, 4, 4, 4])
  })

  test('never scales in where the policy forbids it', () => {
    expect(serving([1, 1, 1, 1, 1], { model: { ...tracking, scaleIn: false } })).toEqual([4, 4, 4, 4, 4])
  })

  test('stays within the limits', () => {
    expect(serving([9, 9, 9, 9], { maxSize: 5 })).toEqual([4, 4, 5, 5])
    expect(serving([1, 1, 1, 1, 1], { minSize: 3 })).toEqual([4, 4, 4, 3, 3])
    expect(serving([1], { minSize: 6 })).toEqual([6])
  })

  test('holds its capacity through a gap and starts the quarter of an hour again after it', () => {
    expect(serving([1, 1, gap, 1, 1, 1, 1])).toEqual([4, 4, 4, 4, 4, 4, 1])
  })
})

describe('replay of step and simple policies', () => {
  const rule = (change: Partial<Rule>): Rule => ({
    above: true,
    thresholdPercent: 70,
    persistSteps: 1,
    adjustment: 'ChangeInCapacity',
    steps: [{ change: 1 }],
    cooldownSteps: 1,
    ...change,
  })
  const withRules = (...rules: Rule[]) => ({ model: { ...still, rules } })

  test('picks the step by how far CPU is over the threshold', () => {
    const steps = [
      { lowerBound: 0, upperBound: 20, change: 1 },
      { lowerBound: 20, change: 3 },
    ]
    expect(serving([3.2, 3.2, 3.2, 3.2], withRules(rule({ steps })))).toEqual([4, 4, 5, 5])
    expect(serving([3.8, 3.8, 3.8, 3.8], withRules(rule({ steps })))).toEqual([4, 4, 7, 7])
  })

  test.each([
    ['PercentChangeInCapacity', 50, 6],
    ['PercentChangeInCapacity', 10, 5],
    ['ExactCapacity', 8, 8],
    ['ChangeInCapacity', 2, 6],
  ])('understands %s of %s', (adjustment, change, wanted) => {
    expect(serving([3.8, 1, 1, 1], withRules(rule({ adjustment, steps: [{ change }] })))[3]).toBe(wanted)
  })

  test('waits for its alarm to persist and for its cooldown', () => {
    const out = serving([3.9, 3.9, 3.9, 3.9, 3.9, 3.9, 3.9], withRules(rule({ persistSteps: 2, cooldownSteps: 4 })))
    expect(out).toEqual([4, 4, 4, 5, 5, 5, 5])
  })

  test('removes instances by its low alarm, at once and not below the minimum', () => {
    const low = rule({ above: false, thresholdPercent: 20, steps: [{ change: -2 }] })
    expect(serving([0.1, 0.1, 0.1, 0.1], { ...withRules(low), minSize: 1 })).toEqual([4, 2, 1, 1])
  })
})

test('a group without a policy stands still', () => {
  expect(serving([9, 9, 1], { model: still })).toEqual([4, 4, 4])
})
