import { describe, expect, it } from '@jest/globals'
import { keptSignals } from '../../../src/adapters/aws/kept-signals.js'
import { createSignalSource } from '../../../src/adapters/aws/signal-source.js'
import { createSignalReader } from '../../../src/adapters/aws/signals.js'
import { createLocalMetricHistory } from '../../../src/adapters/local/table/metric-history.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { SeriesSpan } from '../../../src/core/model/series.js'
import type { Signals } from '../../../src/core/model/signals.js'
import type { MetricHistory } from '../../../src/ports/metric-history.js'
import { policyOf } from '../../support/policy.js'
import { groupNamed, metricData } from './metrics.js'
import { standIn } from './stand-in.js'

const stepMs = 300_000
const hours = 12
const days = 24 * hours
/** Not at the start of a day: windows begin and end within one. */
const nine = Date.parse('2026-11-23T09:00:00Z')
const group = groupNamed('web')
const shipped = policyOf()

/** The window of three days that ends so many steps after nine. */
function windowTo(end: number, steps = 3 * days): SeriesSpan {
  return { startAt: new Date(nine + (end - steps) * stepMs).toISOString(), periodSeconds: 300, steps }
}

/** CloudWatch over HTTP with a value for each step, and what it is asked for. */
async function open() {
  const world = {
    asked: new Map<string, number>(),
    requests: 0,
    failing: new Set<string>(),
    valueAt: (step: number): number | undefined => (step % 7 === 3 ? undefined : (step & 1023) / 10),
  }
  const { clients } = await standIn({
    'cloudwatch:GetMetricData': metricData(({ metric, statistic, dimensions }, { StartTime, EndTime }) => {
      const [from, until] = [StartTime, EndTime].map((time) => Math.round((Number(time) - nine) / stepMs)) as [
        number,
        number,
      ]
      world.asked.set(metric, until - from)
      const steps = Array.from({ length: until - from }, (_, at) => from + at).filter(
        (step) => dimensions.AutoScalingGroupName === 'web' && world.valueAt(step) !== undefined,
      )
      const odd = world.failing.has(metric)
      return {
        StatusCode: odd ? 'InternalError' : 'Complete',
        Timestamps: steps.map((step) => new Date(nine + step * stepMs)),
        Values: steps.map((step) => (world.valueAt(step) as number) + metric.length + statistic.length),
      }
    }),
  })
  const clock = { now: () => new Date(nine), sleep: async () => {} }
  const history = createLocalMetricHistory(clock)
  const faults: string[] = []
  const read = async (
    window: SeriesSpan,
    { policy = shipped, kept = history }: { policy?: Policy; kept?: MetricHistory } = {},
  ) => {
    world.asked.clear()
    // A reader of its own each time: nothing goes from one run to the next but the history.
    const reader = keptSignals(createSignalSource(clients), kept, (what) => faults.push(what))
    return (await reader.read([group], window, () => policy)).get(group.groupKey) as Signals
  }
  const truth = async (window: SeriesSpan) =>
    (await createSignalReader(clients).read([group], window, () => shipped)).get(group.groupKey)
  return { world, history, faults, read, truth, steps: () => [...new Set(world.asked.values())] }
}

describe('kept signals', () => {
  it('are asked for once, then for the unsettled three hours and what is new, and tell what a whole read would', async () => {
    const { read, truth, steps } = await open()
    const asked: number[][] = []
    for (const end of [0, 12, 5 * hours, 11 * hours, 2 * days]) {
      const found = await read(windowTo(end))
      asked.push([...steps()])
      expect(found).toEqual(await truth(windowTo(end)))
    }
    // Of the running day six whole hours are kept at a time: at 20:00 what is settled up to 12:00.
    expect(asked).toEqual([[3 * days], [4 * hours], [8 * hours], [14 * hours], [45 * hours]])
  })

  it('sees what arrived late within three hours, and gaps that have filled', async () => {
    const { world, read, truth } = await open()
    await read(windowTo(0))
    world.valueAt = (step) => (step >= -3 * hours ? 99 : step % 7 === 3 ? undefined : (step & 1023) / 10)
    expect(await read(windowTo(1))).toEqual(await truth(windowTo(1)))
  })

  it('start anew for a metric that is configured by another name; the others go on', async () => {
    const { world, read } = await open()
    await read(windowTo(0))
    const policy = { ...shipped, metrics: { ...shipped.metrics, memoryMetric: 'MemoryUsed' } }
    await read(windowTo(12), { policy })
    expect(world.asked.get('MemoryUsed')).toBe(3 * days)
    expect(world.asked.get('CPUUtilization')).toBe(4 * hours)
    await read(windowTo(24), { policy })
    expect(world.asked.get('MemoryUsed')).toBeLessThanOrEqual(5 * hours)
  })

  it('never stand in for an answer that failed, and are not kept beside one', async () => {
    const { world, read, truth } = await open()
    await read(windowTo(0))
    world.failing.add('NetworkIn')
    const late = await read(windowTo(2 * days))
    expect(late.series.networkIn).toMatchObject({ kind: 'unknown', failed: true })
    expect(late.series.cpuAverage.kind).toBe('known')
    world.failing.clear()
    const whole = await read(windowTo(2 * days))
    expect(world.asked.get('CPUUtilization')).toBe(2 * days + 3 * hours)
    expect(whole).toEqual(await truth(windowTo(2 * days)))
  })

  it('a shorter, an earlier or a partial look pushes nothing out', async () => {
    const { world, read } = await open()
    await read(windowTo(0))
    await read(windowTo(0, 2 * days))
    await read(windowTo(-6 * hours, 2 * days))
    await read(windowTo(0, hours))
    expect(world.asked.get('CPUUtilization')).toBe(hours)
    await read(windowTo(12))
    expect(world.asked.get('CPUUtilization')).toBe(4 * hours)
  })

  it('are read anew where the history is of another version or cut short, and the answer comes without any history', async () => {
    const { history, faults, read, truth, steps } = await open()
    await read(windowTo(0))
    const spoilt = (spoil: (bytes: Uint8Array) => Uint8Array): MetricHistory => ({
      ...history,
      read: async (wanted) => (await history.read(wanted)).map((day) => ({ ...day, bytes: spoil(day.bytes) })),
    })
    for (const spoil of [(bytes: Uint8Array) => bytes.subarray(0, -1), (bytes: Uint8Array) => bytes.with(0, 99)]) {
      expect(await read(windowTo(0), { kept: spoilt(spoil) })).toEqual(await truth(windowTo(0)))
      expect(faults).toEqual([])
    }
    const broken = async () => {
      throw new Error('no table')
    }
    const alone = await read(windowTo(0), { kept: { read: broken, write: broken } })
    expect([steps(), faults]).toEqual([[3 * days], ['metric history could not be read']])
    expect(alone).toEqual(await truth(windowTo(0)))
  })
})
