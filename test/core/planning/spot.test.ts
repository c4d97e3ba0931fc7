import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import type { Catalogue } from '../../../src/core/model/instance-type.js'
import { plan } from '../../../src/core/planning/plan.js'
import { faultTolerantTag } from '../../../src/core/planning/spot.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { catalogueWith, signalsWith, stagingPolicy, unscored } from './builders.js'

const policy = { ...stagingPolicy, spot: { ...stagingPolicy.spot, minTypes: 5 } }
const workers = groupWith({ environment: 'staging', minSize: 4, desiredCapacity: 4 })

function spotOf(catalogue: Catalogue, group: Group = workers, own = policy) {
  const signals = signalsWith(group, { cpuAverage: () => 78, memory: () => 60 })
  const result = plan({ group, signals, catalogue, policy: own, scored: unscored })
  return { ...result, advice: result.advice.filter(({ property }) => property === 'spotMix') }
}

describe('spot advice', () => {
  test('says what it saves at the price of suitable types in the zones of the group', () => {
    const { advice } = spotOf(catalogueWith(0.35))
    expect(advice).toMatchObject([
      {
        type: 'COST_OPTIMIZATION',
        priority: 'MEDIUM',
        to: { spotMix: { spotAllocationStrategy: 'price-capacity-optimized', onDemandPercentageAboveBaseCapacity: 0 } },
        implementation: { automated: false },
      },
    ])
    expect(advice[0]?.description).toMatch(/^Switch to spot instances \(m6i\.xlarge\) for \d+% savings$/)
    const overrides = advice[0]?.to.spotMix?.overrides ?? []
    expect(overrides).toContain('m6i.xlarge')
    expect(overrides).not.toContain('c6i.xlarge')
    expect(overrides).not.toContain('m6g.xlarge')
  })

  test('gives no number where a price is missing', () => {
    const said = { ...workers, tags: { [faultTolerantTag.key]: faultTolerantTag.value } }
    const { advice, hold } = spotOf(catalogueWith(), said)
    expect(advice).toEqual([])
    expect(hold).toMatchObject({ reason: 'no-price' })
  })

  test('needs enough types and zones', () => {
    expect(spotOf(catalogueWith(0.35), workers, { ...policy, spot: { ...policy.spot, minTypes: 12 } }).advice).toEqual(
      [],
    )
    expect(spotOf(catalogueWith(0.35), { ...workers, availabilityZones: ['us-east-1a'] }).advice).toEqual([])
  })

  test('is never assumed in production, and keeps one instance on demand there', () => {
    const production = policyOf({ spot: { ...policy.spot, onDemandBaseCapacity: 0 } })
    expect(spotOf(catalogueWith(0.35), groupWith(), production).advice).toEqual([])
    const tolerant = { ...production, spot: { ...production.spot, faultTolerant: true } }
    expect(spotOf(catalogueWith(0.35), groupWith(), tolerant).advice).toMatchObject([
      { to: { spotMix: { onDemandBaseCapacity: 1 } } },
    ])
  })

  test('is not given to a group whose environment is a guess, nor to launch configurations', () => {
    expect(spotOf(catalogueWith(0.35), { ...workers, environmentFrom: 'default' }).advice).toEqual([])
    const old = known({ kind: 'launch-configuration' as const, source: 'lc', instanceType: 'm6i.xlarge' })
    expect(spotOf(catalogueWith(0.35), { ...workers, launch: old }).advice).toEqual([])
  })

  test('is not worth it for a small saving', () => {
    expect(spotOf(catalogueWith(0.95)).advice).toEqual([])
  })
})
