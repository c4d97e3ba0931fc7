import { correlatedNoise } from './correlated-noise.js'
import { createCycle } from './create-cycle.js'
import type { DemandFigures } from './demand-figures.js'
import { normalAt, uniformAt } from './random-at.js'

// Bound once: in a sandboxed context, as in tests, each look-up of a global is slow.
const { PI, cos, exp, floor, sin } = Math

/** Demand at an instant (ms since 1970, UTC). NaN where a recording has a gap; otherwise never negative. */
export type DemandAt = (atMs: number) => number

const stepMs = 300_000
const hourMs = 3_600_000
const dayMs = 86_400_000
const weekMs = 7 * dayMs

const streams = { noise: 1, burstCount: 2, burstPlace: 3, burstSize: 4, burstLength: 5, spike: 6, cycle: 7 } as const

/**
 * A demand series of our own: a pure function of seed, figures and time, constant within a five-minute step, with a
 * level of about one at `anchorMs` (growth is counted from there). Reading it in any order gives the same values.
 */
export function generateDemand(seed: number, figures: DemandFigures, anchorMs: number): DemandAt {
  const noise = correlatedNoise(seed, streams.noise, figures.noise.ar1)
  const cycleAt = createCycle(seed, streams.cycle, figures.cycle)
  return (atMs) => {
    const step = floor(atMs / stepMs)
    const at = step * stepMs
    const log = courseOfDay(figures, at) + figures.noise.sigma * noise(step)
    const growth = (1 + figures.growthPerWeek) ** ((at - anchorMs) / weekMs)
    const level = exp(log) * growth * weekFactor(figures, at) * cycleAt(at)
    return level * (1 + burstsAt(seed, figures, at) + spikeAt(seed, figures, at))
  }
}

function courseOfDay(figures: DemandFigures, at: number): number {
  const turn = (2 * PI * (at % dayMs)) / dayMs
  const weekendCourse = isWeekend(at) ? figures.weekendHarmonics : undefined
  return (weekendCourse ?? figures.harmonics).reduce(
    (sum, { cosine, sine }, index) => sum + cosine * cos((index + 1) * turn) + sine * sin((index + 1) * turn),
    0,
  )
}

function weekFactor(figures: DemandFigures, at: number): number {
  return isWeekend(at) ? figures.weekendFactor : 1
}

/** 1970-01-01 was a Thursday: days 2 and 3 of each week counted from it are Saturday and Sunday. */
export function isWeekend(atMs: number): boolean {
  const day = floor(atMs / dayMs) % 7
  return day === 2 || day === 3
}

/** Each day has its own surges; those of the day before may still last. They start at once and fade exponentially. */
function burstsAt(seed: number, figures: DemandFigures, at: number): number {
  const { perDay, size, sizeSigma, minutes } = figures.bursts
  if (perDay <= 0) return 0
  const today = floor(at / dayMs)
  let sum = 0
  for (const day of [today - 1, today]) {
    const count = floor(perDay) + (uniformAt(seed, streams.burstCount, day) < perDay % 1 ? 1 : 0)
    for (let index = 0; index < count; index += 1) {
      const place = day * 512 + index
      const age = at - (day + uniformAt(seed, streams.burstPlace, place)) * dayMs
      if (age < 0) continue
      const length = minutes * 60_000 * (0.5 + uniformAt(seed, streams.burstLength, place))
      sum += size * exp(sizeSigma * normalAt(seed, streams.burstSize, place) - age / length)
    }
  }
  return sum
}

function spikeAt(seed: number, figures: DemandFigures, at: number): number {
  if (figures.spikes === undefined) return 0
  const { everyDays, peak, riseHours, decayHours } = figures.spikes
  const lengthMs = everyDays * dayMs
  const cycle = floor(at / lengthMs)
  let extra = 0
  for (const index of [cycle - 1, cycle]) {
    const start = (index + 0.2 + 0.5 * uniformAt(seed, streams.spike, index)) * lengthMs
    const hours = (at - start) / hourMs
    if (hours < 0) continue
    extra += hours < riseHours ? hours / riseHours : exp(-(hours - riseHours) / decayHours)
  }
  return (peak - 1) * extra
}
