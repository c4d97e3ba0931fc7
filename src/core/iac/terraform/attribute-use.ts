import { deepDependencies, unknown, type Value } from '../values.js'
import { type Attribute, attributeOf, type Block, type Body, blocksOf, type Expr } from './ast.js'
import { evaluate } from './evaluate.js'
import { elementsOf } from './for-value.js'
import { copyKey, type Expansion, expand } from './instances.js'
import type { ModuleInstance, Scope, World } from './world.js'

/** One attribute of one copy of one block: where a value is used. `id` names it across all copies and instances. */
export interface AttributeUse {
  readonly id: string
  readonly owner: string
  readonly attribute: Attribute
  readonly scope: Scope
  /** True for what a `dynamic` block counts: only how many elements there are matters, not what is in them. */
  readonly counts: boolean
}

/** A nested body with the scope that holds in it; `suffix` tells the elements of `dynamic` blocks apart. */
export interface ScopedBody {
  readonly body: Body
  readonly scope: Scope
  readonly suffix: string
}

/** The name of one copy of a block over all module instances. */
export function ownerOf(instance: ModuleInstance, block: Block, copy: Expansion): string {
  const name = block.type === 'resource' ? block.labels.join('.') : [block.type, ...block.labels].join('.')
  return `${instance.path}|${name}${copyKey(block, copy)}`
}

/** One use. */
export function useOf(
  owner: string,
  attribute: Attribute,
  { scope, suffix }: Pick<ScopedBody, 'scope' | 'suffix'>,
): AttributeUse {
  return {
    id: `${owner}#${attribute.place.file}:${attribute.place.start}${suffix}`,
    owner,
    attribute,
    scope,
    counts: false,
  }
}

/** The body of one copy of a block. */
export function bodyOfCopy(block: Block, copy: Expansion): ScopedBody {
  return {
    body: block.body,
    scope: copy.scope,
    suffix: '',
  }
}

/** The nested blocks of one type, those that a `dynamic` block makes included, one for each element where they are known. */
export function nestedBodies(world: World, parent: ScopedBody, type: string): readonly ScopedBody[] {
  return [
    ...blocksOf(parent.body, type).map((block) => ({ ...parent, body: block.body })),
    ...blocksOf(parent.body, 'dynamic')
      .filter((block) => block.labels[0] === type)
      .flatMap((block) => dynamicBodies(world, parent, block)),
  ]
}

function dynamicBodies(world: World, parent: ScopedBody, block: Block): readonly ScopedBody[] {
  const [content] = blocksOf(block.body, 'content')
  const over = attributeOf(block.body, 'for_each')
  if (content === undefined || over === undefined) return []
  const value = evaluate(world, parent.scope, over.value)
  const iterator = iteratorName(attributeOf(block.body, 'iterator')?.value) ?? block.labels[0] ?? ''
  const elements = elementsOf(value)
  const lost = unknown('several-candidates', [over.value.place], deepDependencies(value))
  const each = elements ?? [{ key: lost, value: () => lost }]
  return each.map((element, at) => ({
    body: content.body,
    scope: bound(parent.scope, iterator, element),
    suffix: `${parent.suffix}~${at}`,
  }))
}

function iteratorName(expression: Expr | undefined): string | undefined {
  return expression?.kind === 'reference' ? expression.root : undefined
}

function bound(scope: Scope, name: string, element: { readonly key: Value; readonly value: () => Value }): Scope {
  const entries = new Map([['key', () => element.key] as const, ['value', element.value] as const])
  const value: Value = { kind: 'map', entries, dependencies: new Set<string>() }
  return { ...scope, names: new Map([...(scope.names ?? []), [name, () => value] as const]) }
}

/** Every attribute below a body, `dynamic` blocks opened; of `lifecycle` only its conditions, which a value may break. */
export function usesBelow(world: World, owner: string, parent: ScopedBody): readonly AttributeUse[] {
  const own = parent.body.attributes.map((attribute) => useOf(owner, attribute, parent))
  const nested = parent.body.blocks.flatMap((block) => {
    if (block.type === 'lifecycle') {
      return block.body.blocks.flatMap((condition) => usesBelow(world, owner, { ...parent, body: condition.body }))
    }
    if (block.type !== 'dynamic') return usesBelow(world, owner, { ...parent, body: block.body })
    const over = attributeOf(block.body, 'for_each')
    const counted = over === undefined ? [] : [{ ...useOf(owner, over, parent), counts: true }]
    return [...counted, ...dynamicBodies(world, parent, block).flatMap((body) => usesBelow(world, owner, body))]
  })
  return [...own, ...nested]
}

/** The copies of a block in an instance. */
export function copiesOf(world: World, instance: ModuleInstance, block: Block): readonly Expansion[] {
  return expand({ instance }, block, (scope, expression) => evaluate(world, scope, expression))
}
