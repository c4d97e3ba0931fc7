import { expect, it } from '@jest/globals'
import { known, unknown } from '../../../src/core/model/fact.js'
import { isLive } from '../../../src/core/verification/is-live.js'
import { groupWith } from '../../support/group.js'

const wanted = {
  onDemandBaseCapacity: 1,
  onDemandPercentageAboveBaseCapacity: 0,
  spotAllocationStrategy: 'price-capacity-optimized',
  overrides: ['m6i.large', 'm5.large'],
}
const mixed = (mix: Partial<typeof wanted> = {}) =>
  groupWith({
    launch: known({ kind: 'mixed-instances', source: 'web', instanceType: 'm5.large', mix: { ...wanted, ...mix } }),
  })

it.each([
  ['sizes that are there', groupWith({ minSize: 2, maxSize: 8 }), { minSize: 2, maxSize: 8 }, true],
  ['a size that is another', groupWith({ minSize: 2 }), { minSize: 3 }, false],
  ['a launch that cannot be read', groupWith({ launch: unknown('denied') }), { instanceType: 'm6i.xlarge' }, false],
  ['a mix with its types in another order', mixed({ overrides: ['m5.large', 'm6i.large'] }), { spotMix: wanted }, true],
  ['a mix with a type less', mixed({ overrides: ['m5.large'] }), { spotMix: wanted }, false],
  ['a mix with another share', mixed({ onDemandPercentageAboveBaseCapacity: 20 }), { spotMix: wanted }, false],
  ['a group without a mix', groupWith(), { spotMix: wanted }, false],
])('a merged change is live or not: %s', (_, group, settings, live) => expect(isLive(group, settings)).toBe(live))
