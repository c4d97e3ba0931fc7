import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'

const text = fc.stringMatching(/^[a-zA-Z0-9 <>&"'%+=.äß漢-]{1,12}$/).map((drawn) => `x${drawn}x`)
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((drawn) => (Object.is(drawn, -0) ? 1 : drawn))
const time = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000))

/**
 * Values of a schema's shape, down to the given depth: present structures have a member, lists and maps an item.
 * `undefined` when nothing of that shape fits in that depth.
 */
export function arbitraryShape(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> | undefined {
  if (schema.isStructSchema()) return depth <= 0 ? undefined : arbitraryStruct(schema, depth)
  if (schema.isListSchema()) {
    const item = arbitraryShape(schema.getValueSchema(), depth - 1)
    return depth <= 0 || item === undefined ? undefined : fc.array(item, { minLength: 1, maxLength: 12 })
  }
  if (schema.isMapSchema()) {
    const item = arbitraryShape(schema.getValueSchema(), depth - 1)
    return depth <= 0 || item === undefined ? undefined : fc.dictionary(text, item, { minKeys: 1, maxKeys: 3 })
  }
  if (schema.isNumericSchema()) return number
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isTimestampSchema()) return time
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 9 })
  return schema.isStringSchema() ? text : undefined
}

function arbitraryStruct(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> | undefined {
  const members = [...schema.structIterator()].flatMap(([name, member]) => {
    const value = arbitraryShape(member, depth - 1)
    return value === undefined ? [] : [[name, value] as const]
  })
  if (members.length === 0) return undefined
  return fc
    .subarray(members, { minLength: 1, maxLength: Math.min(6, members.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen), { noNullPrototype: true }))
}
