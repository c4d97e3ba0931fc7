import { type Fact, unknown } from '../model/fact.js'
import { isGap, type Series } from '../model/series.js'
import type { SignalName, Signals } from '../model/signals.js'
import type { Percent } from '../model/units.js'

/** The series of a signal; unknown with its reason where it could not be read or holds no value at all. */
export function knownSeries(signals: Signals, name: SignalName): Fact<Series> {
  const fact = signals.series[name]
  if (fact.kind === 'unknown') return fact
  return fact.value.samples.some((sample) => !isGap(sample)) ? fact : unknown('no data point in the window')
}

/** Reads one signal or figure at a step; undefined for a gap, an unread series or a step outside the window. */
export type StepReader = (step: number) => number | undefined

/** A reader of one signal, looked up once so that loops over thousands of steps stay cheap. */
export function readerOf(signals: Signals, name: SignalName): StepReader {
  const fact = signals.series[name]
  if (fact.kind === 'unknown') return () => undefined
  const { samples } = fact.value
  return (step) => {
    const sample = samples[step]
    return sample === undefined || isGap(sample) ? undefined : sample
  }
}

/** The maximum size at a step: the recorded one, or the group's present one where it was not recorded. */
export function maxReader(signals: Signals): (step: number) => number {
  const recorded = readerOf(signals, 'max')
  return (step) => recorded(step) ?? signals.group.maxSize
}

/** Instances in service ÷ maximum size. Undefined where the count is not known or the maximum is 0. */
export function capacityReader(signals: Signals): StepReader {
  const inService = readerOf(signals, 'inService')
  const maxSize = maxReader(signals)
  return (step): Percent | undefined => {
    const count = inService(step)
    const max = maxSize(step)
    return count === undefined || max <= 0 ? undefined : (count / max) * 100
  }
}

/** Mean of what `read` knows over the steps of the window; undefined where it knows nothing. */
export function meanOver(steps: number, read: StepReader): number | undefined {
  let sum = 0
  let known = 0
  for (let step = 0; step < steps; step += 1) {
    const value = read(step)
    if (value === undefined) continue
    sum += value
    known += 1
  }
  return known === 0 ? undefined : sum / known
}
