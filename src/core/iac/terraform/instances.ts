import { joinPath } from '../paths.js'
import { asText, computed, deepDependencies, joined, unknown, type Value } from '../values.js'
import { attributeOf, type Block, type Expr } from './ast.js'
import { type ModuleInstance, moduleAt, type Scope, type World } from './world.js'

/** Evaluates an expression in a scope. */
export type Evaluate = (scope: Scope, expression: Expr) => Value

/** The folder of a module call with a local source (`./x`, `../x`); undefined for registries and repositories elsewhere. */
export function localFolder(instance: ModuleInstance, call: Block): string | undefined {
  const source = attributeOf(call.body, 'source')?.value
  if (source?.kind !== 'literal' || typeof source.value !== 'string') return undefined
  if (!/^\.\.?(\/|$)/.test(source.value)) return undefined
  return joinPath(instance.module.folder, source.value.replace(/\/\/+/g, '/'))
}

/** One of the copies that `count` or `for_each` makes; `certain` is false when nobody knows how many there are. */
export interface Expansion {
  readonly key: string | undefined
  readonly scope: Scope
  readonly certain: boolean
  /** What decides which copies there are. */
  readonly structure: Value
}

/** The copies of a block. Where they are not known there is one, uncertain, with an unknown key. */
export function expand(scope: Scope, block: Block, evaluate: Evaluate): readonly Expansion[] {
  const count = attributeOf(block.body, 'count')
  const forEach = attributeOf(block.body, 'for_each')
  if (count !== undefined) return expandCount(scope, count.value, evaluate(scope, count.value))
  if (forEach !== undefined) return expandEach(scope, evaluate(scope, forEach.value))
  return [{ key: undefined, scope, certain: true, structure: computed(null) }]
}

const copiesAllowed = 200

function expandCount(scope: Scope, expression: Expr, count: Value): readonly Expansion[] {
  const known = count.kind === 'known' ? Number(count.scalar) : undefined
  if (known !== undefined && Number.isInteger(known) && known >= 0 && known <= copiesAllowed) {
    return Array.from({ length: known }, (_, at) => ({
      key: String(at),
      scope: { ...scope, count: computed(at, count.dependencies) },
      certain: true,
      structure: count,
    }))
  }
  const single = atMostOne(expression)
  const index = single
    ? computed(0, count.dependencies)
    : unknown('several-candidates', [expression.place], deepDependencies(count))
  return [{ key: single ? '0' : undefined, scope: { ...scope, count: index }, certain: single, structure: count }]
}

/** `test ? 1 : 0` makes one copy or none, whatever the test says. */
function atMostOne(expression: Expr): boolean {
  if (expression.kind === 'literal') return expression.value === 0 || expression.value === 1
  return expression.kind === 'conditional' && atMostOne(expression.yes) && atMostOne(expression.no)
}

function expandEach(scope: Scope, over: Value): readonly Expansion[] {
  if (over.kind === 'map' && over.entries.size <= copiesAllowed) {
    return [...over.entries].map(([key, value]) => ({
      key,
      scope: { ...scope, each: { key: computed(key, over.dependencies), value } },
      certain: true,
      structure: over,
    }))
  }
  const items = over.kind === 'list' && over.items.length <= copiesAllowed ? over.items.map((item) => item()) : []
  const keys = items.map((item) => (item.kind === 'known' ? asText(item.scalar) : undefined))
  if (over.kind === 'list' && keys.every((key) => key !== undefined)) {
    return [...new Set(keys)].map((key) => {
      const value = computed(key, deepDependencies(over))
      return { key, scope: { ...scope, each: { key: value, value: () => value } }, certain: true, structure: over }
    })
  }
  const lost = unknown(
    over.kind === 'unknown' ? over.reason : 'computed',
    over.kind === 'unknown' ? over.places : [],
    deepDependencies(over),
  )
  return [
    { key: undefined, scope: { ...scope, each: { key: lost, value: () => lost } }, certain: false, structure: over },
  ]
}

/** The scope of one copy by its key, also where the copies themselves are not known. */
export function expansionOf(copies: readonly Expansion[], key: string | undefined): Expansion | undefined {
  const exact = copies.find((copy) => copy.certain && copy.key === key)
  if (exact) return exact
  const [only] = copies
  if (only === undefined || only.certain || key === undefined) return undefined
  const named = computed(/^\d+$/.test(key) ? Number(key) : key)
  const { each, count } = only.scope
  return {
    ...only,
    key,
    scope: {
      ...only.scope,
      ...(each === undefined ? {} : { each: { ...each, key: named } }),
      ...(count === undefined ? {} : { count: named }),
    },
  }
}

/** A called module with a local source, and whether its copies are known. */
export interface Child {
  readonly instance: ModuleInstance
  readonly certain: boolean
}

/** The instance behind `module.name` or `module.name["key"]`; undefined for an unknown name, key or a source elsewhere. */
export function childInstance(
  world: World,
  parent: ModuleInstance,
  name: string,
  key: Value | undefined,
  evaluate: Evaluate,
): Child | undefined {
  const [call] = parent.module.byName.get(`module ${name}`) ?? []
  const wanted = key?.kind === 'known' ? asText(key.scalar) : undefined
  if (call === undefined || (key !== undefined && wanted === undefined)) return undefined
  const copy = expansionOf(expand({ instance: parent }, call, evaluate), wanted)
  return copy === undefined ? undefined : openChild(world, parent, call, copy)
}

/** All instances that a module block makes; empty for a source elsewhere. */
export function childInstances(
  world: World,
  parent: ModuleInstance,
  call: Block,
  evaluate: Evaluate,
): readonly Child[] {
  return expand({ instance: parent }, call, evaluate).flatMap((copy) => openChild(world, parent, call, copy) ?? [])
}

function openChild(world: World, parent: ModuleInstance, call: Block, copy: Expansion): Child | undefined {
  const folder = localFolder(parent, call)
  const depth = parent.path.split('module.').length
  if (folder === undefined || depth > 10) return undefined
  const own = `module.${call.labels[0] ?? ''}${copyKey(call, copy)}`
  const path = parent.path === '' ? own : `${parent.path}.${own}`
  const known = world.instances.get(path)
  const instance = known ?? { path, module: moduleAt(world, folder), call: { block: call, scope: copy.scope } }
  world.instances.set(path, instance)
  return { instance, certain: copy.certain }
}

/** The key in an address: `[0]`, `["web"]`, or nothing. */
export function copyKey(block: Block, copy: Expansion): string {
  if (attributeOf(block.body, 'count') !== undefined) return `[${copy.key ?? '*'}]`
  if (attributeOf(block.body, 'for_each') !== undefined) return `["${copy.key ?? '*'}"]`
  return ''
}

/** Everything that decides which copies a block has. */
export function structureDependencies(copies: readonly Expansion[]): Value['dependencies'] {
  return joined(
    copies.map((copy) =>
      copy.structure.kind === 'list' ? deepDependencies(copy.structure) : copy.structure.dependencies,
    ),
  )
}
