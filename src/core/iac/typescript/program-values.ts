import type { CodeScalar, RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import { type Dependencies, joined, type Leaf, none } from '../values.js'
import type { ClassNode, FunctionNode } from './ast.js'
import type { Resource } from './resource.js'
import type { Scope } from './scope.js'

/** What an expression of a program is worth, as far as the code decides it, with the leaves it depends on. */
export type ProgramValue =
  | ScalarValue
  | ObjectValue
  | ListValue
  | FunctionValue
  | ClassValue
  | NativeValue
  | ForeignValue
  | UnknownValue

/** A scalar; `undefined` is the language's own. `leaf` is there when it passes unchanged from exactly one place. */
export interface ScalarValue {
  readonly kind: 'scalar'
  readonly scalar: CodeScalar | null | undefined
  readonly leaf?: Leaf
  /** An instance type put together from two enum members. */
  readonly members?: { readonly family: EnumMember; readonly size: EnumMember }
  readonly trail: readonly Place[]
  readonly dependencies: Dependencies
  /** Why a value without a leaf cannot be changed in the code. */
  readonly outside?: RefusalReason
  /** A template text as written, `${}` kept. */
  readonly written?: string
}

/** A member of an enum of the library, as written. */
export interface EnumMember {
  readonly leaf: Leaf
  readonly member: string
}

/** An object, also an instance; its entries change as the program runs. */
export interface ObjectValue {
  readonly kind: 'object'
  readonly entries: Map<string, ProgramValue>
  /** What any other key is worth; undefined: there is no other key. */
  rest: UnknownValue | undefined
  readonly instanceOf: ClassValue | undefined
  /** What it defines in the cloud, once the library's constructor has been reached. */
  resource: Resource | undefined
  readonly dependencies: Dependencies
}

/** A list; `rest` stands for further items of unknown number. */
export interface ListValue {
  readonly kind: 'list'
  readonly items: ProgramValue[]
  rest: UnknownValue | undefined
  readonly dependencies: Dependencies
}

/** A function of the program; `self` is what `this` means in it. */
export interface FunctionValue {
  readonly kind: 'function'
  readonly node: FunctionNode
  readonly scope: Scope
  readonly self: ProgramValue | undefined
  readonly home: ClassValue | undefined
}

/** A class of the program. */
export interface ClassValue {
  readonly kind: 'class'
  readonly node: ClassNode
  readonly scope: Scope
  readonly base: ProgramValue | undefined
  readonly statics: ObjectValue
  readonly methods: ReadonlyMap<string, ClassMethod>
}

/** A method or getter of a class. */
export interface ClassMethod {
  readonly kind: 'method' | 'getter'
  readonly node: FunctionNode
}

/** A method of the language itself, bound to its object. */
export interface NativeValue {
  readonly kind: 'native'
  readonly name: string
  readonly self: ProgramValue
}

/** Something of a module outside the repository, or of the language (`module` is then `global`). */
export interface ForeignValue {
  readonly kind: 'foreign'
  readonly module: string
  readonly path: readonly string[]
  /** The last word of the path as written, where it was written with a dot. */
  readonly place: Place | undefined
  readonly dependencies: Dependencies
}

/** A value that the code does not decide. */
export interface UnknownValue {
  readonly kind: 'unknown'
  readonly reason: RefusalReason
  readonly places: readonly Place[]
  readonly dependencies: Dependencies
  /** The name under which it comes in (`stage`, `STAGE`), which the caller may know. */
  readonly hint?: string
  /** The resource whose attribute it is. */
  readonly from?: { readonly resource: Resource; readonly path: readonly string[] }
  /** The file of the repository whose text it is. */
  readonly textOf?: string
  /** Where it is spread: the entries that this adds, if it adds any. */
  readonly spreads?: ObjectValue
  /** The text as far as it is known, undefined for each unknown part. */
  readonly shape?: readonly (string | undefined)[]
  /** A template text as written, `${}` kept. */
  readonly written?: string
}

/** The language's undefined. */
export const nothing: ScalarValue = { kind: 'scalar', scalar: undefined, trail: [], dependencies: none }

/** A scalar that no place holds. */
export function plain(scalar: ScalarValue['scalar'], dependencies: Dependencies = none): ScalarValue {
  return { kind: 'scalar', scalar, trail: [], dependencies }
}

/** A value that the code does not decide. */
export function unknownValue(
  reason: RefusalReason,
  places: readonly Place[],
  dependencies: Dependencies = none,
): UnknownValue {
  return { kind: 'unknown', reason, places: places.slice(0, 20), dependencies }
}

/** A new object without a class. */
export function objectOf(
  entries: Iterable<readonly [string, ProgramValue]> = [],
  rest?: UnknownValue,
  dependencies: Dependencies = none,
): ObjectValue {
  return {
    kind: 'object',
    entries: new Map(entries),
    rest,
    instanceOf: undefined,
    resource: undefined,
    dependencies,
  }
}

/** Most items that a list is known to have. */
export const itemsAllowed = 4_000

/** A new list; one that is too long is a list of which nothing is known. */
export function listOf(
  items: readonly ProgramValue[],
  rest?: UnknownValue,
  dependencies: Dependencies = none,
): ListValue {
  if (items.length <= itemsAllowed) return { kind: 'list', items: [...items], rest, dependencies }
  const open = unknownValue('too-large', [], joined(items.slice(0, itemsAllowed).map(allDependencies)))
  return { kind: 'list', items: [], rest: open, dependencies }
}

/** The same value with more dependencies; an object or list keeps its entries, so that what is written to one is in both. */
export function dependent(value: ProgramValue, more: Dependencies): ProgramValue {
  if (more.size === 0) return value
  if (value.kind === 'function' || value.kind === 'class' || value.kind === 'native') return value
  if (value.kind === 'object' && (value.resource !== undefined || value.instanceOf !== undefined)) return value
  return { ...value, dependencies: joined([value.dependencies, more]) }
}

/** The value as it is now: what is written to its objects and lists later is not in it. */
export function snapshot(value: ProgramValue, depth = 0): ProgramValue {
  if (depth > depthAllowed) return value
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => snapshot(item, depth + 1)) }
  if (value.kind !== 'object' || value.resource !== undefined || value.instanceOf !== undefined) return value
  const entries = [...value.entries].map(([key, entry]) => [key, snapshot(entry, depth + 1)] as const)
  return { ...value, entries: new Map(entries) }
}

