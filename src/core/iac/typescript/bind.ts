import { joined } from '../values.js'
import type { Pattern } from './ast.js'
import { givenVariable } from './context.js'
import { itemsOf, memberOf } from './member.js'
import { branch, merge } from './merge.js'
import { nullish } from './operators.js'
import {
  allDependencies,
  type ClassValue,
  dependent,
  listOf,
  nothing,
  objectOf,
  type ProgramValue,
  plain,
  unknownValue,
} from './program-values.js'
import { openObject, type Run, setCell, setEntry, setItems } from './run.js'
import { cellOf, placeAt, type Scope } from './scope.js'

/** Binds a value to a pattern: declares names in the scope, or assigns to what is there. */
export function bind(run: Run, scope: Scope, pattern: Pattern, value: ProgramValue, how: 'declare' | 'assign'): void {
  if (pattern.kind === 'bind') bindName(run, scope, pattern.name, value, how)
  else if (pattern.kind === 'place') assignTo(run, scope, pattern, value)
  else if (pattern.kind === 'fallback') bind(run, scope, pattern.pattern, withFallback(run, scope, pattern, value), how)
  else if (pattern.kind === 'take') bindEntries(run, scope, pattern, value, how)
  else bindItems(run, scope, pattern, value, how)
}

function bindName(run: Run, scope: Scope, name: string, value: ProgramValue, how: 'declare' | 'assign'): void {
  const made = dependent(named(run, name, value), run.state.control)
  const found = how === 'assign' ? cellOf(scope, name) : scope.cells.get(name)
  const cell = found ?? { value: undefined }
  if (found === undefined) scope.cells.set(name, cell)
  setCell(run, cell, made)
}

/** What is not known may be known to the caller under the name that it gets. */
function named(run: Run, name: string, value: ProgramValue): ProgramValue {
  if (value.kind !== 'unknown') return value
  return givenVariable(run, name) ?? (value.hint === undefined ? { ...value, hint: name } : value)
}

/** A missing value's fallback; where it is not known whether it is missing, both are possible. */
function withFallback(
  run: Run,
  scope: Scope,
  pattern: Pattern & { readonly kind: 'fallback' },
  value: ProgramValue,
): ProgramValue {
  const missing = value.kind === 'scalar' ? value.scalar === undefined : nullish(value)
  if (missing === false) return value
  let fallback: ProgramValue = nothing
  const evaluate = () => {
    fallback = run.steps.evaluate(run, scope, pattern.value)
    return { kind: 'on' as const }
  }
  if (missing === true) {
    evaluate()
    const value = fallback as ProgramValue
    return value.kind === 'scalar' && value.leaf?.where === 'literal'
      ? { ...value, leaf: { ...value.leaf, where: 'config-default' } }
      : value
  }
  branch(run, allDependencies(value), [evaluate, () => ({ kind: 'on' })])
  return merge([value, fallback], allDependencies(value))
}

function bindEntries(
  run: Run,
  scope: Scope,
  pattern: Pattern & { readonly kind: 'take' },
  value: ProgramValue,
  how: 'declare' | 'assign',
): void {
  const taken: string[] = []
  for (const entry of pattern.entries) {
    const key = entry.key.kind === 'literal' ? plain(entry.key.value) : run.steps.evaluate(run, scope, entry.key)
    if (key.kind === 'scalar') taken.push(String(key.scalar))
    const place = placeAt(scope, entry.pattern)
    bind(run, scope, entry.pattern, memberOf(run, value, key, { scope, span: place, ordinal: place.start }, place), how)
  }
  if (pattern.rest === undefined) return
  const rest =
    value.kind === 'object' && value.resource === undefined
      ? objectOf(
          [...value.entries].filter(([key]) => !taken.includes(key)),
          value.rest,
          value.dependencies,
        )
      : value.kind === 'unknown'
        ? value
        : unknownValue('computed', [placeAt(scope, pattern)], allDependencies(value))
  bind(run, scope, pattern.rest, rest, how)
}

function bindItems(
  run: Run,
  scope: Scope,
  pattern: Pattern & { readonly kind: 'pick' },
  value: ProgramValue,
  how: 'declare' | 'assign',
): void {
  const { items, rest } = itemsOf(value)
  for (const [at, item] of pattern.items.entries())
    if (item !== undefined) bind(run, scope, item, items[at] ?? rest ?? nothing, how)
  if (pattern.rest !== undefined) bind(run, scope, pattern.rest, listOf(items.slice(pattern.items.length), rest), how)
}

function assignTo(run: Run, scope: Scope, pattern: Pattern & { readonly kind: 'place' }, value: ProgramValue): void {
  const { target } = pattern
  if (target.kind !== 'member') return
  const object = run.steps.evaluate(run, scope, target.object)
  const key =
    target.property.kind === 'literal' ? plain(target.property.value) : run.steps.evaluate(run, scope, target.property)
  const made = dependent(value, run.state.control)
  const place = placeAt(scope, target)
  if (
    object.kind === 'unknown' ||
    (object.kind === 'object' && object.resource !== undefined && object.instanceOf === undefined)
  )
    noteOverride(run, object, key, place)
  if (object.kind === 'class') setEntry(run, object.statics, keyText(key) ?? '?', made)
  if (object.kind === 'list') assignItem(run, object, key, made)
  if (object.kind !== 'object') return
  const name = keyText(key)
  if (name !== undefined && hasSetter(object.instanceOf, name))
    setEntry(run, object, name, unknownValue('computed', [place], allDependencies(made)))
  else if (name !== undefined) setEntry(run, object, name, made)
  else
    openEverything(
      run,
      object,
      unknownValue('computed', [place], joined([allDependencies(key), allDependencies(made)])),
    )
}

function hasSetter(owner: ClassValue | undefined, name: string): boolean {
  if (owner === undefined) return false
  const own = owner.node.members.some(
    ({ kind, key }) => kind === 'setter' && key.kind === 'literal' && key.value === name,
  )
  return own || (owner.base?.kind === 'class' && hasSetter(owner.base, name))
}

function openEverything(run: Run, object: ReturnType<typeof objectOf>, rest: ReturnType<typeof unknownValue>): void {
  for (const [name, entry] of object.entries) setEntry(run, object, name, merge([entry, rest], rest.dependencies))
  openObject(run, object, rest)
}

function keyText(key: ProgramValue): string | undefined {
  return key.kind === 'scalar' ? String(key.scalar) : undefined
}

function assignItem(
  run: Run,
  list: ProgramValue & { readonly kind: 'list' },
  key: ProgramValue,
  value: ProgramValue,
): void {
  const at = key.kind === 'scalar' ? Number(key.scalar) : Number.NaN
  if (Number.isInteger(at) && at >= 0 && at <= list.items.length && at < 10_000) {
    const items = [...list.items]
    items[at] = value
    setItems(run, list, items, list.rest)
    return
  }
  const dependencies = joined([allDependencies(list), allDependencies(key), allDependencies(value)])
  setItems(run, list, [], unknownValue('computed', [], dependencies))
}

/** An assignment to what a library made: it may win over what the library was given. */
export function noteOverride(
  run: Run,
  object: ProgramValue,
  key: ProgramValue,
  place: ReturnType<typeof placeAt>,
): void {
  const from = object.kind === 'unknown' ? object.from : undefined
  const resource = object.kind === 'object' ? object.resource : from?.resource
  const path = [...(from?.path ?? []), keyText(key) ?? '*'].join('.')
  run.overrides.push({ resource, path, place })
}
