import { gaps, type SeriesSpan } from '../../core/model/series.js'
import { dayMs, hourMs } from '../../core/model/units.js'
import type { KeptDay } from '../../ports/metric-history.js'
import { type DayChunk, encodeChunk } from './day-chunk.js'
import { daysOf, offsetInDay, settledSteps, stepsInDay } from './kept-days.js'
import type { DraftGroup } from './kept-signals.js'

/** The running day is written again only for so much more of it: a write costs forty times a read of the same bytes. */
const worthWritingMs = 6 * hourMs
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
  const kept: KeptDay[] = []
  let step = 0
  for (const day of daysOf(window)) {
    const from = offsetInDay(window, step)
    const through = Math.min(stepsInDay(window), from + settled - step)
    const earlier = usable(days.get(day), known, from, through)
    const stretch = { periodSeconds: window.periodSeconds, from, through, series: cut(known, step, through - from) }
    if (isWorthWriting(stretch, earlier, window)) {
      const chunk = earlier ? joined(earlier, stretch) : stretch
      kept.push({
        groupKey: defined.group.groupKey,
        day,
        bytes: encodeChunk(chunk),
        through: chunk.through,
        whole: chunk.through === stepsInDay(window),
        expiresAt: new Date(Date.parse(day) + window.steps * window.periodSeconds * 1000 + spareMs),
      })
    }
    step += stepsInDay(window) - from
  }
  return kept
}

type Samples = ReadonlyMap<string, Float32Array>

function cut(known: Samples, step: number, steps: number): Samples {
  return new Map([...known].map(([key, samples]) => [key, samples.subarray(step, step + Math.max(0, steps))]))
}

/** An earlier chunk that holds every series and that the new stretch goes on from. */
function usable(earlier: DayChunk | undefined, known: Samples, from: number, through: number): DayChunk | undefined {
  const goesOn = earlier && from <= earlier.through && earlier.from <= through
  return goesOn && [...known.keys()].every((key) => earlier.series.has(key)) ? earlier : undefined
}

function isWorthWriting({ from, through }: DayChunk, earlier: DayChunk | undefined, window: SeriesSpan): boolean {
  if (through <= from) return false
  if (!earlier || from < earlier.from) return true
  const gained = through - earlier.through
  if (through === stepsInDay(window)) return gained > 0
  return gained * window.periodSeconds * 1000 >= worthWritingMs
}

function joined(earlier: DayChunk, stretch: DayChunk): DayChunk {
  const from = Math.min(earlier.from, stretch.from)
  const through = Math.max(earlier.through, stretch.through)
  const series = [...stretch.series].map(([key, fresh]) => {
    const samples = gaps(through - from)
    samples.set(earlier.series.get(key) ?? gaps(0), earlier.from - from)
    samples.set(fresh, stretch.from - from)
    return [key, samples] as const
  })
  return { periodSeconds: stretch.periodSeconds, from, through, series: new Map(series) }
}
