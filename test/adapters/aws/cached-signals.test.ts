import { describe, expect, it } from '@jest/globals'
import { cachedSignals } from '../../../src/adapters/aws/cached-signals.js'
import { type Fact, known, unknown } from '../../../src/core/model/fact.js'
import { type Series, type SeriesSpan, seriesOf } from '../../../src/core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../../src/core/model/signals.js'
import type { SignalReader } from '../../../src/ports.js'
import { groupWith } from '../../support/group.js'
import { policyOf } from '../../support/policy.js'

const stepMs = 300_000
const noon = Date.parse('2026-11-23T12:00:00Z')
const group = groupWith()
const policy = () => policyOf()

/** The window of `steps` that ends so many steps after noon. */
function windowTo(end: number, steps = 4032): SeriesSpan {
  return { startAt: new Date(noon + (end - steps) * stepMs).toISOString(), periodSeconds: 300, steps }
}

/** CloudWatch as it is at one moment: a value for each step that has passed, or nothing known of a signal. */
interface Metrics {
  asked: SeriesSpan[]
  readonly missing: Set<SignalName>
  valueAt: (step: number) => number | undefined
}

function metricsReader(metrics: Metrics): SignalReader {
  const read = (window: SeriesSpan, name: SignalName): Fact<Series> => {
    if (metrics.missing.has(name)) return unknown(`${name} has no data in the window`)
    const first = Math.round((Date.parse(window.startAt) - noon) / stepMs)
    const points = Array.from({ length: window.steps }, (_, at) => ({
      at: noon + (first + at) * stepMs,
      value: metrics.valueAt(first + at) ?? Number.NaN,
    }))
    return known(seriesOf(window, signalUnits[name], points))
  }
  return {
    async read(groups, window) {
      metrics.asked.push(window)
      const names = Object.keys(signalUnits) as SignalName[]
      return new Map(
        groups.map((one): [string, Signals] => {
          const series = Object.fromEntries(names.map((name) => [name, read(window, name)])) as Signals['series']
          return [one.groupKey, { group: one, window, series }]
        }),
      )
    },
  }
}

function open(valueAt: Metrics['valueAt'] = (step) => (step % 7 === 3 ? undefined : step % 90)) {
  const metrics: Metrics = { asked: [], missing: new Set(), valueAt }
  const plain = metricsReader({ ...metrics, asked: [] })
  const cached = cachedSignals(metricsReader(metrics))
  return {
    metrics,
    stepsAsked: () => metrics.asked.map(({ steps }) => steps),
    read: async (window: SeriesSpan) => (await cached.read([group], window, policy)).get(group.groupKey),
    truth: async (window: SeriesSpan) => (await plain.read([group], window, policy)).get(group.groupKey),
  }
}

describe('cached signals', () => {
  it('asks for the history once, then for the new points and the last hour, and tells what a whole read would', async () => {
    const world = open()
    for (const end of [0, 12, 300]) {
      expect(await world.read(windowTo(end))).toEqual(await world.truth(windowTo(end)))
    }
    expect(world.stepsAsked()).toEqual([4032, 24, 300])
  })

  it('sees what arrived late within the hour', async () => {
    const world = open()
    await world.read(windowTo(0))
    world.metrics.valueAt = (step) => (step >= -10 ? 99 : step % 90)
    const series = (await world.read(windowTo(1)))?.series.cpuAverage
    expect(series?.kind === 'known' && [...series.value.samples.slice(-11)]).toEqual(Array(11).fill(99))
  })

  it('a short or an earlier look does not push out what the next pass goes on from', async () => {
    const world = open()
    await world.read(windowTo(0))
    await world.read(windowTo(1, 6))
    await world.read(windowTo(-500, 2016))
    expect(await world.read(windowTo(12))).toEqual(await world.truth(windowTo(12)))
    expect(world.stepsAsked().at(-1)).toBe(24)
  })

  it('reads anew as a whole what was known and is not, or is known now and was not', async () => {
    const world = open()
    await world.read(windowTo(0))
    world.metrics.missing.add('memory')
    expect((await world.read(windowTo(12)))?.series.memory.kind).toBe('unknown')
    world.metrics.missing.clear()
    expect(await world.read(windowTo(24))).toEqual(await world.truth(windowTo(24)))
    expect(world.stepsAsked()).toEqual([4032, 24, 4032, 24, 4032])
  })

  it('reads anew after a long time, and for other metric names', async () => {
    const world = open()
    await world.read(windowTo(0))
    await world.read(windowTo(5000))
    expect(world.stepsAsked()).toEqual([4032, 4032])
  })
})
