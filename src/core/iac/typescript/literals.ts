import { joined } from '../values.js'
import type { Expression, LiteralNode, ObjectNode, TemplateNode } from './ast.js'
import { merge } from './merge.js'
import { reasonOf, shapeOf } from './operators.js'
import {
  allDependencies,
  dependent,
  nothing,
  objectOf,
  type ProgramValue,
  placesOf,
  plain,
  type UnknownValue,
  unknownValue,
} from './program-values.js'
import { openObject, type Run, setEntry } from './run.js'
import { placeAt, type Scope } from './scope.js'

/** A number or text of one place; a boolean or null is no place to edit. */
export function literalValue(scope: Scope, node: LiteralNode): ProgramValue {
  if (node.inner === undefined || typeof node.value === 'boolean' || node.value === null)
    return { ...plain(node.value), trail: [placeAt(scope, node)] }
  const place = placeAt(scope, node.inner)
  const id = `${place.file}:${place.start}`
  const leaf = { id, place, quoted: typeof node.value === 'string', where: 'literal', variables: [] }
  return { kind: 'scalar', scalar: node.value, leaf, trail: [place], dependencies: new Set([id]) }
}

/** A template text; where a part is not known, its shape. */
export function templateValue(run: Run, scope: Scope, node: TemplateNode): ProgramValue {
  const parts = node.parts.map((part) => run.steps.evaluate(run, scope, part))
  const dependencies = joined(parts.map(allDependencies))
  const shape = node.texts.flatMap((text, at) => [text, ...(parts[at] === undefined ? [] : shapeOf(parts[at]))])
  const joinedShape = mergeTexts(shape)
  const [only] = joinedShape
  const place = placeAt(scope, node)
  const written = (run.files.get(scope.file) ?? '').slice(node.start + 1, node.end - 1)
  if (joinedShape.length === 1 && only !== undefined && parts.every((part) => part.kind === 'scalar'))
    return { ...plain(only, dependencies), outside: 'computed', trail: [place], written }
  return { ...unknownValue(reasonOf(...parts), [place], dependencies), shape: joinedShape.slice(0, 50), written }
}

function mergeTexts(shape: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const merged: (string | undefined)[] = []
  for (const part of shape) {
    const last = merged.at(-1)
    if (part !== undefined && last !== undefined) merged[merged.length - 1] = last + part
    else if (part !== undefined || merged.length === 0 || last !== undefined) merged.push(part)
  }
  return merged.length > 1 ? merged.filter((part) => part !== '') : merged
}

/** An object as written, spreads laid out in their order. */
export function objectValue(run: Run, scope: Scope, node: ObjectNode): ProgramValue {
  const object = objectOf()
  for (const entry of node.entries) {
    if (entry.key === undefined) {
      spreadInto(run, object, run.steps.evaluate(run, scope, entry.value))
      continue
    }
    const key = run.steps.evaluate(run, scope, entry.key)
    const value = evaluateEntry(run, scope, entry.value, entry.getter)
    const name = key.kind === 'scalar' ? String(key.scalar) : undefined
    if (name !== undefined) {
      object.entries.delete(name)
      setEntry(run, object, name, entry.key.kind === 'literal' ? value : dependent(value, allDependencies(key)))
    } else
      openEntries(
        run,
        object,
        unknownValue('computed', placesOf(value), joined([allDependencies(key), allDependencies(value)])),
      )
  }
  return object
}

function evaluateEntry(run: Run, scope: Scope, node: Expression, getter: boolean): ProgramValue {
  const value = run.steps.evaluate(run, scope, node)
  return getter ? unknownValue('computed', [placeAt(scope, node)], allDependencies(value)) : value
}

/** Any entry may now be another one. */
function openEntries(run: Run, object: ReturnType<typeof objectOf>, rest: UnknownValue): void {
  for (const [key, value] of object.entries) setEntry(run, object, key, merge([value, rest], rest.dependencies))
  openObject(run, object, rest)
}

function spreadInto(run: Run, object: ReturnType<typeof objectOf>, value: ProgramValue): void {
  if (value.kind === 'object' && value.resource === undefined) {
    if (value.rest !== undefined) openEntries(run, object, value.rest)
    for (const [key, entry] of value.entries) {
      object.entries.delete(key)
      setEntry(run, object, key, dependent(entry, value.dependencies))
    }
  } else if (value.kind === 'unknown' && value.spreads !== undefined) {
    for (const [key, entry] of value.spreads.entries)
      setEntry(run, object, key, merge([object.entries.get(key) ?? nothing, entry], value.dependencies))
  } else if (value.kind === 'unknown' || value.kind === 'object')
    openEntries(run, object, unknownValue(reasonOf(value), placesOf(value), allDependencies(value)))
}
