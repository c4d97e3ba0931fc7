/** Readers of SDK-shaped input members. A member of another type than expected is as good as absent. */
export type Members = Readonly<Record<string, unknown>>

export function textOf(input: Members, name: string): string | undefined {
  const value = input[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberOf(input: Members, name: string): number | undefined {
  const value = input[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Milliseconds since 1970 of a time member; ISO text and epoch seconds are read too. */
export function timeOf(input: Members, name: string): number | undefined {
  const value = input[name]
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value * 1000
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(parsed) ? undefined : parsed
}

/** A list of texts; undefined when the member is absent or empty, which AWS takes for "all". */
export function textsOf(input: Members, name: string): readonly string[] | undefined {
  const value = input[name]
  if (!Array.isArray(value)) return undefined
  const texts = value.filter((item): item is string => typeof item === 'string')
  return texts.length === 0 ? undefined : texts
}

export function recordOf(input: Members, name: string): Members | undefined {
  const value = input[name]
  return isMembers(value) ? value : undefined
}

export function recordsOf(input: Members, name: string): readonly Members[] {
  const value = input[name]
  return Array.isArray(value) ? value.filter(isMembers) : []
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
