import { type Fact, known, unknown } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import type { Catalogue, InstanceType, Price } from '../../../src/core/model/instance-type.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { Scored } from '../../../src/core/model/scorecard.js'
import { type Series, type SeriesSpan, seriesOf } from '../../../src/core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../../src/core/model/signals.js'
import { zones } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'

export const period = 300
export const stepsPerDay = 288
/** A Monday, so that whole weeks are ISO weeks. */
export const startAt = '2026-11-09T00:00:00.000Z'

export function spanOf(days: number): SeriesSpan {
  return { startAt, periodSeconds: period, steps: Math.round(days * stepsPerDay) }
}

export const stagingPolicy: Policy = policyOf({
  environment: 'staging',
  sizing: { ...policyOf().sizing, demandMargin: 1.1, staticPercentile: 95, staticHeadroomPercent: 15 },
  spot: { ...policyOf().spot, onDemandBaseCapacity: 0 },
})

const price = (usdPerHour: number): Price => ({ usdPerHour, source: 'test price list', asOf: '2026-07-20' })

export function typeOf(
  name: string,
  vcpus: number,
  memoryGiB: number,
  change: Partial<InstanceType> = {},
): InstanceType {
  return {
    name,
    family: name.split('.')[0] ?? name,
    vcpus,
    memoryGiB,
    architectures: ['x86_64'],
    networkBaselineGbps: 1.5,
    currentGeneration: true,
    bareMetal: false,
    spotSupported: true,
    ...change,
  }
}

/** Name, vCPUs, GiB, dollars an hour: real us-east-1 prices of July 2026. */
const table: readonly (readonly [InstanceType, number])[] = [
  [typeOf('m6i.xlarge', 4, 16), 0.192],
  [typeOf('m6a.xlarge', 4, 16), 0.1728],
  [typeOf('m7i.xlarge', 4, 16), 0.2016],
  [typeOf('m7i-flex.xlarge', 4, 16), 0.19152],
  [typeOf('m6g.xlarge', 4, 16, { architectures: ['arm64'] }), 0.154],
  [typeOf('m6id.xlarge', 4, 16, { localStorageGB: 237 }), 0.2373],
  [typeOf('m6i.2xlarge', 8, 32), 0.384],
  [typeOf('c6i.xlarge', 4, 8), 0.17],
  [typeOf('c6a.xlarge', 4, 8), 0.153],
  [typeOf('c7i.xlarge', 4, 8), 0.1785],
  [typeOf('r6i.xlarge', 4, 32), 0.252],
  [typeOf('r6a.xlarge', 4, 32), 0.2268],
  [typeOf('r7i.xlarge', 4, 32), 0.2646],
  [typeOf('r5.xlarge', 4, 32), 0.252],
  [typeOf('m5.xlarge', 4, 16), 0.192],
  [typeOf('m5a.xlarge', 4, 16), 0.172],
  [typeOf('t3.xlarge', 4, 16, { burst: { baselinePercentPerVcpu: 40, creditsPerHour: 96, maxCredits: 2304 } }), 0.1664],
]

/** The small catalogue; every type has a spot price of `spotShare` × on demand in each zone unless that is undefined. */
export function catalogueWith(spotShare?: number): Catalogue {
  return {
    region: 'us-east-1',
    types: new Map(table.map(([type]) => [type.name, type])),
    onDemand: new Map(table.map(([type, usd]) => [type.name, price(usd)])),
    spot: new Map(
      spotShare === undefined
        ? []
        : table.map(([type, usd]) => [
            type.name,
            zones.map((availabilityZone) => ({ price: price(usd * spotShare), availabilityZone, seenAt: startAt })),
          ]),
    ),
    source: 'the test catalogue',
  }
}

/** A value of one series at a step; undefined is a gap. */
export type Wave = (step: number) => number | undefined

export function waveSeries(span: SeriesSpan, name: SignalName, wave: Wave): Series {
  const points: { at: number; value: number }[] = []
  const start = Date.parse(span.startAt)
  for (let step = 0; step < span.steps; step++) {
    const value = wave(step)
    if (value !== undefined) points.push({ at: start + step * span.periodSeconds * 1000, value })
  }
  return seriesOf(span, signalUnits[name], points)
}

/** Signals from one wave for each series; what is left out is unknown. In service is the group's desired capacity. */
export function signalsWith(group: Group, waves: Partial<Record<SignalName, Wave>>, days = 14): Signals {
  const window = spanOf(days)
  const all: Partial<Record<SignalName, Wave>> = { inService: () => group.desiredCapacity, ...waves }
  const names = Object.keys(signalUnits) as SignalName[]
  const entries = names.map((name): [SignalName, Fact<Series>] => {
    const wave = all[name]
    return [name, wave ? known(waveSeries(window, name, wave)) : unknown(`no ${name} in the test`)]
  })
  return { group, window, series: Object.fromEntries(entries) as Signals['series'] }
}

/** A day that swings between `low` and `high` with its peak in the afternoon. */
export function daily(low: number, high: number): (step: number) => number {
  return (step) => {
    const share = (1 - Math.cos(((step % stepsPerDay) / stepsPerDay - 0.1) * 2 * Math.PI)) / 2
    return low + (high - low) * share
  }
}

export const unscored: Scored = { kind: 'unscored', why: 'not needed by this test' }
