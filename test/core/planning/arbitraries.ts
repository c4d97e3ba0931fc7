import fc from 'fast-check'
import { known } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import { cpuTracking, groupWith } from '../../support/group.js'
import { daily } from './builders.js'
import type { Work } from './world.js'

/** Days that swing, with noise and now and then a peak that lasts an hour. */
export const anyWork: fc.Arbitrary<Work> = fc
  .record({
    low: fc.double({ min: 0.5, max: 10, noNaN: true }),
    swing: fc.double({ min: 0, max: 30, noNaN: true }),
    noise: fc.double({ min: 0, max: 0.3, noNaN: true }),
    peak: fc.double({ min: 1, max: 2, noNaN: true }),
    peakEvery: fc.integer({ min: 100, max: 2000 }),
    skew: fc.double({ min: 1, max: 1.3, noNaN: true }),
    sharedGiB: fc.double({ min: 1, max: 80, noNaN: true }),
    perVcpuGiB: fc.double({ min: 0, max: 2, noNaN: true }),
    measured: fc.boolean(),
  })
  .map(({ low, swing, noise, peak, peakEvery, skew, sharedGiB, perVcpuGiB, measured }) => {
    const wave = daily(low, low + swing)
    return {
      days: 8,
      vcpus: (step) => {
        const jitter = 1 + noise * Math.sin(step * 12.9898) * Math.cos(step * 78.233)
        return wave(step) * jitter * (step % peakEvery < 12 ? peak : 1)
      },
      skew,
      ...(measured && { memory: { sharedGiB, perVcpuGiB, perInstanceGiB: 0 } }),
    }
  })

export const anyGroup: fc.Arbitrary<Group> = fc
  .record({
    instanceType: fc.constantFrom('m6i.xlarge', 'r5.xlarge', 'r6i.xlarge', 'm5.xlarge', 'c6i.xlarge'),
    min: fc.integer({ min: 1, max: 14 }),
    extra: fc.integer({ min: 0, max: 6 }),
    target: fc.constantFrom(30, 45, 50, 60, 70),
    scaled: fc.boolean(),
  })
  .map(({ instanceType, min, extra, target, scaled }) =>
    groupWith({
      instanceType,
      minSize: min,
      desiredCapacity: min + extra,
      maxSize: 40,
      ...(scaled && { scalingPolicies: known([cpuTracking(target)]) }),
    }),
  )
