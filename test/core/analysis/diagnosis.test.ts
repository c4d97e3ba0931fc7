import { describe, expect, it } from '@jest/globals'
import { analyse } from '../../../src/core/analysis/analyse.js'
import type { InstanceType } from '../../../src/core/model/instance-type.js'
import type { Bottleneck, Diagnosis } from '../../../src/core/model/scorecard.js'
import type { SignalName } from '../../../src/core/model/signals.js'
import { policyOf } from '../../support/policy.js'
import { m5large, type Shape, signalsOf, twoWeeks } from './signals-builder.js'

const policy = policyOf()

const base = { cpuAverage: 65, memory: 60, inService: 6, max: 10, responseTime: 200 }

function judge(shapes: Partial<Record<SignalName, Shape>>, type?: InstanceType) {
  const scored = analyse(signalsOf({ ...base, ...shapes }), policy, type)
  if (scored.kind === 'unscored') throw new Error(scored.why)
  return scored.scorecard
}

/** High in the last `minutes`, low before. */
function lately(minutes: number, high: number, low: number) {
  return (step: number) => (step >= twoWeeks - minutes / 5 ? high : low)
}

describe('diagnosis', () => {
  it.each<[string, Partial<Record<SignalName, Shape>>, Diagnosis]>([
    ['CPU in its best range', {}, 'balanced'],
    [
      'CPU 15 and memory 30 with nearly all instances in service',
      { cpuAverage: 15, memory: 30, inService: 9 },
      'wasteful',
    ],
    ['idle CPU that memory does not allow to shrink', { cpuAverage: 15, memory: 75 }, 'balanced'],
    ['busy days and idle nights under half the target', { cpuAverage: (s) => (s % 288 < 90 ? 69 : 10) }, 'wasteful'],
    ['CPU at target + 10 for 30 minutes until now', { cpuAverage: lately(30, 80, 65) }, 'saturated'],
    ['CPU at target + 10 for 25 minutes until now', { cpuAverage: lately(25, 80, 65) }, 'balanced'],
    ['one spike', { cpuAverage: (s) => (s === 2000 ? 100 : 65) }, 'balanced'],
    ['5 % of the time over target + 10', { cpuAverage: (s) => (s % 20 === 0 ? 85 : 65) }, 'saturated'],
    ['slow at CPU over target', { cpuAverage: 72, responseTime: 600 }, 'saturated'],
    ['slow while CPU idles', { cpuAverage: 30, responseTime: 600 }, 'wasteful'],
    ['at its maximum with CPU 70', { cpuAverage: 70, inService: 10 }, 'saturated'],
    ['at its maximum without load', { cpuAverage: 62, inService: 10 }, 'balanced'],
    ['memory at target + 10', { memory: 90 }, 'saturated'],
  ])('%s: %s', (_, shapes, diagnosis) => {
    expect(judge(shapes).diagnosis).toBe(diagnosis)
  })
})

describe('bottlenecks', () => {
  const burstable: InstanceType = {
    ...m5large,
    burst: { baselinePercentPerVcpu: 30, creditsPerHour: 36, maxCredits: 864 },
  }
  const baseline = (m5large.networkBaselineGbps ?? 1) * 1e9 * 6

  it.each<[string, Partial<Record<SignalName, Shape>>, InstanceType | undefined, Bottleneck[]]>([
    ['nothing', {}, m5large, []],
    ['CPU', { cpuAverage: 85 }, m5large, ['cpu']],
    ['response time', { responseTime: 501 }, m5large, ['responseTime']],
    ['capacity', { cpuAverage: 75, inService: 10 }, m5large, ['capacity']],
    ['network at 80 % of the baseline', { networkOut: (baseline / 8) * 0.801 }, m5large, ['network']],
    ['network just under it', { networkIn: (baseline / 8) * 0.799 }, m5large, []],
    ['network of an unknown type', { networkOut: baseline }, undefined, []],
    ['spent credits at the baseline', { cpuCredits: 10, cpuAverage: 35 }, burstable, ['cpuCredits']],
    ['spent credits of an idle new instance', { cpuCredits: 0, cpuAverage: 5 }, burstable, []],
  ])('S13 S20: %s', (_, shapes, type, names) => {
    expect(judge(shapes, type).bottlenecks).toEqual(names)
  })

  it('says that network was not judged where the type is unknown', () => {
    expect(judge({ networkIn: 1000 }).notes).toEqual([
      'network was not judged: the baseline bandwidth of the instance type is unknown',
    ])
  })
})
