import { describe, expect, it } from '@jest/globals'
import { compareTypes } from '../../../src/core/cost/type-comparison.js'
import type { Catalogue, InstanceType, Price } from '../../../src/core/model/instance-type.js'

function type(name: string, vcpus: number, memoryGiB: number, rest: Partial<InstanceType> = {}): InstanceType {
  return {
    name,
    family: name.split('.')[0] as string,
    vcpus,
    memoryGiB,
    architectures: ['x86_64'],
    currentGeneration: true,
    bareMetal: false,
    spotSupported: true,
    ...rest,
  }
}

const price = (usdPerHour: number): Price => ({ usdPerHour, source: 'price list', asOf: '2026-07-20' })

const catalogue: Catalogue = {
  region: 'us-east-1',
  source: 'test',
  types: new Map(
    [
      type('m6i.large', 2, 8),
      type('m6a.large', 2, 8),
      type('c6i.large', 2, 4),
      type('m6g.large', 2, 8, { architectures: ['arm64'] }),
      type('t3.large', 2, 8, { burst: { baselinePercentPerVcpu: 30, creditsPerHour: 36, maxCredits: 864 } }),
      type('m4.large', 2, 8, { currentGeneration: false }),
      type('m9i.large', 2, 8),
      type('m6i.8xlarge', 32, 128),
    ].map((one) => [one.name, one]),
  ),
  onDemand: new Map([
    ['m6i.large', price(0.096)],
    ['m6a.large', price(0.0864)],
    ['c6i.large', price(0.085)],
    ['m6g.large', price(0.077)],
    ['t3.large', price(0.0832)],
    ['m4.large', price(0.1)],
    ['m6i.8xlarge', price(1.536)],
  ]),
  spot: new Map([
    [
      'm6a.large',
      ['us-east-1a', 'us-east-1b', 'us-east-1f'].map((availabilityZone, i) => ({
        price: { ...price(0.03 + i * 0.01), source: 'spot price history' },
        availabilityZone,
        seenAt: '2026-11-23T00:00:00Z',
      })),
    ],
  ]),
}

describe('the comparison of instance types', () => {
  it('puts the own type first, then what is no smaller, no other architecture and has a price', () => {
    const rows = compareTypes('m6i.large', catalogue, ['us-east-1a', 'us-east-1b'])
    expect(rows.map(({ name }) => name)).toEqual(['m6i.large', 'm6a.large'])
  })

  it("takes the dearest of the group's own zones as the spot price, and none where none is known", () => {
    const [own, other] = compareTypes('m6i.large', catalogue, ['us-east-1a', 'us-east-1b'])
    expect(own).not.toHaveProperty('spotUsdPerHour')
    expect(other).toMatchObject({ spotUsdPerHour: 0.04 })
    expect(other?.spotSavingPercent).toBeCloseTo(53.7, 1)
  })

  it('is empty for a type that the catalogue does not know or price', () => {
    expect(compareTypes('x1.unknown', catalogue, [])).toEqual([])
    expect(compareTypes('m9i.large', catalogue, [])).toEqual([])
  })
})
