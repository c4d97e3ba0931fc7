import type { DemandFigures, DemandShape } from './demand-figures.js'
import { isWeekend } from './generate-demand.js'
import { hourlyMeans, percentileOf } from './measure-series.js'
import type { Trace } from './trace.js'

const dayMs = 86_400_000
const harmonicCount = 4

/**
 * Figures that make the generator move like a recording. Only what the shape is about is fitted: growth for `growth`,
 * cycles for `onOff`, spikes for `launchSpike`. Medians and the median absolute deviation are used for whatever a few
 * extreme values would spoil. The level is not kept. Gaps and zeros take no part in the logs.
 */
export function fitFigures(trace: Trace, shape: DemandShape): DemandFigures {
  const cycle = shape === 'onOff' ? fitCycle(trace) : undefined
  const spikes = shape === 'launchSpike' ? fitSpikes(trace) : undefined
  const calm = spikes === undefined ? trace : spikes.calm
  const busy = cycle === undefined ? calm : onlyAbove(calm, cycle.threshold)
  const growthPerWeek = shape === 'growth' ? fitGrowth(busy) : 0
  const flat = withoutGrowth(busy, growthPerWeek)
  const weekendFactor = cycle === undefined ? fitWeekend(flat) : 1
  const logs = logsOf(flat, weekendFactor)
  // On and off hours already carry the day's course; a course over the busy steps alone would be fitted to chance.
  const course = cycle === undefined ? fitCourse(flat, logs, shape) : { harmonics: [] }
  const residuals = residualsOf(flat, logs, course)
  const noise = fitNoise(residuals, trace.periodSeconds)
  return {
    ...course,
    weekendFactor: round(weekendFactor),
    growthPerWeek: round(growthPerWeek),
    noise,
    bursts: fitBursts(residuals, noise.sigma, trace.periodSeconds),
    ...(cycle === undefined ? {} : { cycle: cycle.figures }),
    ...(spikes === undefined ? {} : { spikes: spikes.figures }),
  }
}

type Course = Pick<DemandFigures, 'harmonics' | 'weekendHarmonics'>

/** Where the week is what a shape is about, the weekend gets a course of its own. */
function fitCourse(trace: Trace, logs: readonly number[], shape: DemandShape): Course {
  if (shape !== 'weekly') return { harmonics: fitHarmonics(trace, logs) }
  const onDays = (weekend: boolean): readonly number[] =>
    logs.map((log, index) => (isWeekend(timeAt(trace, index)) === weekend ? log : Number.NaN))
  return { harmonics: fitHarmonics(trace, onDays(false)), weekendHarmonics: fitHarmonics(trace, onDays(true)) }
}

function timeAt(trace: Trace, index: number): number {
  return trace.startMs + index * trace.periodSeconds * 1000
}

function withValues(trace: Trace, map: (value: number, index: number) => number): Trace {
  return { ...trace, values: trace.values.map(map) }
}

function onlyAbove(trace: Trace, threshold: number): Trace {
  return withValues(trace, (value) => (value >= threshold ? value : Number.NaN))
}

function withoutGrowth(trace: Trace, growthPerWeek: number): Trace {
  const weekMs = 7 * dayMs
  return withValues(
    trace,
    (value, index) => value / (1 + growthPerWeek) ** ((timeAt(trace, index) - trace.startMs) / weekMs),
  )
}

/** Median of the slopes between all pairs of days (Theil–Sen), on the logs of daily means. */
function fitGrowth(trace: Trace): number {
  const days = dailyMeans(trace).filter(({ mean }) => mean > 0)
  const slopes: number[] = []
  for (const [index, a] of days.entries()) {
    for (const b of days.slice(index + 1)) slopes.push(Math.log(b.mean / a.mean) / (b.day - a.day))
  }
  return slopes.length === 0 ? 0 : Math.exp(7 * median(slopes)) - 1
}

function fitWeekend(trace: Trace): number {
  const days = dailyMeans(trace)
  const weekend = days.filter(({ day }) => isWeekend(day * dayMs)).map(({ mean }) => mean)
  const working = days.filter(({ day }) => !isWeekend(day * dayMs)).map(({ mean }) => mean)
  return weekend.length === 0 || working.length === 0 ? 1 : median(weekend) / median(working)
}

