import { JsonShapeDeserializer } from '@aws-sdk/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from './aws-error.js'

const EPOCH_SECONDS = 7

/** An operation's JSON body as plain data, before any schema; an empty body is `{}`. Throws SerializationException. */
export function parseJsonBody(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {}
  try {
    const parsed: unknown = JSON.parse(body)
    if (isRecord(parsed)) return parsed
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON', 400)
  }
  throw new AwsError('SerializationException', 'Start of structure or map found where not expected.', 400)
}

/**
 * An operation's input out of its parsed JSON body: times become `Date` and blobs bytes, members that the schema does not
 * know are dropped as AWS does. Throws SerializationException naming the place where a value has the wrong kind.
 */
export function readJsonInput(
  body: Readonly<Record<string, unknown>>,
  schema: NormalizedSchema,
): Readonly<Record<string, unknown>> {
  if (!schema.isStructSchema()) return {}
  refuseWrongKinds(body, schema, '')
  const settings = { timestampFormat: { useTrait: true, default: EPOCH_SECONDS } as const, jsonName: false }
  const input: unknown = new JsonShapeDeserializer(settings).readObject(schema, body as never)
  return isRecord(input) ? input : {}
}

/** Whether a value is an object with members (no array, no null). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseWrongKinds(value: unknown, schema: NormalizedSchema, path: string): void {
  if (value === undefined || value === null) return
  const wanted = wantedKind(schema)
  if (wanted !== undefined && !wanted.holds(value)) throw wrongKind(path, wanted.name, value)
  if (schema.isListSchema() && Array.isArray(value)) {
    const member = schema.getValueSchema()
    for (const [index, item] of value.entries()) refuseWrongKinds(item, member, `${path}[${index}]`)
  } else if (schema.isStructSchema() && isRecord(value)) {
    for (const [name, member] of schema.structIterator()) refuseWrongKinds(value[name], member, join(path, name))
  } else if (schema.isMapSchema() && isRecord(value)) {
    const member = schema.getValueSchema()
    for (const [name, item] of Object.entries(value)) refuseWrongKinds(item, member, join(path, name))
  }
}

interface Kind {
  readonly name: string
  readonly holds: (value: unknown) => boolean
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity'
}

function wantedKind(schema: NormalizedSchema): Kind | undefined {
  if (schema.isStructSchema() || schema.isMapSchema()) return { name: 'an object', holds: isRecord }
  if (schema.isListSchema()) return { name: 'a list', holds: Array.isArray }
  if (schema.isStringSchema() || schema.isBlobSchema()) return { name: 'a string', holds: (v) => typeof v === 'string' }
  if (schema.isBooleanSchema()) return { name: 'true or false', holds: (v) => typeof v === 'boolean' }
  if (schema.isNumericSchema() || schema.isTimestampSchema()) return { name: 'a number', holds: isNumber }
  return undefined
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

function wrongKind(path: string, wanted: string, value: unknown): AwsError {
  const got = Array.isArray(value) ? 'a list' : typeof value
  return new AwsError('SerializationException', `reading ${path}: expected ${wanted}, got ${got}`, 400)
}
