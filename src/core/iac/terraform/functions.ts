import { readJson } from '../json-reader.js'
import { joinPath } from '../paths.js'
import { callTerragrunt } from '../terragrunt/functions.js'
import {
  asText,
  computed,
  deepDependencies,
  dependingOn,
  joined,
  leavesOf,
  passing,
  unknown,
  type Value,
} from '../values.js'
import { attributeOf, type Expr } from './ast.js'
import { dataValue } from './data-value.js'
import type { Scope, World } from './world.js'

/** A call to evaluate. */
export interface Call {
  readonly world: World
  readonly scope: Scope
  readonly expression: Expr & { readonly kind: 'call' }
  readonly evaluate: (expression: Expr) => Value
}

/**
 * The functions that are followed. A value passes through conversions and choices unchanged; keys, conditions and counts
 * may be computed from known text. Every other function is `computed` and depends on all its arguments.
 */
export function callFunction(call: Call): Value {
  const { name } = call.expression
  const choice = choices[name]
  if (choice) return choice(call)
  if (name === 'jsondecode' || name === 'yamldecode') return decoded(call)
  const own = callTerragrunt(call)
  if (own !== undefined) return own
  const args = call.expression.args.map((arg) => call.evaluate(arg))
  if (conversions.has(name)) return args[0] ?? lost(call, args)
  const made = computations[name]?.(args)
  if (made === undefined) return lost(call, args)
  const shallow = name === 'length' || name === 'keys'
  const dependencies = joined(
    args.map((arg) => (shallow && arg.kind !== 'unknown' ? arg.dependencies : deepDependencies(arg))),
  )
  return typeof made === 'object' && made !== null ? dependingOn(made, dependencies) : computed(made, dependencies)
}

function lost(call: Call, args: readonly Value[]): Value {
  const blocking = args.find((arg) => arg.kind === 'unknown' && arg.reason !== 'absent')
  const reason = blocking?.kind === 'unknown' && blocking.reason === 'external-value' ? 'external-value' : 'computed'
  return unknown(reason, [call.expression.place], joined(args.map((arg) => deepDependencies(arg))))
}

const conversions = new Set(['tonumber', 'tostring', 'tobool', 'toset', 'tolist', 'tomap', 'sensitive', 'nonsensitive'])

const choices: Readonly<Record<string, (call: Call) => Value>> = {
  lookup: (call) => {
    const [map, key, fallback] = call.expression.args.map((arg) => call.evaluate(arg))
    if (map === undefined || key === undefined) return lost(call, [])
    const all = [map, key, ...(fallback === undefined ? [] : [fallback])]
    const name = key.kind === 'known' ? asText(key.scalar) : undefined
    if (map.kind !== 'map') return lost(call, all)
    if (name === undefined)
      return unknown('several-candidates', leavesOf(map), joined(all.map((one) => deepDependencies(one))))
    const found = map.entries.get(name)?.() ?? fallback
    if (found === undefined) return lost(call, all)
    return dependingOn(passing(found, call.expression.place), joined([map.dependencies, deepDependencies(key)]))
  },
  try: (call) => {
    const skipped: Value[] = []
    for (const arg of call.expression.args) {
      const value = call.evaluate(arg)
      const before = joined(skipped.map((one) => deepDependencies(one)))
      if (value.kind !== 'unknown') return dependingOn(passing(value, call.expression.place), before)
      if (value.reason !== 'absent') return lost(call, [...skipped, value])
      skipped.push(value)
    }
    return lost(call, skipped)
  },
  coalesce: (call) => {
    const skipped: Value[] = []
    for (const arg of call.expression.args) {
      const value = call.evaluate(arg)
      const before = joined(skipped.map((one) => deepDependencies(one)))
      if (value.kind !== 'known') return lost(call, [...skipped, value])
      if (value.scalar !== null && value.scalar !== '')
        return dependingOn(passing(value, call.expression.place), before)
      skipped.push(value)
    }
    return lost(call, skipped)
  },
  merge: (call) => {
    const maps = call.expression.args.map((arg) => call.evaluate(arg))
    if (maps.some((map) => map.kind !== 'map')) return lost(call, maps)
    const entries = new Map<string, () => Value>()
    for (const map of maps)
      if (map.kind === 'map') for (const [key, value] of map.entries) entries.set(key, () => withoutLeaf(value(), call))
    return { kind: 'map', entries, dependencies: joined(maps.map((map) => map.dependencies)) }
  },
}

/** What several maps decide together is nobody's own place to edit: any of them may win tomorrow. */
function withoutLeaf(value: Value, call: Call): Value {
  return value.kind === 'known'
    ? unknown('computed', [...(value.leaf ? [value.leaf.place] : []), call.expression.place], value.dependencies)
    : value
}

