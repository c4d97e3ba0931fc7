import type { NormalizedSchema } from '@smithy/core/schema'
import { isRecord } from './read-json-input.js'

/**
 * Where an input lacks a member that its schema requires, as paths (`metricDataQueries.1.member.id`), in the schema's
 * order. Structure schemas list their required members first and carry their number; idempotency tokens are filled by
 * clients and never counted. Only structures that are present are looked into.
 */
export function missingMembers(input: unknown, schema: NormalizedSchema): readonly string[] {
  const found: string[] = []
  collect(input, schema, '', found)
  return found
}

function collect(value: unknown, schema: NormalizedSchema, path: string, found: string[]): void {
  if (value === undefined || value === null) return
  if (schema.isListSchema() && Array.isArray(value)) {
    const member = schema.getValueSchema()
    for (const [index, item] of value.entries()) collect(item, member, `${path}.${index + 1}.member`, found)
  } else if (schema.isMapSchema() && isRecord(value)) {
    const member = schema.getValueSchema()
    for (const [key, item] of Object.entries(value)) collect(item, member, `${path}.${key}`, found)
  } else if (schema.isStructSchema() && isRecord(value)) {
    collectStruct(value, schema, path, found)
  }
}

function collectStruct(
  value: Readonly<Record<string, unknown>>,
  schema: NormalizedSchema,
  path: string,
  found: string[],
): void {
  const required = requiredNames(schema)
  for (const [name, member] of schema.structIterator()) {
    const here = path === '' ? name : `${path}.${name}`
    const absent = value[name] === undefined || value[name] === null
    if (absent && required.has(name) && !member.isIdempotencyToken()) found.push(here)
    else collect(value[name], member, here, found)
  }
}

function requiredNames(schema: NormalizedSchema): ReadonlySet<string> {
  const tuple: unknown = schema.getSchema()
  if (!Array.isArray(tuple) || !Array.isArray(tuple[4]) || typeof tuple[6] !== 'number') return new Set()
  return new Set(tuple[4].slice(0, tuple[6]).map(String))
}
