import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { known } from '../../../src/core/model/fact.js'
import { plan } from '../../../src/core/planning/plan.js'
import { reasoningOf } from '../../../src/core/planning/reasoning.js'
import { relevantCatalogue } from '../../../src/core/planning/relevant-catalogue.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { anyGroup, anyWork } from './arbitraries.js'
import { catalogueWith, daily, stagingPolicy, unscored } from './builders.js'
import { recorded, type Work } from './world.js'

const catalogue = catalogueWith(0.4)
const work: Work = {
  days: 14,
  vcpus: daily(0.5, 9),
  skew: 1.1,
  memory: { sharedGiB: 4, perInstanceGiB: 2, perVcpuGiB: 0 },
}
const group = groupWith({ minSize: 8, desiredCapacity: 8, scalingPolicies: known([cpuTracking(60)]) })
const policy = policyOf()

describe('the reasoning of a plan', () => {
  const signals = recorded(work, group, catalogue, policy)
  const reasoning = reasoningOf({ group, signals, policy, catalogue })
  if ('kind' in reasoning) throw new Error(reasoning.detail)

  it('tells every lower minimum of the first round, each with a verdict and its figures', () => {
    const minima = reasoning.considered.filter(({ round, property }) => round === 1 && property === 'minSize')
    expect(minima.map(({ to }) => to.minSize)).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const { why, usdPerMonth } of minima)
      expect({ why, usd: usdPerMonth > 0 }).toEqual({ why: expect.stringMatching(/\w/), usd: true })
    expect(minima[0]).toMatchObject({
      verdict: 'unsafe',
      why: expect.stringContaining('a single instance would be left'),
    })
  })

  it('chooses what the plan advises', () => {
    const { advice } = plan({ group, signals, policy, catalogue, scored: unscored })
    const chosen = reasoning.considered.filter(({ verdict }) => verdict === 'chosen')
    expect(advice.filter(({ type }) => type === 'SCALE_DOWN').map(({ to }) => to)).toEqual(
      chosen.filter(({ property }) => property === 'minSize').map(({ to }) => to),
    )
  })

  it('has the demand in vCPUs, whatever ran it', () => {
    expect(reasoning.demand.mean).toBeCloseTo(4.75, 1)
    expect(reasoning.demand.highest).toBeCloseTo(9, 1)
    expect(reasoning.demand).toMatchObject({ knownSteps: 4032, censoredMinutes: 0, memory: 'measured' })
  })

  it('says from where on a change would be worth it', () => {
    const dear = reasoning.considered.filter(({ verdict, usdSaved }) => verdict === 'not-worth-it' && usdSaved <= 0)
    const small = reasoning.considered.find(({ verdict, usdSaved }) => verdict === 'not-worth-it' && usdSaved > 0)
    expect(new Set(dear.map(({ why }) => why))).toEqual(new Set(['it does not cost less']))
    expect(small?.why).toMatch(/^saves \d+\.\d %; worth a change from \d+ % and \$\d+ a month$/)
  })
})

it('is one hold where nothing can be replayed, and no candidates where none are looked for', () => {
  const signals = recorded(work, group, catalogue, policy)
  const unknownType = groupWith({ instanceType: 'x9.huge' })
  expect(reasoningOf({ group: unknownType, signals, policy, catalogue })).toMatchObject({ reason: 'unknown-type' })
  const off = reasoningOf({ group, signals, policy: policyOf({ enableCostOptimization: false }), catalogue })
  expect(off).toMatchObject({ considered: [], notSearched: { reason: 'switched-off' } })
})

it('a plan on the relevant part of the catalogue is the plan on the whole', () => {
  fc.assert(
    fc.property(anyWork, anyGroup, fc.boolean(), (anything, one, staging) => {
      const settings = staging ? stagingPolicy : policy
      const signals = recorded(anything, one, catalogue, settings)
      const input = { group: one, signals, policy: settings, scored: unscored }
      const part = relevantCatalogue(one, catalogue)
      expect(plan({ ...input, catalogue: part })).toEqual(plan({ ...input, catalogue }))
    }),
    { numRuns: 40 },
  )
})
