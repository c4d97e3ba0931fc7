import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { expectedInstances } from '../../../src/core/verification/expected-instances.js'
import { rankSumDifference } from '../../../src/core/verification/rank-sum.js'

const range = <T>(count: number, of: (index: number) => T) => Array.from({ length: count }, (_, index) => of(index))

describe('rankSumDifference', () => {
  it('needs twenty values on each side', () => {
    expect(
      rankSumDifference(
        range(19, (i) => i),
        range(50, (i) => i),
      ),
    ).toBeUndefined()
  })

  it('finds a shift, and its direction', () => {
    const low = range(30, (index) => 100 + index)
    const high = range(30, (index) => 120 + index)
    expect(rankSumDifference(low, high)).toBe('higher')
    expect(rankSumDifference(high, low)).toBe('lower')
  })

  it('finds none in equal or constant samples', () => {
    expect(
      rankSumDifference(
        range(40, (i) => i),
        range(40, (i) => i),
      ),
    ).toBe('none')
    expect(
      rankSumDifference(
        range(40, () => 5),
        range(40, () => 5),
      ),
    ).toBe('none')
  })

  it('changes sides when the samples do', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 20, maxLength: 60 })
    const opposite = { higher: 'lower', lower: 'higher', none: 'none' } as const
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const forth = rankSumDifference(a, b)
        expect(rankSumDifference(b, a)).toBe(forth && opposite[forth])
      }),
    )
  })

  it('calls a difference in about one of twenty pairs of samples from one distribution', () => {
    let state = 42
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    const differs = () => rankSumDifference(range(60, random), range(60, random)) !== 'none'
    const calls = range(400, differs).filter(Boolean).length
    expect(calls).toBeGreaterThan(4)
    expect(calls).toBeLessThan(40)
  })
})

describe('expectedInstances', () => {
  it('follows demand where instances did, and stays where they did not', () => {
    const scaled = range(20, (index) => ({ demand: 10 + index, instances: (10 + index) / 5 }))
    expect(expectedInstances(scaled, [25])).toBeCloseTo(5)
    const floor = range(20, (index) => ({ demand: 10 + index, instances: 4 }))
    expect(expectedInstances(floor, [29])).toBeCloseTo(4)
  })

  it('does not follow an inverse relation, and survives constant demand', () => {
    expect(
      expectedInstances(
        range(20, (index) => ({ demand: index, instances: 30 - index })),
        [1],
      ),
    ).toBeCloseTo(20.5)
    expect(
      expectedInstances(
        range(20, () => ({ demand: 5, instances: 3 })),
        [5],
      ),
    ).toBe(3)
  })
})
