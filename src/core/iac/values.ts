import type { CodeScalar, RefusalReason } from '../model/code.js'
import type { Place } from './place.js'

/** Where in the code a scalar stands, and which kind of place that is. */
export interface Leaf {
  readonly id: string
  readonly place: Place
  readonly quoted: boolean
  readonly where: string
  /** The variables it passes through, whose validation a new value has to satisfy. */
  readonly variables: readonly VariablePass[]
}

/** A variable of one module instance. */
export interface VariablePass {
  readonly instancePath: string
  readonly name: string
}

/** The leaves and resources (`@…`) that can change a value. */
export type Dependencies = ReadonlySet<string>

/** A value as far as the code decides it, with what it depends on. Parts of maps and lists are evaluated when asked for. */
export type Value = KnownValue | MapValue | ListValue | ResourceValue | UnknownValue

/** A scalar; `leaf` is there when it passes unchanged from exactly one place. */
export interface KnownValue {
  readonly kind: 'known'
  readonly scalar: CodeScalar | null
  readonly leaf?: Leaf
  readonly trail: readonly Place[]
  readonly dependencies: Dependencies
}

/** A map whose keys are all known. `dependencies` are those of its keys alone. */
export interface MapValue {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, () => Value>
  readonly dependencies: Dependencies
}

/** A list whose length is known. */
export interface ListValue {
  readonly kind: 'list'
  readonly items: readonly (() => Value)[]
  readonly dependencies: Dependencies
}

/** A resource, or an attribute of it that only AWS knows. */
export interface ResourceValue {
  readonly kind: 'resource'
  readonly id: string
  readonly instancePath: string
  readonly address: string
  readonly key: string | undefined
  readonly path: readonly string[]
  readonly dependencies: Dependencies
}

/** A value that the code does not decide, with the reason and the places that show it. */
export interface UnknownValue {
  readonly kind: 'unknown'
  readonly reason: RefusalReason
  readonly places: readonly Place[]
  readonly dependencies: Dependencies
  /** The text as far as it is known, undefined for each unknown part (`"web-${var.env}"` → `web-`, undefined). */
  readonly shape?: readonly (string | undefined)[]
  /** What the value is a function of, completely written out: equal signs mean equal values, whatever they are. */
  readonly sign?: string
}

/** No dependency at all. */
export const none: Dependencies = new Set<string>()

/** The union of dependencies; shares a set where it can. */
export function joined(sets: readonly Dependencies[]): Dependencies {
  const full = sets.filter((set) => set.size > 0)
  const [only] = full
  if (full.length <= 1) return only ?? none
  const all = new Set<string>()
  for (const set of full) for (const id of set) all.add(id)
  return all
}

/** An unknown value. */
export function unknown(
  reason: RefusalReason,
  places: readonly Place[],
  dependencies: Dependencies = none,
): UnknownValue {
  return {
    kind: 'unknown',
    reason,
    places,
    dependencies,
  }
}

/** A computed scalar that no single place holds. */
export function computed(scalar: CodeScalar | null, dependencies: Dependencies = none): KnownValue {
  return {
    kind: 'known',
    scalar,
    trail: [],
    dependencies,
  }
}

/** The same value with more dependencies. */
export function dependingOn<V extends Value>(value: V, more: Dependencies): V {
  return more.size === 0 ? value : { ...value, dependencies: joined([value.dependencies, more]) }
}

/** The same value one step further on its way: the place passed and, where a name is given, the kind of place it now is. */
export function passing(value: Value, place: Place, where?: string): Value {
  if (value.kind !== 'known') return value
  const leaf = value.leaf === undefined || where === undefined ? value.leaf : { ...value.leaf, where }
  return { ...value, trail: [place, ...value.trail], ...(leaf === undefined ? {} : { leaf }) }
}

const deep = new WeakMap<Value, Dependencies>()

