import { gaps, type SeriesSpan } from '../../core/model/series.js'
import { dayMs, hourMs } from '../../core/model/units.js'
import type { KeptDay } from '../../ports/metric-history.js'
import { copySamples, type DayChunk, type DayStretch, encodeChunk } from './day-chunk.js'
import { daysOf, settledSteps, stepsInDay } from './kept-days.js'
import type { DraftGroup } from './kept-signals.js'

/**
 * The running day is written up to each of these hours only: a write costs forty times a read of the same bytes. Runs at
 * once then write the same.
 */
const writtenEachMs = 6 * hourMs
/** Kept beyond the window, for a run that comes late. */
const spareMs = 3 * dayMs

/**
 * The days of a group that should be written now, settled steps only: a day once when it is over, the running one seldom.
 * Nothing where a series could not be read: what is kept of the others would hide that it is missing.
 */
export function daysToKeep({ defined, days, series }: DraftGroup, window: SeriesSpan): readonly KeptDay[] {
  const known = new Map(series.flatMap(({ key, samples }) => (samples.kind === 'known' ? [[key, samples.value]] : [])))
  if (known.size === 0 || known.size < series.length) return []
  const settled = window.steps - settledSteps(window)
  return daysOf(window).flatMap(({ day, step, offset: from }): readonly KeptDay[] => {
    const through = wholeStretch(Math.min(stepsInDay(window), from + settled - step), window)
    const earlier = usable(days.get(day), known, from, through)
    if (!reachesFurther({ from, through }, earlier)) return []
    const stretch = { periodSeconds: window.periodSeconds, from, through, series: cut(known, step, through - from) }
    const whole = earlier ? joined(earlier, stretch) : stretch
    return [
      {
        groupKey: defined.group.groupKey,
        day,
        bytes: encodeChunk(whole),
        expiresAt: new Date(Date.parse(day) + window.steps * window.periodSeconds * 1000 + spareMs),
      },
    ]
  })
}

type Samples = ReadonlyMap<string, Float32Array>
type Reach = Pick<DayChunk, 'from' | 'through'>

function cut(known: Samples, step: number, steps: number): Samples {
  return new Map([...known].map(([key, samples]) => [key, samples.subarray(step, step + steps)]))
}

/** An earlier chunk that holds every series and that the new stretch goes on from. */
function usable(earlier: DayChunk | undefined, known: Samples, from: number, through: number): DayChunk | undefined {
  const goesOn = earlier && from <= earlier.through && earlier.from <= through
  return goesOn && [...known.keys()].every((key) => earlier.series.has(key)) ? earlier : undefined
}

/** Steps of the day, down to one of the hours that it is written at. */
function wholeStretch(through: number, { periodSeconds }: SeriesSpan): number {
  const steps = writtenEachMs / (periodSeconds * 1000)
  return Math.floor(through / steps) * steps
}

function reachesFurther({ from, through }: Reach, earlier: DayChunk | undefined): boolean {
  if (through <= from) return false
  return !earlier || from < earlier.from || through > earlier.through
}

function joined(earlier: DayChunk, stretch: DayStretch): DayStretch {
  const from = Math.min(earlier.from, stretch.from)
  const through = Math.max(earlier.through, stretch.through)
  const series = [...stretch.series].map(([key, fresh]) => {
    const samples = gaps(through - from)
    const before = earlier.series.get(key)
    if (before) copySamples(before, [0, earlier.through - earlier.from], samples, earlier.from - from)
    samples.set(fresh, stretch.from - from)
    return [key, samples] as const
  })
  return { periodSeconds: stretch.periodSeconds, from, through, series: new Map(series) }
}
