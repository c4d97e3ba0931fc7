import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { priorities, recommendationTypes } from '../../../src/core/model/recommendation.js'
import { describe as describeChange } from '../../../src/core/planning/describe.js'
import { reproduceCommand } from '../../../src/core/planning/evidence.js'
import { savingObjection } from '../../../src/core/planning/limits.js'
import { compareAdvice, priorityOf } from '../../../src/core/planning/priority.js'
import { policyOf } from '../../support/policy.js'

describe('priority', () => {
  test.each([
    ['SCALE_UP', -100, 0, 'LOW', true, 'HIGH'],
    ['SCALE_DOWN', 347, 29, 'LOW', false, 'HIGH'],
    ['SCALE_DOWN', 347, 29, 'MEDIUM', false, 'MEDIUM'],
    ['SCALE_DOWN', 199, 29, 'LOW', false, 'MEDIUM'],
    ['SCALE_DOWN', 49, 60, 'LOW', false, 'LOW'],
    ['COST_OPTIMIZATION', 900, 65, 'MEDIUM', false, 'MEDIUM'],
    ['PERFORMANCE_TUNING', 0, 0, 'LOW', true, 'MEDIUM'],
    ['PERFORMANCE_TUNING', 0, 0, 'LOW', false, 'LOW'],
  ] as const)(
    'of %s for %s dollars (%s %%, risk %s, breaching %s) is %s',
    (type, usd, percent, risk, breaching, expected) => {
      const found = priorityOf({ type, monthlyUsd: usd, costSavingsPercent: percent, riskLevel: risk, breaching })
      expect(found).toBe(expected)
    },
  )

  test('gives a total order: the same whatever the order it started from', () => {
    const any = fc.record({
      priority: fc.constantFrom(...priorities),
      type: fc.constantFrom(...recommendationTypes),
      monthlyUsd: fc.integer({ min: -5, max: 5 }),
      groupKey: fc.constantFrom('a', 'b'),
      property: fc.constantFrom('minSize', 'capacity'),
    })
    fc.assert(
      fc.property(fc.array(any), fc.nat(), (advice, turn) => {
        const at = advice.length === 0 ? 0 : turn % advice.length
        const turned = [...advice.slice(at), ...advice.slice(0, at)].reverse()
        expect(turned.sort(compareAdvice)).toEqual([...advice].sort(compareAdvice))
      }),
    )
  })
})

describe('words', () => {
  test.each([
    ['minSize', { minSize: 8 }, { minSize: 5 }, 'Lower the minimum of shop-web from 8 to 5 for 29% savings'],
    ['capacity', { desiredCapacity: 4 }, { desiredCapacity: 6 }, 'Raise the capacity of shop-web from 4 to 6'],
    ['maxSize', { maxSize: 4 }, { maxSize: 6 }, 'Raise the maximum of shop-web from 4 to 6'],
  ] as const)('describe a change of %s', (property, from, to, sentence) => {
    const percent = property === 'minSize' ? { costSavingsPercent: 29.4 } : {}
    expect(describeChange({ property, groupName: 'shop-web', from, to, ...percent })).toBe(sentence)
  })

  test('quote a name that a shell would read otherwise', () => {
    const command = reproduceCommand("shop web'; rm", { minSize: 5 }, 'now')
    expect(command).toBe("npx trimtab backtest --group 'shop web'\\''; rm' --set minSize=5 --until now")
  })
})

describe('the saving limits', () => {
  const at = (usdBefore: number, usdAfter: number, disruptionShare = 0, hotter = false) =>
    savingObjection(policyOf(), { usdBefore, usdAfter, disruptionShare, hotter })

  test.each([
    ['10 % and $20', at(200, 180), undefined],
    ['just under 10 %', at(1000, 901), 'well-sized'],
    ['just under $20', at(100, 81), 'saving-too-small'],
    ['nothing', at(100, 100), 'well-sized'],
    ['a rise', at(100, 120), 'well-sized'],
    ['a tenth by replacing instances', at(1000, 900, 0.2), 'well-sized'],
    ['an eighth by replacing instances', at(1000, 875, 0.2), undefined],
    ['a fifth by replacing all at once', at(1000, 800, 1), 'disruption-outweighs'],
    ['19 % by running hotter', at(1000, 810, 0, true), 'well-sized'],
    ['20 % by running hotter', at(1000, 800, 0, true), undefined],
  ])('for %s', (_name, objection, expected) => {
    expect(objection).toBe(expected)
  })
})