/** Everything that a value depends on, its parts included. Found once for each value, so that shared parts cost nothing. */
export function deepDependencies(value: Value, depth = 0): Dependencies {
  if (value.kind !== 'map' && value.kind !== 'list') return value.dependencies
  const known = deep.get(value)
  if (known) return known
  if (depth > 200) return value.dependencies
  const parts = value.kind === 'map' ? [...value.entries.values()] : value.items
  const made = joined([value.dependencies, ...parts.map((part) => deepDependencies(part(), depth + 1))])
  deep.set(value, made)
  return made
}

const placesShown = 50

/** Leaves of a value's parts, to show candidates; the first fifty. */
export function leavesOf(value: Value): readonly Place[] {
  const found: Place[] = []
  const open: Value[] = [value]
  for (let steps = 0; steps < 1_000 && found.length < placesShown; steps += 1) {
    const next = open.shift()
    if (next === undefined) break
    if (next.kind === 'known' && next.leaf !== undefined) found.push(next.leaf.place)
    else if (next.kind === 'unknown') found.push(...next.places)
    else if (next.kind === 'map') open.push(...[...next.entries.values()].slice(0, placesShown).map((part) => part()))
    else if (next.kind === 'list') open.push(...next.items.slice(0, placesShown).map((part) => part()))
  }
  return found
}

/** The scalar as Terraform turns it into text; undefined for null. */
export function asText(scalar: CodeScalar | null): string | undefined {
  return scalar === null ? undefined : String(scalar)
}

/** Evaluates at most once. */
export function once(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** One part of a value: its path inside the value (`/a/0`), what it depends on, and its sign where that is known. */
export interface ValuePart {
  readonly path: string
  readonly dependencies: Dependencies
  readonly text: string | undefined
}

/** Parts of one value that are told apart; more than any real configuration has. */
const partsAllowed = 20_000

/**
 * A map or list part by part, so that one place feeding two parts is seen twice. Past the limit the rest is one part: its
 * users can no longer be told apart, which only ever makes an edit be refused.
 */
export function valueParts(value: Value): readonly ValuePart[] {
  const parts: ValuePart[] = []
  const open: { readonly path: string; readonly value: Value }[] = [{ path: '', value }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value: part } = next
    const nested = part.kind === 'map' || part.kind === 'list'
    if (!nested || parts.length > partsAllowed) {
      parts.push({ path, dependencies: deepDependencies(part), text: nested ? undefined : signOf(part) })
      continue
    }
    parts.push({ path: `${path}/`, dependencies: part.dependencies, text: undefined })
    const inside = part.kind === 'map' ? [...part.entries] : part.items.map((item, at) => [String(at), item] as const)
    if (inside.length + open.length > partsAllowed)
      parts.push({ path: `${path}/*`, dependencies: deepDependencies(part), text: undefined })
    else for (const [key, entry] of inside.toReversed()) open.push({ path: `${path}/${key}`, value: entry() })
  }
  return parts
}

/** The complete description of a value: equal signs mean equal values. Undefined where something in it is not described. */
export function signOf(value: Value, depth = 0): string | undefined {
  if (value.kind === 'known') return JSON.stringify(value.scalar)
  if (value.kind === 'resource') return `${value.id}.${value.path.join('.')}`
  if (value.kind === 'unknown') return value.sign
  if (depth > 16) return undefined
  const parts = value.kind === 'map' ? [...value.entries] : value.items.map((item, at) => [String(at), item] as const)
  const signs = parts.map(([key, part]) => {
    const sign = signOf(part(), depth + 1)
    return sign === undefined ? undefined : `${JSON.stringify(key)}:${sign}`
  })
  return signs.every((sign) => sign !== undefined) ? `{${signs.join(',')}}` : undefined
}

/** An unknown value with a sign, where there is one. */
export function signed(value: UnknownValue, sign: string | undefined): UnknownValue {
  return sign === undefined ? value : { ...value, sign }
}