function dailyMeans(trace: Trace): readonly { readonly day: number; readonly mean: number }[] {
  const sums = new Map<number, { sum: number; count: number }>()
  trace.values.forEach((value, index) => {
    if (Number.isNaN(value)) return
    const day = Math.floor(timeAt(trace, index) / dayMs)
    const entry = sums.get(day) ?? { sum: 0, count: 0 }
    sums.set(day, { sum: entry.sum + value, count: entry.count + 1 })
  })
  const enough = (0.9 * 86_400) / trace.periodSeconds
  return [...sums]
    .filter(([, { count }]) => count >= enough)
    .map(([day, { sum, count }]) => ({ day, mean: sum / count }))
}

/** Logs without the weekend's factor; NaN for gaps and zeros. */
function logsOf(trace: Trace, weekendFactor: number): readonly number[] {
  return Array.from(trace.values, (value, index) => {
    const factor = isWeekend(timeAt(trace, index)) ? weekendFactor : 1
    return value > 0 ? Math.log(value / factor) : Number.NaN
  })
}

/** Projects the median log of each hour of the day on turns of a day. */
function fitHarmonics(trace: Trace, logs: readonly number[]): DemandFigures['harmonics'] {
  const hours: number[][] = Array.from({ length: 24 }, () => [])
  logs.forEach((log, index) => {
    if (!Number.isNaN(log)) hours[Math.floor((timeAt(trace, index) % dayMs) / 3_600_000)]?.push(log)
  })
  const profile = hours.map(median)
  if (profile.some(Number.isNaN)) return []
  return Array.from({ length: harmonicCount }, (_, harmonic) => {
    let cosine = 0
    let sine = 0
    profile.forEach((value, hour) => {
      const turn = (2 * Math.PI * (harmonic + 1) * (hour + 0.5)) / 24
      cosine += (value * Math.cos(turn)) / 12
      sine += (value * Math.sin(turn)) / 12
    })
    return { cosine: round(cosine), sine: round(sine) }
  })
}

function residualsOf(trace: Trace, logs: readonly number[], course: Course): readonly number[] {
  const raw = logs.map((log, index) => {
    const atMs = timeAt(trace, index)
    const turn = (2 * Math.PI * (atMs % dayMs)) / dayMs
    const harmonics = (isWeekend(atMs) ? course.weekendHarmonics : undefined) ?? course.harmonics
    return harmonics.reduce(
      (rest, { cosine, sine }, k) => rest - cosine * Math.cos((k + 1) * turn) - sine * Math.sin((k + 1) * turn),
      log,
    )
  })
  const middle = median(raw.filter((value) => !Number.isNaN(value)))
  return raw.map((value) => value - middle)
}

/** Sigma from the upper side (P84), since counts near zero stretch the lower side of a log; correlation on residuals cut at three sigma, brought to five minutes. */
function fitNoise(residuals: readonly number[], periodSeconds: number): DemandFigures['noise'] {
  const known = residuals.filter((value) => !Number.isNaN(value))
  const sigma = percentileOf(
    [...known].sort((a, b) => a - b),
    84.1,
  )
  const cut = residuals.map((value) => Math.max(-3 * sigma, Math.min(3 * sigma, value)))
  let products = 0
  let squares = 0
  for (let index = 1; index < cut.length; index += 1) {
    const a = cut[index - 1] ?? Number.NaN
    const b = cut[index] ?? Number.NaN
    if (Number.isNaN(a + b)) continue
    products += a * b
    squares += (a * a + b * b) / 2
  }
  const ar1 = Math.max(0, Math.min(0.999, products / squares))
  return { ar1: round(ar1 ** (300 / periodSeconds)), sigma: round(sigma) }
}

/** Runs of steps that stand out of the noise. */
function fitBursts(residuals: readonly number[], sigma: number, periodSeconds: number): DemandFigures['bursts'] {
  const bar = Math.max(3.5 * sigma, Math.log(1.4))
  const sizes: number[] = []
  let steps = 0
  let peak = 0
  for (const residual of [...residuals, 0]) {
    if (residual > bar) {
      steps += 1
      peak = Math.max(peak, Math.exp(residual) - 1)
    } else if (peak > 0) {
      sizes.push(peak)
      peak = 0
    }
  }
  if (sizes.length === 0) return { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 }
  const logs = sizes.map(Math.log)
  const middle = median(logs)
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) / logs.length)
  const days = (residuals.length * periodSeconds) / 86_400
  return {
    perDay: round(sizes.length / days),
    size: round(Math.exp(middle)),
    sizeSigma: round(spread),
    minutes: round((steps * periodSeconds) / 60 / sizes.length),
  }
}

