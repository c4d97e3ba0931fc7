import { gaps } from '../../core/model/series.js'

/**
 * A stretch of one day of a group's series, steps [from, through) of it. The key of a series is what it was asked by:
 * another statistic, metric or load balancer is another series.
 */
export interface DayChunk {
  readonly periodSeconds: number
  readonly from: number
  readonly through: number
  readonly series: ReadonlyMap<string, Float32Array>
}

/** Raised with any change of the layout, or of what a sample means: what an older version wrote is then read anew. */
const version = 1
const headBytes = 10
const keyBytes = 8
/** How one series is laid out: no data at all, one value throughout, runs of equal values, or every sample. */
const layouts = { gaps: 0, constant: 1, runs: 2, plain: 3 } as const
const runBytes = 6

/**
 * The chunk in bytes: capacities, which seldom change, take a few, a series of 288 samples that do 1,161. Deflating them
 * saves another tenth and costs more CPU than reading them (docs/performance.md). Keys are 16 hexadecimal digits.
 */
export function encodeChunk({ periodSeconds, from, through, series }: DayChunk): Uint8Array {
  const parts: Buffer[] = [Buffer.alloc(headBytes)]
  const head = parts[0] as Buffer
  head.writeUInt8(version, 0)
  head.writeUInt8(series.size, 1)
  head.writeUInt32LE(periodSeconds, 2)
  head.writeUInt16LE(from, 6)
  head.writeUInt16LE(through, 8)
  for (const [key, samples] of series) parts.push(Buffer.from(key, 'hex'), encodeSamples(samples))
  return Buffer.concat(parts)
}

/** What was encoded; undefined for another version, or for bytes that are not whole. */
export function decodeChunk(bytes: Uint8Array): DayChunk | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < headBytes || view.getUint8(0) !== version) return undefined
  const [count, periodSeconds] = [view.getUint8(1), view.getUint32(2, true)]
  const [from, through] = [view.getUint16(6, true), view.getUint16(8, true)]
  if (through < from) return undefined
  const series = new Map<string, Float32Array>()
  let at = headBytes
  for (let index = 0; index < count; index += 1) {
    if (at + keyBytes + 1 > bytes.byteLength) return undefined
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + at, keyBytes).toString('hex')
    const read = decodeSamples(view, at + keyBytes, through - from)
    if (read === undefined) return undefined
    series.set(key, read.samples)
    at = read.end
  }
  return at === bytes.byteLength ? { periodSeconds, from, through, series } : undefined
}

function encodeSamples(samples: Float32Array): Buffer {
  const runs = runsOf(samples)
  const [only] = runs
  if (only === undefined || (runs.length === 1 && Number.isNaN(only.value))) return Buffer.from([layouts.gaps])
  if (runs.length === 1) {
    const bytes = Buffer.alloc(5)
    bytes.writeUInt8(layouts.constant, 0)
    bytes.writeFloatLE(only.value, 1)
    return bytes
  }
  return runs.length * runBytes < samples.length * 4 ? encodeRuns(runs) : encodePlain(samples)
}

interface Run {
  readonly value: number
  length: number
}

function runsOf(samples: Float32Array): readonly Run[] {
  const runs: Run[] = []
  let last: Run | undefined
  for (const value of samples) {
    if (last && Object.is(last.value, value)) last.length += 1
    else {
      last = { value, length: 1 }
      runs.push(last)
    }
  }
  return runs
}

function encodeRuns(runs: readonly Run[]): Buffer {
  const bytes = Buffer.alloc(3 + runs.length * runBytes)
  bytes.writeUInt8(layouts.runs, 0)
  bytes.writeUInt16LE(runs.length, 1)
  for (const [index, { value, length }] of runs.entries()) {
    bytes.writeUInt16LE(length, 3 + index * runBytes)
    bytes.writeFloatLE(value, 5 + index * runBytes)
  }
  return bytes
}

function encodePlain(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(1 + samples.length * 4)
  bytes.writeUInt8(layouts.plain, 0)
  for (const [index, value] of samples.entries()) bytes.writeFloatLE(value, 1 + index * 4)
  return bytes
}

/** The samples and where the next series begins; undefined where the bytes end too soon or the runs do not fit. */
function decodeSamples(
  view: DataView,
  start: number,
  length: number,
): { readonly samples: Float32Array; readonly end: number } | undefined {
  const left = view.byteLength - start - 1
  const layout = view.getUint8(start)
  const samples = gaps(length)
  if (layout === layouts.gaps) return { samples, end: start + 1 }
  if (layout === layouts.constant) {
    return left < 4 ? undefined : { samples: samples.fill(view.getFloat32(start + 1, true)), end: start + 5 }
  }
  if (layout === layouts.plain) {
    if (left < length * 4) return undefined
    for (let index = 0; index < length; index += 1) samples[index] = view.getFloat32(start + 1 + index * 4, true)
    return { samples, end: start + 1 + length * 4 }
  }
  if (layout !== layouts.runs || left < 2) return undefined
  const end = start + 3 + view.getUint16(start + 1, true) * runBytes
  if (end > view.byteLength) return undefined
  let filled = 0
  for (let at = start + 3; at < end; at += runBytes) {
    const next = filled + view.getUint16(at, true)
    samples.fill(view.getFloat32(at + 2, true), filled, next)
    filled = next
  }
  return filled === length ? { samples, end } : undefined
}
