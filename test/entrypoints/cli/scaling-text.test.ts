import { describe, expect, it } from '@jest/globals'
import { Chalk } from 'chalk'
import { known, unknown } from '../../../src/core/model/fact.js'
import { applyTag } from '../../../src/core/model/group.js'
import { scalingSchema } from '../../../src/entrypoints/cli/documents/scaling.js'
import { scalingGroup } from '../../../src/entrypoints/cli/scaling/scaling-group.js'
import { scalingText } from '../../../src/entrypoints/cli/scaling/scaling-text.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'
import { golden } from './golden.js'

const plain = { chalk: new Chalk({ level: 0 }) }
const now = new Date('2026-11-23T10:00:00Z')
const activity = {
  activityId: 'a',
  startedAt: '2026-11-23T08:55:00.000Z',
  statusCode: 'Successful',
  cause: '',
  description: 'Launching a new EC2 instance: i-1',
}
const open = groupWith({
  tags: { [applyTag.key]: applyTag.value },
  scalingPolicies: known([cpuTracking()]),
  activities: known([activity]),
})
const empty = groupWith({
  instances: [],
  minSize: 0,
  desiredCapacity: 0,
  maxSize: 0,
  scalingPolicies: unknown('denied'),
})

function documentOf(...groups: (typeof open)[]) {
  const rows = groups.map((group) => scalingGroup({ group, policy: policyOf({ mode: 'apply' }) }, now))
  return { environment: 'production', groups: rows, faults: [] }
}

describe('S48b: the text of scaling', () => {
  it('has sizes, health, policies and activity of each group, and what holds a live scale-up', () => {
    const document = documentOf(open, empty)
    const text = scalingText(document, plain)
    expect(text).toBe(golden('scaling.txt', text))
    expect(scalingSchema.parse(document)).toEqual(document)
  })

  it('M19: no instances and no maximum give no NaN', () => {
    expect(scalingText(documentOf(empty), plain)).not.toMatch(/NaN|Infinity|undefined/)
    expect(documentOf(empty).groups[0]?.usedPercent).toBeNull()
  })

  it('names everything that stands against a live scale-up, and nothing where nothing does', () => {
    const reasons = (group: typeof open) => documentOf(group).groups[0]?.liveScaleUp.map(({ reason }) => reason)
    expect(reasons(open)).toEqual([])
    expect(reasons({ ...open, tags: {}, suspendedProcesses: ['Launch'], maxSize: open.desiredCapacity })).toEqual([
      'opt-in-tag-missing',
      'process-suspended',
      'above-max',
    ])
  })
})