/** Two levels, parted half-way between the means of the lower and the upper fifth; runs under an hour are not a state. */
function fitCycle(trace: Trace): { readonly threshold: number; readonly figures: NonNullable<DemandFigures['cycle']> } {
  const known = trace.values.filter((value) => !Number.isNaN(value)).sort()
  const threshold = (percentileOf(known, 10) + percentileOf(known, 90)) / 2
  const runs = longRuns(
    Array.from(trace.values, (value) => value >= threshold),
    3600 / trace.periodSeconds,
  )
  const hoursOf = (on: boolean): number => {
    const lengths = runs.filter((run) => run.on === on).map((run) => (run.steps * trace.periodSeconds) / 3600)
    return lengths.reduce((sum, hours) => sum + hours, 0) / Math.max(1, lengths.length)
  }
  const off = known.filter((value) => value < threshold)
  const on = known.filter((value) => value >= threshold)
  const offLevel = percentileOf(off, 50) / percentileOf(on, 50)
  return {
    threshold,
    figures: { onHours: round(hoursOf(true)), offHours: round(hoursOf(false)), offLevel: round(offLevel) },
  }
}

interface Run {
  readonly on: boolean
  readonly steps: number
}

function longRuns(states: readonly boolean[], minSteps: number): readonly Run[] {
  const runs: { on: boolean; steps: number }[] = []
  let pending = 0
  for (const on of states) {
    const last = runs.at(-1)
    if (last === undefined) runs.push({ on, steps: 1 })
    else if (on === last.on) {
      last.steps += 1 + pending
      pending = 0
    } else {
      pending += 1
      if (pending >= minSteps) {
        runs.push({ on, steps: pending })
        pending = 0
      }
    }
  }
  return runs
}

interface Surge {
  readonly from: number
  readonly at: number
  readonly until: number
  readonly peak: number
}

/** Surges: hourly means above 1.8 times what that hour of the day usually has (median of the week around it). */
function fitSpikes(trace: Trace): { readonly calm: Trace; readonly figures: NonNullable<DemandFigures['spikes']> } {
  const hourly = hourlyMeans(trace.values, trace.periodSeconds)
  const surges = findSurges(hourly)
  const perHour = 3600 / trace.periodSeconds
  const inSurge = (hour: number): boolean => surges.some(({ from, until }) => hour >= from && hour <= until)
  const medianOf = (pick: (surge: Surge) => number): number => (surges.length === 0 ? 1 : median(surges.map(pick)))
  return {
    calm: withValues(trace, (value, index) => (inSurge(Math.floor(index / perHour)) ? Number.NaN : value)),
    figures: {
      everyDays: round(hourly.length / 24 / Math.max(1, surges.length)),
      peak: round(medianOf(({ peak }) => peak)),
      riseHours: round(medianOf(({ from, at }) => at - from + 1)),
      decayHours: round(medianOf(({ at, until }) => until - at)),
    },
  }
}

function findSurges(hourly: readonly number[]): readonly Surge[] {
  const surges: Surge[] = []
  let current: Omit<Surge, 'until'> | undefined
  hourly.forEach((value, hour) => {
    const sameHour = [-3, -2, -1, 1, 2, 3].map((day) => hourly[hour + 24 * day] ?? Number.NaN)
    const ratio = value / median(sameHour.filter((other) => !Number.isNaN(other)))
    if (ratio > 1.8) {
      current ??= { from: hour, at: hour, peak: ratio }
      if (ratio > current.peak) current = { ...current, at: hour, peak: ratio }
    } else if (current !== undefined) {
      surges.push({ ...current, until: hour })
      current = undefined
    }
  })
  return surges
}

function median(values: readonly number[]): number {
  return percentileOf(
    [...values].sort((a, b) => a - b),
    50,
  )
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
