import type { Trace } from './trace.js'
import { TraceError } from './trace-error.js'

/** A year of five-minute steps, a hundredfold: beyond that a wrong date, not a gap, is the likely cause. */
const maxSteps = 10_512_000

interface Row {
  readonly atMs: number
  readonly value: number
  readonly line: number
}

/**
 * Reads one recording: a header `timestamp,value`, then rows in order of time. The period is the given one, or the most
 * frequent distance between rows; every row must lie on that grid. Missing steps and empty values become gaps (NaN).
 *
 * @example parseTrace('a.csv', 'timestamp,value\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,2\n').periodSeconds // 300
 */
export function parseTrace(file: string, text: string, periodSeconds?: number): Trace {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const header = (lines[0] ?? '').replaceAll(' ', '').toLowerCase()
  if (header !== 'timestamp,value') {
    throw new TraceError(
      `reading ${file} line 1: expected the header "timestamp,value", got "${short(lines[0] ?? '')}"`,
    )
  }
  const rows = lines.slice(1).flatMap((line, index) => (line.trim() === '' ? [] : [readRow(file, line, index + 2)]))
  const [first] = rows
  if (first === undefined) throw new TraceError(`reading ${file}: expected rows after the header, found none`)
  refuseDisorder(file, rows)
  const period = periodSeconds ?? usualDistanceSeconds(rows)
  return {
    id: file.replace(/\.csv(\.gz)?$/, ''),
    file,
    periodSeconds: period,
    startMs: first.atMs,
    values: onGrid(file, rows, first.atMs, period),
  }
}

function readRow(file: string, line: string, number: number): Row {
  const [stamp = '', text = '', ...rest] = line.split(',').map((part) => part.trim())
  if (rest.length > 0) {
    throw new TraceError(`reading ${file} line ${number}: expected two columns, got "${short(line)}"`)
  }
  const atMs = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(stamp) ? Date.parse(withZone(stamp)) : Number.NaN
  if (Number.isNaN(atMs)) {
    throw new TraceError(`reading ${file} line ${number}: expected an ISO 8601 time in UTC, got "${short(stamp)}"`)
  }
  const value = text === '' || /^nan$/i.test(text) ? Number.NaN : Number(text)
  if (text !== '' && !/^nan$/i.test(text) && !(Number.isFinite(value) && value >= 0)) {
    throw new TraceError(`reading ${file} line ${number}: expected a number not below 0, got "${short(text)}"`)
  }
  return { atMs, value, line: number }
}

function withZone(stamp: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(stamp) ? stamp : `${stamp.replace(' ', 'T')}Z`
}

function refuseDisorder(file: string, rows: readonly Row[]): void {
  rows.forEach((row, index) => {
    const before = rows[index - 1]
    if (before !== undefined && row.atMs <= before.atMs) {
      const [got, last] = [new Date(row.atMs).toISOString(), new Date(before.atMs).toISOString()]
      throw new TraceError(`reading ${file} line ${row.line}: expected a time after ${last}, got "${got}"`)
    }
  })
}

function usualDistanceSeconds(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  rows.forEach((row, index) => {
    const before = rows[index - 1]
    if (before === undefined) return
    const distance = (row.atMs - before.atMs) / 1000
    counts.set(distance, (counts.get(distance) ?? 0) + 1)
  })
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 300
}

function onGrid(file: string, rows: readonly Row[], startMs: number, periodSeconds: number): Float64Array {
  const periodMs = periodSeconds * 1000
  const stepOf = (row: Row): number => (row.atMs - startMs) / periodMs
  const last = rows.at(-1)
  const steps = last === undefined ? 0 : Math.floor(stepOf(last)) + 1
  if (!(periodSeconds > 0) || steps > maxSteps) {
    throw new TraceError(`reading ${file}: expected at most ${maxSteps} steps of ${periodSeconds} s, got ${steps}`)
  }
  const values = new Float64Array(steps).fill(Number.NaN)
  for (const row of rows) {
    const step = stepOf(row)
    if (!Number.isInteger(step)) {
      const got = new Date(row.atMs).toISOString()
      throw new TraceError(
        `reading ${file} line ${row.line}: expected a time on the ${periodSeconds} s grid, got "${got}"`,
      )
    }
    values[step] = row.value
  }
  return values
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
