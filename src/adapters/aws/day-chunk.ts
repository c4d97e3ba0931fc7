import { endianness } from 'node:os'
import { isGap } from '../../core/model/series.js'

/**
 * A stretch of one day of a group's series, steps [from, through) of it. The key of a series is what it was asked by:
 * another statistic, metric or load balancer is another series.
 */
export interface DayStretch<S = Float32Array> {
  readonly periodSeconds: number
  readonly from: number
  readonly through: number
  readonly series: ReadonlyMap<string, S>
}

/** A stretch as it was kept: its samples are read from the bytes when they are needed. */
export type DayChunk = DayStretch<PackedSeries>

interface PackedSeries {
  readonly view: DataView
  /** Where its layout stands. */
  readonly at: number
}

/** Raised with any change of the layout, or of what a sample means: what an older version wrote is then read anew. */
const version = 1
const headBytes = 10
const keyBytes = 8
/** How one series is laid out: no data at all, one value throughout, runs of equal values, or every sample. */
const layouts = { gaps: 0, constant: 1, runs: 2, plain: 3 } as const
const runBytes = 6

/**
 * The chunk in bytes: capacities, which seldom change, take a few, a series of 288 samples that do 1,161. What
 * deflating them would save and cost: docs/performance.md. Keys are 16 hexadecimal digits.
 */
export function encodeChunk({ periodSeconds, from, through, series }: DayStretch): Uint8Array {
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
  const series = new Map<string, PackedSeries>()
  let at = headBytes
  for (let index = 0; index < count; index += 1) {
    if (at + keyBytes + 1 > bytes.byteLength) return undefined
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + at, keyBytes).toString('hex')
    series.set(key, { view, at: at + keyBytes })
    const end = endOfSamples(view, at + keyBytes, through - from)
    if (end === undefined || end > bytes.byteLength) return undefined
    at = end
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

/** Where the series ends that begins at `start`; undefined where its runs do not fit or nothing is known of its layout. */
function endOfSamples(view: DataView, start: number, length: number): number | undefined {
  switch (view.getUint8(start)) {
    case layouts.gaps:
      return start + 1
    case layouts.constant:
      return start + 5
    case layouts.plain:
      return start + 1 + length * 4
    case layouts.runs:
      return endOfRuns(view, start, length)
    default:
      return undefined
  }
}

function endOfRuns(view: DataView, start: number, length: number): number | undefined {
  if (start + 3 > view.byteLength) return undefined
  const end = start + 3 + view.getUint16(start + 1, true) * runBytes
  if (end > view.byteLength) return undefined
  let steps = 0
  for (let at = start + 3; at < end; at += runBytes) steps += view.getUint16(at, true)
  return steps === length ? end : undefined
}

/** Puts the samples [start, end) of the stretch into `samples`, from `target` on. */
export function copySamples(
  { view, at }: PackedSeries,
  [start, end]: readonly [number, number],
  samples: Float32Array,
  target: number,
): void {
  switch (view.getUint8(at)) {
    case layouts.constant:
      samples.fill(view.getFloat32(at + 1, true), target, target + end - start)
      return
    case layouts.plain:
      copyPlain(view, at + 1 + start * 4, samples.subarray(target, target + end - start))
      return
    case layouts.runs:
      copyRuns(view, at, [start, end], samples, target)
      return
    default:
      samples.fill(Number.NaN, target, target + end - start)
  }
}

const littleEndian = endianness() === 'LE'

/** The bytes as they stand, where the machine has them in the same order as the chunk. */
function copyPlain(view: DataView, at: number, samples: Float32Array): void {
  if (littleEndian) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, samples.byteLength)
    new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength).set(bytes)
  } else for (let step = 0; step < samples.length; step += 1) samples[step] = view.getFloat32(at + step * 4, true)
}

function copyRuns(
  view: DataView,
  at: number,
  [start, end]: readonly [number, number],
  samples: Float32Array,
  target: number,
): void {
  let from = 0
  for (let run = at + 3; from < end; run += runBytes) {
    const through = from + view.getUint16(run, true)
    const [first, last] = [Math.max(from, start), Math.min(through, end)]
    if (first < last) samples.fill(view.getFloat32(run + 2, true), target + first - start, target + last - start)
    from = through
  }
}
