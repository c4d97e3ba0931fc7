import { expect, test } from '@jest/globals'
import { TrimtabError } from '../../../src/core/model/errors.js'
import { gatherApplyFacts } from '../../../src/workflows/apply/gather-apply-facts.js'
import { scaleUpOf } from '../../core/decision/builders.js'
import { policyOf } from '../../support/policy.js'
import { openWorld, soundGroup } from './apply-world.js'

const fail = async () => {
  throw new TrimtabError('throttled', 'the call was throttled')
}

test('every fact is known where every read answers', async () => {
  const { deps } = await openWorld(soundGroup)
  const facts = await gatherApplyFacts(deps('a'), { policy: policyOf() }, scaleUpOf())
  expect(Object.entries(facts).filter(([, fact]) => fact.kind === 'unknown')).toEqual([])
  expect(facts.need).toEqual({ kind: 'known', value: 6 })
  expect(facts.hourlyCost).toEqual({ kind: 'known', value: { environmentUsd: 0.384, counted: 4, instanceUsd: 0.096 } })
})

test('a minimum that was raised a moment ago counts in the hourly cost before desired capacity shows it', async () => {
  const { deps, fake } = await openWorld(soundGroup)
  const other = { ...fake.group(), groupKey: '123456789012/us-east-1/shop-api', name: 'shop-api', minSize: 9 }
  const ports = deps('a')
  const fleet = {
    ...ports.fleet,
    async *list() {
      yield { kind: 'group' as const, group: other }
    },
  }
  const facts = await gatherApplyFacts({ ...ports, fleet }, { policy: policyOf() }, scaleUpOf())
  expect(facts.hourlyCost).toMatchObject({ value: { environmentUsd: expect.closeTo((4 + 9) * 0.096) } })
})

test.each([
  ['the group', { fleet: { read: fail, list: fail } }, ['capacity', 'instances', 'optInTag', 'need', 'hourlyCost']],
  ['its metrics', { signals: { read: fail } }, ['need']],
  ['its notes', { notebook: { read: fail } }, ['lastActionAt', 'actionsToday']],
  ['its stack', { capacity: { stackUpdateInProgress: fail } }, ['stackUpdateInProgress']],
] as const)('a failing read of %s makes its facts unknown and throws nothing', async (_what, broken, names) => {
  const { deps } = await openWorld(soundGroup)
  const ports = { ...deps('a'), ...(broken as object) }
  const facts = await gatherApplyFacts(ports, { policy: policyOf() }, scaleUpOf())
  for (const name of names) expect(facts[name].kind).toBe('unknown')
})

test('metrics and prices are not read where a cheaper check holds already', async () => {
  const { deps } = await openWorld(soundGroup)
  const ports = { ...deps('a'), signals: { read: fail }, market: { catalogue: fail, spot: fail } }
  const facts = await gatherApplyFacts(ports, { policy: policyOf({ killSwitch: true }) }, scaleUpOf())
  expect(facts.need).toEqual({ kind: 'unknown', why: 'not read, because another check holds' })
})