/** What marks a resource among dependencies. */
export function markOf(resource: Resource): string {
  return `@${resource.id}`
}

const depthAllowed = 24
const partsAllowed = 5_000

/** Everything a value depends on, its parts included; resources and instances count as themselves. */
export function allDependencies(value: ProgramValue): Dependencies {
  const found: Dependencies[] = []
  const seen = new Set<ProgramValue>()
  const open: ProgramValue[] = [value]
  for (let next = open.pop(); next !== undefined && seen.size < partsAllowed; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if ('dependencies' in next) found.push(next.dependencies)
    if (next.kind === 'native') open.push(next.self)
    if (next.kind === 'function' && next.self !== undefined) open.push(next.self)
    if (next.kind === 'object' && next.resource !== undefined) found.push(new Set([markOf(next.resource)]))
    else if (next.kind === 'object') open.push(...next.entries.values(), ...(next.rest ? [next.rest] : []))
    if (next.kind === 'list') open.push(...next.items, ...(next.rest ? [next.rest] : []))
  }
  return joined(found)
}

/** One part of a value: its path inside it (`/a/0`), its own dependencies, and its sign where it is wholly known. */
export interface ProgramPart {
  readonly path: string
  readonly dependencies: Dependencies
  readonly sign: string | undefined
}

/** A value part by part, so that one place feeding two parts is seen twice. */
export function partsOf(value: ProgramValue): readonly ProgramPart[] {
  const parts: ProgramPart[] = []
  const open: { readonly path: string; readonly value: ProgramValue; readonly depth: number }[] = [
    { path: '', value, depth: 0 },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value: part, depth } = next
    const entries = depth > depthAllowed || parts.length > partsAllowed ? undefined : insideOf(part)
    if (entries === undefined) {
      parts.push({ path, dependencies: allDependencies(part), sign: signOfScalar(part) })
      continue
    }
    const dependencies = 'dependencies' in part ? part.dependencies : none
    if (dependencies.size > 0) parts.push({ path: `${path}/`, dependencies, sign: undefined })
    for (const [key, entry] of entries.toReversed())
      open.push({ path: `${path}/${key}`, value: entry, depth: depth + 1 })
  }
  return parts
}

function insideOf(value: ProgramValue): readonly (readonly [string, ProgramValue])[] | undefined {
  if (value.kind === 'object' && value.resource === undefined)
    return [...value.entries, ...(value.rest ? [['*', value.rest] as const] : [])]
  if (value.kind !== 'list') return undefined
  return [
    ...value.items.map((item, at) => [String(at), item] as const),
    ...(value.rest ? [['*', value.rest] as const] : []),
  ]
}

function signOfScalar(value: ProgramValue): string | undefined {
  if (value.kind === 'scalar') return value.scalar === undefined ? 'undefined' : JSON.stringify(value.scalar)
  if (value.kind === 'foreign') return `${value.module}:${value.path.join('.')}`
  if (value.kind === 'object' && value.resource !== undefined) return markOf(value.resource)
  if (value.kind === 'unknown' && value.from !== undefined)
    return [markOf(value.from.resource), ...value.from.path].join('.')
  return undefined
}

/** The places worth showing of a value: its leaves, or where it becomes unknown. */
export function placesOf(value: ProgramValue): readonly Place[] {
  if (value.kind === 'scalar') return value.leaf === undefined ? value.trail.slice(0, 1) : [value.leaf.place]
  if (value.kind === 'unknown') return value.places
  if (value.kind === 'object' && value.resource === undefined)
    return [...value.entries.values()].slice(0, 20).flatMap((one) => (one.kind === 'scalar' ? placesOf(one) : []))
  return []
}
