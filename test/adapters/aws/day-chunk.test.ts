import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { copySamples, decodeChunk, encodeChunk } from '../../../src/adapters/aws/day-chunk.js'

const sample = fc.oneof(fc.float({ noNaN: true }), fc.constant(Number.NaN), fc.constantFrom(0, 4, -0))
const chunk = fc.integer({ min: 0, max: 288 }).chain((from) =>
  fc.integer({ min: from, max: 288 }).chain((through) =>
    fc.record({
      periodSeconds: fc.constantFrom(60, 300),
      from: fc.constant(from),
      through: fc.constant(through),
      series: fc
        .array(
          fc.tuple(
            fc.stringMatching(/^[0-9a-f]{16}$/),
            fc.oneof(
              fc.array(sample, { minLength: through - from, maxLength: through - from }),
              sample.map((value) => Array<number>(through - from).fill(value)),
            ),
          ),
          { maxLength: 11 },
        )
        .map((entries) => new Map(entries.map(([key, values]) => [key, Float32Array.from(values)]))),
    }),
  ),
)

/** What was decoded, every sample of it. */
function unpacked(bytes: Uint8Array) {
  const found = decodeChunk(bytes)
  if (!found) return undefined
  const length = found.through - found.from
  const series = [...found.series].map(([key, packed]) => {
    const samples = new Float32Array(length)
    copySamples(packed, [0, length], samples, 0)
    return [key, samples] as const
  })
  return { ...found, series: new Map(series) }
}

describe('a chunk of a day', () => {
  it('comes back as it was, gaps as gaps, whatever is in it', () => {
    fc.assert(fc.property(chunk, (one) => expect(unpacked(encodeChunk(one))).toEqual(one)))
  })

  it('gives any part of a series', () => {
    fc.assert(
      fc.property(chunk, fc.nat(), fc.nat(), (one, a, b) => {
        const length = one.through - one.from
        const start = length === 0 ? 0 : a % length
        const end = start + (b % (length - start + 1))
        for (const [key, packed] of decodeChunk(encodeChunk(one))?.series ?? []) {
          const samples = new Float32Array(end - start + 1)
          copySamples(packed, [start, end], samples, 1)
          expect(samples.subarray(1)).toEqual(one.series.get(key)?.subarray(start, end))
        }
      }),
    )
  })

  it('is nothing at all when it is cut short, too long, or of another version', () => {
    fc.assert(
      fc.property(chunk, fc.nat(), (one, at) => {
        const bytes = encodeChunk(one)
        expect(decodeChunk(bytes.subarray(0, at % bytes.length))).toBeUndefined()
        expect(decodeChunk(Buffer.concat([bytes, Buffer.from([0])]))).toBeUndefined()
        expect(decodeChunk(Uint8Array.from([2, ...bytes.subarray(1)]))).toBeUndefined()
      }),
    )
  })

  it('never throws on other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeChunk(Uint8Array.from([1, ...bytes]))),
    )
  })

  it('is small where little happens: a day of eleven series, four of them steady, fits in two of the units that AWS bills', () => {
    const series = new Map(
      Array.from({ length: 11 }, (_, index) => [
        index.toString(16).padStart(16, '0'),
        Float32Array.from({ length: 288 }, (_, step) => (index < 4 ? index : Math.sin(step * (index + 1)))),
      ]),
    )
    const { length } = encodeChunk({ periodSeconds: 300, from: 0, through: 288, series })
    expect(length).toBeLessThanOrEqual(8_192 + 200)
  })
})
