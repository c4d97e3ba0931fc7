// Bound once: in a sandboxed context, as in tests, each look-up of a global is slow.
const { floor, max, min } = Math
const isMissing = Number.isNaN

/** What a group's store keeps for each five-minute step. Averages are over the step's minutes. */
export const metricColumns = [
  'cpuAverage',
  'cpuMaximum',
  'cpuMinimum',
  'memoryAverage',
  'memoryMaximum',
  'networkInBytes',
  'networkOutBytes',
  'requests',
  'responseMs',
  'responseMaximumMs',
  'cpuCredits',
  'reporting',
  'inService',
  'pending',
  'terminating',
  'desired',
  'minSize',
  'maxSize',
  'demandVcpus',
  'usd',
] as const

export type MetricColumn = (typeof metricColumns)[number]
/** Values of one minute; NaN where there is none. */
export type MinuteValues = Readonly<Record<MetricColumn, number>>

const sums: ReadonlySet<MetricColumn> = new Set(['networkInBytes', 'networkOutBytes', 'requests', 'usd'])
const maxima: ReadonlySet<MetricColumn> = new Set(['cpuMaximum', 'memoryMaximum', 'responseMaximumMs'])
const stepMs = 300_000

/** Five-minute points of one group, from its first minute on. A step can be read when its last minute is over. */
export interface MetricStore {
  /** Adds the values of the minute that starts at `atMs`; minutes come in order. */
  record(atMs: number, values: MinuteValues): void
  /** Value of the step that starts at `atMs` (a multiple of five minutes); undefined for a gap or an unfinished step. */
  read(column: MetricColumn, atMs: number): number | undefined
  /** Start of the first step, and of the first one that is not complete. */
  readonly startMs: number
  endMs(): number
}

export function createMetricStore(startMs: number): MetricStore {
  const columns = metricColumns.map((name) => createColumn(name))
  let steps = 0
  return {
    startMs,
    endMs: () => startMs + steps * stepMs,
    record(atMs, minute) {
      for (const column of columns) column.add(minute[column.name])
      if ((atMs + 60_000) % stepMs !== 0) return
      for (const column of columns) column.finish(steps)
      steps += 1
    },
    read(name, atMs) {
      const step = floor((atMs - startMs) / stepMs)
      if (step < 0 || step >= steps) return undefined
      const value = columns[metricColumns.indexOf(name)]?.at(step)
      return value === undefined || isMissing(value) ? undefined : value
    },
  }
}

interface Column {
  readonly name: MetricColumn
  add(value: number): void
  finish(step: number): void
  at(step: number): number | undefined
}

function createColumn(name: MetricColumn): Column {
  const kind = sums.has(name) ? 'sum' : maxima.has(name) ? 'maximum' : name === 'cpuMinimum' ? 'minimum' : 'mean'
  let values = new Float64Array(4096)
  let count = 0
  let combined = 0
  return {
    name,
    add(value) {
      if (isMissing(value)) return
      if (count === 0) combined = value
      else if (kind === 'maximum') combined = max(combined, value)
      else if (kind === 'minimum') combined = min(combined, value)
      else combined += value
      count += 1
    },
    finish(step) {
      if (step >= values.length) {
        const larger = new Float64Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[step] = count === 0 ? Number.NaN : kind === 'mean' ? combined / count : combined
      count = 0
    },
    at: (step) => values[step],
  }
}
