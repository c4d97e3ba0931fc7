import { z } from 'zod'

/** The keys that the schema allows below `keys`; none where it allows any. */
export function keysAt(schema: z.ZodType, keys: readonly PropertyKey[]): readonly string[] {
  let at: z.ZodType | undefined = inner(schema)
  for (const key of keys) at = at && childOf(at, key)
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

/** The schema without `optional`. */
export function inner(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? inner(schema.unwrap() as z.ZodType) : schema
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<PropertyKey, z.ZodType>>
    const child = Object.hasOwn(shape, key) ? shape[key] : undefined
    return child && inner(child)
  }
  if (schema instanceof z.ZodRecord) return inner(schema.valueType as z.ZodType)
  return schema instanceof z.ZodArray ? inner(schema.element as z.ZodType) : undefined
}
