import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { policyOf } from '../../support/policy.js'
import { anyGroup, anyWork } from './arbitraries.js'
import { catalogueWith, stagingPolicy } from './builders.js'
import { deployed, planFor } from './world.js'

const catalogue = catalogueWith()

const costTypes = ['SCALE_DOWN', 'INSTANCE_TYPE_CHANGE', 'COST_OPTIMIZATION']

describe('advice is a fixed point', () => {
  test.each([
    ['production', policyOf()],
    ['staging', stagingPolicy],
  ])('once all of it is deployed in %s, the same demand asks for nothing more', (_name, policy) => {
    let advised = 0
    fc.assert(
      fc.property(anyWork, anyGroup, (work, group) => {
        const first = planFor(work, group, catalogue, policy)
        const saving = first.advice.filter(({ type }) => costTypes.includes(type))
        if (saving.length === 0) return
        advised++
        const after = saving.reduce(deployed, group)
        const second = planFor(work, after, catalogue, policy)
        expect(
          second.advice.filter(({ type }) => costTypes.includes(type)).map(({ description }) => description),
        ).toEqual([])
        expect(second.advice.filter(({ type }) => type === 'SCALE_UP')).toEqual([])
      }),
      { numRuns: 20, seed: 42, endOnFailure: true },
    )
    expect(advised).toBeGreaterThan(5)
  })
})
