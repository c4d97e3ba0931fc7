import { deepDependencies, unknown, type Value } from '../values.js'
import { type Attribute, attributeOf, type Block, type Body, blocksOf, type Expr } from './ast.js'
import { elementsOf, evaluate } from './evaluate.js'
import { copyKey, type Expansion, expand } from './instances.js'
import type { ModuleInstance, Scope, World } from './world.js'

/** One attribute of one copy of one block: where a value is used. `id` names it across all copies and instances. */
export interface AttributeUse {
  readonly id: string
  readonly owner: string
  readonly attribute: Attribute
  readonly scope: Scope
}

/** A nested body with the scope that holds in it (the iterator of a `dynamic` block is bound). */
export interface ScopedBody {
  readonly body: Body
  readonly scope: Scope
}

/** The name of one copy of a block over all module instances. */
export const ownerOf = (instance: ModuleInstance, block: Block, copy: Expansion): string => {
  const name = block.type === 'resource' ? block.labels.join('.') : [block.type, ...block.labels].join('.')
  return `${instance.path}|${name}${copyKey(block, copy)}`
}

/** One use. */
export const useOf = (owner: string, attribute: Attribute, scope: Scope, suffix = ''): AttributeUse => ({
  id: `${owner}#${attribute.place.file}:${attribute.place.start}${suffix}`,
  owner,
  attribute,
  scope,
})

/** The nested blocks of one type, those that a `dynamic` block makes included, one for each element where they are known. */
export const nestedBodies = (world: World, parent: ScopedBody, type: string): readonly ScopedBody[] => [
  ...blocksOf(parent.body, type).map((block) => ({ body: block.body, scope: parent.scope })),
  ...blocksOf(parent.body, 'dynamic')
    .filter((block) => block.labels[0] === type)
    .flatMap((block) => dynamicBodies(world, parent.scope, block)),
]

const dynamicBodies = (world: World, scope: Scope, block: Block): readonly ScopedBody[] => {
  const [content] = blocksOf(block.body, 'content')
  const over = attributeOf(block.body, 'for_each')
  if (content === undefined || over === undefined) return []
  const value = evaluate(world, scope, over.value)
  const iterator = iteratorName(attributeOf(block.body, 'iterator')?.value) ?? block.labels[0] ?? ''
  const elements = elementsOf(value)
  const lost = unknown('several-candidates', [over.value.place], deepDependencies(value))
  const each = elements ?? [{ key: lost, value: () => lost }]
  return each.map((element) => ({ body: content.body, scope: bound(scope, iterator, element) }))
}

const iteratorName = (expression: Expr | undefined): string | undefined =>
  expression?.kind === 'reference' ? expression.root : undefined

const bound = (scope: Scope, name: string, element: { readonly key: Value; readonly value: () => Value }): Scope => {
  const entries = new Map([['key', () => element.key] as const, ['value', element.value] as const])
  const value: Value = { kind: 'map', entries, dependencies: new Set<string>() }
  return { ...scope, names: new Map([...(scope.names ?? []), [name, () => value] as const]) }
}

/** Every attribute below a body, `dynamic` blocks opened. */
export const usesBelow = (world: World, owner: string, parent: ScopedBody, suffix = ''): readonly AttributeUse[] => {
  const own = parent.body.attributes.map((attribute) => useOf(owner, attribute, parent.scope, suffix))
  const nested = parent.body.blocks.flatMap((block) => {
    if (block.type !== 'dynamic') return usesBelow(world, owner, { body: block.body, scope: parent.scope }, suffix)
    const bodies = dynamicBodies(world, parent.scope, block)
    return bodies.flatMap((body, at) => usesBelow(world, owner, body, `${suffix}~${at}`))
  })
  return [...own, ...nested]
}

/** The copies of a block in an instance. */
export const copiesOf = (world: World, instance: ModuleInstance, block: Block): readonly Expansion[] =>
  expand({ instance }, block, (scope, expression) => evaluate(world, scope, expression))