type Answer = string | number | boolean | Value | undefined

function texts(args: readonly Value[]): readonly string[] | undefined {
  const all = args.map((arg) => (arg.kind === 'known' ? asText(arg.scalar) : undefined))
  return all.every((text) => text !== undefined) ? all : undefined
}

function textual(make: (...parts: readonly string[]) => string | boolean | undefined) {
  return (args: readonly Value[]): Answer => {
    const known = texts(args)
    const made = known === undefined ? undefined : make(...known)
    return typeof made === 'string' && made.length > 10_000 ? undefined : made
  }
}

function itemTexts(list: Value | undefined): readonly string[] | undefined {
  return list?.kind === 'list' ? texts(list.items.map((item) => item())) : undefined
}

const computations: Readonly<Record<string, (args: readonly Value[]) => Answer>> = {
  lower: textual((text = '') => text.toLowerCase()),
  upper: textual((text = '') => text.toUpperCase()),
  trimspace: textual((text = '') => text.trim()),
  trimprefix: textual((text = '', prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: textual((text = '', suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  startswith: textual((text = '', prefix = '') => text.startsWith(prefix)),
  endswith: textual((text = '', suffix = '') => text.endsWith(suffix)),
  format: textual((pattern = '', ...rest) => formatted(pattern, rest)),
  replace: textual((text = '', from = '', to = '') => (from.startsWith('/') ? undefined : text.replaceAll(from, to))),
  length: ([value]) => {
    if (value?.kind === 'map') return value.entries.size
    if (value?.kind === 'list') return value.items.length
    return value?.kind === 'known' && typeof value.scalar === 'string' ? value.scalar.length : undefined
  },
  contains: ([list, wanted]) => {
    const items = itemTexts(list)
    const [text] = wanted === undefined ? [] : (texts([wanted]) ?? [])
    return items === undefined || text === undefined ? undefined : items.includes(text)
  },
  keys: ([map]) =>
    map?.kind === 'map'
      ? {
          kind: 'list',
          items: [...map.entries.keys()].toSorted().map((key) => () => computed(key)),
          dependencies: map.dependencies,
        }
      : undefined,
  split: ([by, text]) => {
    const [separator, whole] = by === undefined || text === undefined ? [] : (texts([by, text]) ?? [])
    if (separator === undefined || whole === undefined) return undefined
    const made = whole.split(separator).map((part) => () => computed(part))
    return { kind: 'list', items: made, dependencies: new Set<string>() }
  },
  join: ([by, list]) => {
    const [separator] = by === undefined ? [] : (texts([by]) ?? [])
    const items = itemTexts(list)
    const joinedText = separator === undefined ? undefined : items?.join(separator)
    return joinedText !== undefined && joinedText.length > 10_000 ? undefined : joinedText
  },
  fileexists: () => undefined,
}

function formatted(pattern: string, rest: readonly string[]): string | undefined {
  if (/%[^sd]/.test(pattern) || pattern.split('%').length - 1 !== rest.length) return undefined
  let at = -1
  return pattern.replace(/%[sd]/g, () => {
    at += 1
    return rest[at] ?? ''
  })
}

/** `jsondecode(file("x.json"))`: the file's own values, to be edited there. */
function decoded(call: Call): Value {
  const [inner] = call.expression.args
  const args = call.expression.args.map((arg) => call.evaluate(arg))
  const path = inner?.kind === 'call' && inner.name === 'file' ? inner.args[0] : undefined
  const name = path === undefined ? undefined : fileArgument(call, path)
  const text = name === undefined ? undefined : call.world.files.get(name)
  if (name === undefined || text === undefined) return lost(call, args)
  const node = call.expression.name === 'jsondecode' ? readJson(text) : call.world.syntax.yaml(text)
  if (node.kind === 'fault') return unknown(node.reason, [{ file: name, start: 0, end: 0 }])
  return dataValue(name, node)
}

function fileArgument(call: Call, path: Expr): string | undefined {
  const value = call.evaluate(path)
  const text = value.kind === 'known' ? asText(value.scalar) : undefined
  if (text === undefined) return undefined
  const module = call.scope.instance.module.folder
  const fromModule = usesModulePath(path) ? joinPath('', text) : joinPath(call.world.rootFolder, text)
  return fromModule !== undefined && call.world.files.has(fromModule) ? fromModule : joinPath(module, text)
}

function usesModulePath(path: Expr): boolean {
  return (
    path.kind === 'template' &&
    path.parts.some((part) => typeof part !== 'string' && part.kind === 'reference' && part.root === 'path')
  )
}

/** The literal source of a module block; undefined when it is not a plain string. */
export function sourceOf(body: Parameters<typeof attributeOf>[0]): string | undefined {
  const source = attributeOf(body, 'source')?.value
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined
}
