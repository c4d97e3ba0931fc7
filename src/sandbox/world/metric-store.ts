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
  const columns = new Map<MetricColumn, Float64Array>(metricColumns.map((column) => [column, new Float64Array(4096)]))
  const pending = new Map<MetricColumn, number[]>(metricColumns.map((column) => [column, []]))
  let steps = 0
  const finishStep = (): void => {
    for (const column of metricColumns) {
      const minutes = pending.get(column) ?? []
      const values = roomFor(columns, column, steps)
      values[steps] = combine(column, minutes)
      minutes.length = 0
    }
    steps += 1
  }
  return {
    startMs,
    endMs: () => startMs + steps * stepMs,
    record(atMs, minute) {
      for (const column of metricColumns) {
        const value = minute[column]
        if (!Number.isNaN(value)) pending.get(column)?.push(value)
      }
      if ((atMs + 60_000) % stepMs === 0) finishStep()
    },
    read(column, atMs) {
      const step = Math.floor((atMs - startMs) / stepMs)
      if (step < 0 || step >= steps) return undefined
      const value = columns.get(column)?.[step]
      return value === undefined || Number.isNaN(value) ? undefined : value
    },
  }
}

function roomFor(columns: Map<MetricColumn, Float64Array>, column: MetricColumn, step: number): Float64Array {
  const values = columns.get(column) ?? new Float64Array(4096)
  if (step < values.length) return values
  const larger = new Float64Array(values.length * 2)
  larger.set(values)
  columns.set(column, larger)
  return larger
}

function combine(column: MetricColumn, minutes: readonly number[]): number {
  if (minutes.length === 0) return Number.NaN
  if (maxima.has(column)) return Math.max(...minutes)
  if (column === 'cpuMinimum') return Math.min(...minutes)
  const sum = minutes.reduce((total, value) => total + value, 0)
  return sums.has(column) ? sum : sum / minutes.length
}
