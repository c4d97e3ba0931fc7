import { describe, expect, it } from '@jest/globals'
import {
  provedInStaging,
  replacementsUnderWay,
  twinNames,
  unprovedInStaging,
} from '../../../src/core/decision/roll-out.js'
import type { ChangeState } from '../../../src/core/model/change.js'
import { downOf, now } from './builders.js'

const production = downOf({ id: 'down-p', groupKey: '1/r/shop-production-asg', environment: 'production' })
const twinIn = (state: ChangeState, changes = {}) =>
  downOf({ id: 'down-s', groupKey: '1/r/shop-staging-asg', environment: 'staging', change: { state }, ...changes })
const waitsFor = (...rows: Parameters<typeof twinIn>[]) =>
  unprovedInStaging(
    production,
    rows.map((row) => twinIn(...row)),
    { promoteFrom: undefined, now },
  )?.id

describe('S86: staging first', () => {
  it.each(['recorded', 'claimed', 'proposed', 'merged', 'deployed'] as const)('waits while it is %s there', (state) => {
    expect(waitsFor([state])).toBe('down-s')
  })

  it.each(['verified', 'declined', 'regressed', 'superseded', 'refused'] as const)(
    'waits no longer when %s',
    (state) => {
      expect(waitsFor([state])).toBeUndefined()
    },
  )

  it('waits for no advice that nobody acted on for two weeks, for no other kind, and for no other group', () => {
    expect(waitsFor(['recorded', { timestamp: '2026-11-01T00:00:00Z' }])).toBeUndefined()
    expect(waitsFor(['merged', { type: 'INSTANCE_TYPE_CHANGE', property: 'instanceType' }])).toBeUndefined()
    expect(waitsFor(['merged', { groupKey: '1/r/other-staging-asg' }])).toBeUndefined()
  })

  it('finds the twin by configuration before its name, and only for production', () => {
    expect(twinNames(production, 'canary')).toEqual(['canary'])
    expect(twinNames(production, undefined)).toContain('shop-staging-asg')
    expect(twinNames({ ...production, groupKey: '1/r/prod' }, undefined)).toContain('staging')
    expect(twinNames({ ...production, groupKey: '1/r/products-asg' }, undefined)).toEqual([])
    expect(twinNames({ ...production, environment: 'staging' }, 'canary')).toEqual([])
  })

  it('knows what staging proved', () => {
    expect(provedInStaging(production, [twinIn('verified')], undefined)?.id).toBe('down-s')
    expect(provedInStaging(production, [twinIn('deployed')], undefined)).toBeUndefined()
  })
})

describe('S89: one wave after the other', () => {
  const type = { type: 'INSTANCE_TYPE_CHANGE', property: 'instanceType' } as const
  const other = downOf({ id: 'type-2', groupKey: '1/r/b', ...type, change: { state: 'deployed' } })

  it('counts what replaces instances and is under way in the same environment', () => {
    const change = downOf({ id: 'type-1', ...type })
    expect(replacementsUnderWay(change, [change, other]).map(({ id }) => id)).toEqual(['type-2'])
    expect(replacementsUnderWay(change, [{ ...other, environment: 'staging' }])).toEqual([])
    expect(replacementsUnderWay(change, [{ ...other, change: { state: 'verified' } }])).toEqual([])
    expect(replacementsUnderWay(downOf(), [other])).toEqual([])
  })
})
