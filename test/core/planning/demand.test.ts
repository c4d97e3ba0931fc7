import { describe, expect, test } from '@jest/globals'
import { known, unknown } from '../../../src/core/model/fact.js'
import { demandOf } from '../../../src/core/planning/demand.js'
import { shapeOf } from '../../../src/core/planning/instance-shape.js'
import { groupWith, instancesOf, launchOf } from '../../support/group.js'
import { catalogueWith, signalsWith, startAt, typeOf } from './builders.js'

const shape = typeOf('m6i.xlarge', 4, 16)
const group = groupWith({ desiredCapacity: 5 })

function demandWith(waves: Parameters<typeof signalsWith>[1], on = group) {
  const demand = demandOf(signalsWith(on, waves, 1), shape)
  if ('kind' in demand) throw new Error(demand.detail)
  return demand
}

describe('demand', () => {
  test('is the work in vCPUs, GiB and bytes a second, whatever served it', () => {
    const demand = demandWith({ cpuAverage: () => 50, memory: () => 25, networkIn: () => 1e6, networkOut: () => 3e6 })
    expect(demand.vcpus[0]).toBe(10)
    expect(demand.memory?.perInstanceGiB[0]).toBe(4)
    expect(demand.networkBytesPerSecond?.[0]).toBe(3e6)
    expect(demand.survivedVcpus).toBe(2)
  })

  test('keeps gaps as gaps', () => {
    const demand = demandWith({ cpuAverage: (step) => (step === 3 ? undefined : 50) })
    expect(demand.vcpus[3]).toBeNaN()
    expect(demand.knownSteps).toBe(287)
  })

  test('has no value for a step in which the number of instances is unknown', () => {
    const demand = demandWith({ cpuAverage: () => 50, inService: (step) => (step === 3 ? undefined : 5) })
    expect(demand.vcpus[3]).toBeNaN()
  })

  test('counts steps in which the machines may have wanted more than they could use', () => {
    expect(demandWith({ cpuAverage: (step) => (step < 4 ? 97 : 50) }).censoredSteps).toBe(4)
  })

  test('reads the desired capacity where instances in service are not recorded', () => {
    expect(demandWith({ cpuAverage: () => 50, inService: () => undefined, desired: () => 3 }).vcpus[0]).toBe(6)
  })

  test('uses the present count only where the capacity provably stood still', () => {
    const waves = { cpuAverage: () => 50, inService: () => undefined }
    const still = groupWith({ minSize: 5, desiredCapacity: 5, maxSize: 5 })
    expect(demandWith(waves, still).vcpus[0]).toBe(10)
    const moved = groupWith({ minSize: 2, desiredCapacity: 5, maxSize: 9 })
    expect(demandOf(signalsWith(moved, waves, 1), shape)).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
    const unread = { ...still, activities: unknown('autoscaling:DescribeScalingActivities was denied') }
    expect(demandOf(signalsWith(unread, waves, 1), shape)).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
    const launch = { activityId: 'a', startedAt: startAt, statusCode: 'Successful', cause: '', description: '' }
    const busy = { ...still, activities: known([launch]) }
    expect(demandOf(signalsWith(busy, waves, 1), shape)).toMatchObject({ kind: 'hold', reason: 'fact-unknown' })
  })

  test('holds without CPU', () => {
    expect(demandOf(signalsWith(group, {}, 1), shape)).toMatchObject({ kind: 'hold', reason: 'no-cpu-data' })
    const empty = signalsWith(group, { cpuAverage: () => undefined }, 1)
    expect(demandOf(empty, shape)).toMatchObject({ kind: 'hold', reason: 'no-cpu-data' })
  })
})

describe('the shape of a group', () => {
  const catalogue = catalogueWith()
  const mix = { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 }

  test('is the type it launches', () => {
    expect(shapeOf(group, catalogue)).toMatchObject({ name: 'm6i.xlarge', vcpus: 4 })
  })

  test.each([
    ['types of different shapes', { overrides: ['m6i.xlarge', 'm6i.2xlarge'], ...mix }, 'unsupported-group'],
    [
      'spot, whose price moves',
      { overrides: ['m6i.xlarge', 'm5.xlarge'], ...mix, onDemandPercentageAboveBaseCapacity: 20 },
      'unsupported-group',
    ],
    ['a type that nobody knows', { overrides: ['m6i.xlarge', 'z99.xlarge'], ...mix }, 'unknown-type'],
  ])('is refused for %s', (_name, own, reason) => {
    const launch = known({ kind: 'mixed-instances' as const, source: 'lt', instanceType: 'm6i.xlarge', mix: own })
    expect(shapeOf({ ...group, launch }, catalogue)).toMatchObject({ kind: 'hold', reason })
  })

  test('is accepted for a mix of one shape bought on demand', () => {
    const launch = known({
      kind: 'mixed-instances' as const,
      source: 'lt',
      mix: { ...mix, overrides: ['m6i.xlarge', 'm5.xlarge'] },
    })
    expect(shapeOf({ ...group, launch }, catalogue)).toMatchObject({ name: 'm6i.xlarge' })
  })

  test('is unknown while instances of another shape still run', () => {
    const changing = { ...group, instances: instancesOf(2, 'c6i.xlarge') }
    expect(shapeOf(changing, catalogue)).toMatchObject({ kind: 'hold', reason: 'unsupported-group' })
    expect(shapeOf({ ...group, launch: launchOf('x') }, catalogue)).toMatchObject({ reason: 'unknown-type' })
    expect(shapeOf({ ...group, launch: unknown('denied') }, catalogue)).toMatchObject({ reason: 'fact-unknown' })
  })
})
