import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseTrace } from './parse-trace.js'
import type { Trace } from './trace.js'
import { TraceError } from './trace-error.js'

const csvEnding = /\.csv(\.gz)?$/

interface IndexEntry {
  readonly role: string | undefined
  readonly periodSeconds: number | undefined
}

/**
 * Reads every `.csv` and `.csv.gz` of a folder and those below it (`timestamp,value`, ISO 8601 UTC, any regular period,
 * missing steps are gaps), sorted by path. Where there is an index.json, series with `role: companion` are skipped and
 * its `periodSeconds` is taken. Throws `TraceError` naming file, line and value; also for a folder without any series.
 */
export function readTraces(folder: string): readonly Trace[] {
  demandFolder(folder)
  const index = readIndex(folder)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => csvEnding.test(name))
  const wanted = files.filter((file) => index.get(seriesOf(file))?.role !== 'companion').sort()
  if (wanted.length === 0) {
    throw new TraceError(`reading traces: expected at least one .csv or .csv.gz file in ${folder}, found none`)
  }
  return wanted.map((file) =>
    parseTrace(file, readText(join(folder, file), file), index.get(seriesOf(file))?.periodSeconds),
  )
}

function demandFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  const met = found ? 'is not a folder' : 'does not exist'
  throw new TraceError(`reading traces: expected a folder, got "${folder}", which ${met}`)
}

/** An index may name the plain file where the packed one lies, or the other way round. */
function seriesOf(file: string): string {
  return file.replace(csvEnding, '')
}

function readText(path: string, file: string): string {
  const bytes = readFileSync(path)
  if (!file.endsWith('.gz')) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch (error) {
    throw new TraceError(`reading ${file}: expected gzip, ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readIndex(folder: string): ReadonlyMap<string, IndexEntry> {
  const path = join(folder, 'index.json')
  if (!existsSync(path)) return new Map()
  const entries = listIn(path).flatMap((value) => {
    if (typeof value !== 'object' || value === null || !('file' in value)) return []
    const role = 'role' in value && typeof value.role === 'string' ? value.role : undefined
    const period = 'periodSeconds' in value && typeof value.periodSeconds === 'number' ? value.periodSeconds : undefined
    return [[seriesOf(String(value.file)), { role, periodSeconds: period }] as const]
  })
  return new Map(entries)
}

function listIn(path: string): readonly unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new TraceError(`reading index.json: expected JSON, ${error instanceof Error ? error.message : String(error)}`)
  }
  if (Array.isArray(parsed)) return parsed
  const list = typeof parsed === 'object' && parsed !== null && 'traces' in parsed ? parsed.traces : undefined
  if (!Array.isArray(list)) throw new TraceError('reading index.json: expected a list, or one under "traces"')
  return list
}
