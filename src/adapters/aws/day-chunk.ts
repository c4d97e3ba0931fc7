import { gaps, isGap } from '../../core/model/series.js'

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
  const runs = countRuns(samples)
  const [first] = samples
  if (first === undefined || (runs === 1 && isGap(first))) return Buffer.from([layouts.gaps])
  if (runs === 1) {
    const bytes = Buffer.alloc(5)
    bytes.writeUInt8(layouts.constant, 0)
    bytes.writeFloatLE(first, 1)
    return bytes
  }
  return runs * runBytes < samples.length * 4 ? encodeRuns(samples, runs) : encodePlain(samples)
}

function countRuns(samples: Float32Array): number {
  let runs = Math.min(samples.length, 1)
  for (let at = 1; at < samples.length; at += 1) if (differs(samples, at)) runs += 1
  return runs
}

/** Whether a sample is another than the one before it; a gap is like a gap. */
function differs(samples: Float32Array, at: number): boolean {
  return !Object.is(samples[at], samples[at - 1])
}

function encodeRuns(samples: Float32Array, runs: number): Buffer {
  const bytes = Buffer.alloc(3 + runs * runBytes)
  bytes.writeUInt8(layouts.runs, 0)
  bytes.writeUInt16LE(runs, 1)
  let [start, at] = [0, 3]
  for (let end = 1; end <= samples.length; end += 1) {
    if (end < samples.length && !differs(samples, end)) continue
    bytes.writeUInt16LE(end - start, at)
    bytes.writeFloatLE(samples[start] as number, at + 2)
    start = end
    at += runBytes
  }
  return bytes
}

function encodePlain(samples: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + samples.length * 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setUint8(0, layouts.plain)
  for (let at = 0; at < samples.length; at += 1) view.setFloat32(1 + at * 4, samples[at] as number, true)
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
