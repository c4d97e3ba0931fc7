import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from './aws-error.js'
import { type FormTree, formTree, numberedChildren } from './form-tree.js'

type Flavour = 'query' | 'ec2'

/**
 * An operation's input out of a Query or ec2Query form, the reverse of the SDK's QueryShapeSerializer: lists are
 * `Name.member.N` (flattened and ec2 lists `Name.N`), maps `Name.entry.N.key` and `.value`, an empty list `Name=`.
 * Throws MalformedInput for a number, boolean or time that is none; unknown keys are ignored as AWS does.
 */
export function readFormInput(
  form: URLSearchParams,
  schema: NormalizedSchema,
  flavour: Flavour,
): Readonly<Record<string, unknown>> {
  if (!schema.isStructSchema()) return {}
  return readStruct(formTree(form), schema, flavour)
}

function readStruct(tree: FormTree, schema: NormalizedSchema, flavour: Flavour): Record<string, unknown> {
  const struct: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const child = tree.children.get(memberKey(name, member, flavour))
    if (child !== undefined) struct[name] = readValue(child, member, flavour)
  }
  return struct
}

function memberKey(name: string, member: NormalizedSchema, flavour: Flavour): string {
  const traits = member.getMergedTraits() as Readonly<Record<string, unknown>>
  const key = typeof traits.xmlName === 'string' ? traits.xmlName : name
  if (flavour === 'query') return key
  if (typeof traits.ec2QueryName === 'string') return traits.ec2QueryName
  return key.charAt(0).toUpperCase() + key.slice(1)
}

function readValue(tree: FormTree, schema: NormalizedSchema, flavour: Flavour): unknown {
  if (schema.isStructSchema()) return readStruct(tree, schema, flavour)
  if (schema.isListSchema()) return readList(tree, schema, flavour)
  if (schema.isMapSchema()) return readMap(tree, schema, flavour)
  return readScalar(tree.value ?? '', schema)
}

function isFlat(schema: NormalizedSchema, flavour: Flavour): boolean {
  return flavour === 'ec2' || Boolean(schema.getMergedTraits().xmlFlattened)
}

function itemKey(schema: NormalizedSchema, otherwise: string): string {
  const name = schema.getMergedTraits().xmlName
  return typeof name === 'string' ? name : otherwise
}

function readList(tree: FormTree, schema: NormalizedSchema, flavour: Flavour): readonly unknown[] {
  const member = schema.getValueSchema()
  const holder = isFlat(schema, flavour) ? tree : tree.children.get(itemKey(member, 'member'))
  if (holder === undefined) return []
  return numberedChildren(holder).map((item) => readValue(item, member, flavour))
}

function readMap(tree: FormTree, schema: NormalizedSchema, flavour: Flavour): Readonly<Record<string, unknown>> {
  const holder = isFlat(schema, flavour) ? tree : tree.children.get('entry')
  if (holder === undefined) return {}
  const keySchema = schema.getKeySchema()
  const valueSchema = schema.getValueSchema()
  const entries = numberedChildren(holder).flatMap((entry): [string, unknown][] => {
    const key = entry.children.get(itemKey(keySchema, 'key'))?.value
    const value = entry.children.get(itemKey(valueSchema, 'value'))
    return key === undefined || value === undefined ? [] : [[key, readValue(value, valueSchema, flavour)]]
  })
  return Object.fromEntries(entries)
}

function readScalar(text: string, schema: NormalizedSchema): unknown {
  if (schema.isNumericSchema()) return readNumber(text)
  if (schema.isBigIntegerSchema()) return BigInt(Math.trunc(readNumber(text)))
  if (schema.isBooleanSchema()) return readBoolean(text)
  if (schema.isTimestampSchema()) return readTime(text)
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'))
  return text
}

function readNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || Number.isNaN(number)) throw malformed(text, 'a number')
  return number
}

function readBoolean(text: string): boolean {
  const lower = text.toLowerCase()
  if (lower !== 'true' && lower !== 'false') throw malformed(text, 'true or false')
  return lower === 'true'
}

function readTime(text: string): Date {
  const time = /^\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
  if (Number.isNaN(time.getTime())) throw malformed(text, 'an ISO 8601 time')
  return time
}

function malformed(text: string, wanted: string): AwsError {
  return new AwsError('MalformedInput', `reading the form: expected ${wanted}, got "${text.slice(0, 80)}"`, 400)
}
