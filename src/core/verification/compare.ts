import { mean, quantile } from 'simple-statistics'
import type { Percent } from '../model/units.js'
import { expectedInstances, type Served } from './expected-instances.js'
import type { HourOfWeek } from './hours-of-week.js'
import { type Difference, rankSumDifference } from './rank-sum.js'

/** Minutes of a week. */
const weekMinutes = 7 * 24 * 60

/** The same hours of the week before and after. Undefined figures could not be measured on both sides. */
export interface Comparison {
  /** Hours of the week with instances and CPU on both sides, of 168. */
  readonly hours: number
  readonly demandFrom: 'requests' | 'CPU' | 'unknown'
  readonly demandChangePercent: Percent | undefined
  /** Mean instances the old configuration would have run for the later demand. */
  readonly expectedInstances: number
  readonly instances: number
  /** Change of instance-hours against what was expected; negative is fewer. */
  readonly instanceHoursPercent: Percent
  /** Breach minutes a week. */
  readonly breachMinutes: { readonly before: number; readonly after: number }
  /** P90 of the hours' response times, and whether they differ at 95 %. */
  readonly response:
    | { readonly beforeMs: number; readonly afterMs: number; readonly difference: Difference }
    | undefined
}

interface SharedHour {
  readonly before: HourOfWeek & { readonly instances: number; readonly breachShare: number }
  readonly after: HourOfWeek & { readonly instances: number; readonly breachShare: number }
}

/** Compares hour by hour of the week; undefined where no hour was measured on both sides. `sameUnit`: CPU work is comparable. */
export function compare(
  before: readonly HourOfWeek[],
  after: readonly HourOfWeek[],
  sameUnit: boolean,
): Comparison | undefined {
  const shared = sharedHours(before, after)
  if (shared.length === 0) return undefined
  const { from, pairs } = demandOf(shared, sameUnit)
  const served: Served[] = pairs.map((pair) => ({ demand: pair.before, instances: pair.instances }))
  const demandAfter = pairs.map((pair) => pair.after)
  const measured = mean(shared.map((hour) => hour.after.instances))
  const expected =
    from === 'unknown' ? mean(shared.map((hour) => hour.before.instances)) : expectedInstances(served, demandAfter)
  return {
    hours: shared.length,
    demandFrom: from,
    demandChangePercent: from === 'unknown' ? undefined : changePercent(pairs),
    expectedInstances: expected,
    instances: measured,
    instanceHoursPercent: expected > 0 ? (measured / expected - 1) * 100 : 0,
    breachMinutes: {
      before: mean(shared.map((hour) => hour.before.breachShare)) * weekMinutes,
      after: mean(shared.map((hour) => hour.after.breachShare)) * weekMinutes,
    },
    response: responseOf(shared),
  }
}

function sharedHours(before: readonly HourOfWeek[], after: readonly HourOfWeek[]): readonly SharedHour[] {
  return before.flatMap((hour, index) => {
    const later = after[index]
    return isMeasured(hour) && later && isMeasured(later) ? [{ before: hour, after: later }] : []
  })
}

function isMeasured(hour: HourOfWeek): hour is SharedHour['before'] {
  return hour.instances !== undefined && hour.breachShare !== undefined
}

interface DemandPair {
  readonly before: number
  readonly after: number
  readonly instances: number
}

/** Requests where both sides have them in most shared hours: they do not depend on hardware. Else CPU work. */
function demandOf(shared: readonly SharedHour[], sameUnit: boolean) {
  const pairsBy = (key: 'requests' | 'cpuWork'): readonly DemandPair[] =>
    shared.flatMap((hour) => {
      const [before, after] = [hour.before[key], hour.after[key]]
      return before === undefined || after === undefined ? [] : [{ before, after, instances: hour.before.instances }]
    })
  const usable = (pairs: readonly DemandPair[]) =>
    pairs.length * 2 > shared.length && pairs.some((pair) => pair.before > 0)
  const requests = pairsBy('requests')
  if (usable(requests)) return { from: 'requests' as const, pairs: requests }
  const work = pairsBy('cpuWork')
  return sameUnit && usable(work) ? { from: 'CPU' as const, pairs: work } : { from: 'unknown' as const, pairs: [] }
}

function changePercent(pairs: readonly DemandPair[]): Percent {
  return (mean(pairs.map((pair) => pair.after)) / mean(pairs.map((pair) => pair.before)) - 1) * 100
}

function responseOf(shared: readonly SharedHour[]): Comparison['response'] {
  const both = shared.flatMap(({ before, after }) =>
    before.responseMs === undefined || after.responseMs === undefined
      ? []
      : [[before.responseMs, after.responseMs] as const],
  )
  const before = both.map(([ms]) => ms)
  const after = both.map(([, ms]) => ms)
  const difference = rankSumDifference(before, after)
  if (difference === undefined) return undefined
  return { beforeMs: quantile(before, 0.9), afterMs: quantile(after, 0.9), difference }
}
