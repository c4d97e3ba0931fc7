import { asText, computed, deepDependencies, dependingOn, joined, none, once, unknown, type Value } from '../values.js'
import type { ForExpr } from './ast.js'
import { evaluate, opaqueValue } from './evaluate.js'
import type { Scope, World } from './world.js'

/** The elements of a map or list as key and value; undefined when they are not known. */
export function elementsOf(value: Value): readonly { readonly key: Value; readonly value: () => Value }[] | undefined {
  if (value.kind === 'map')
    return [...value.entries].map(([key, entry]) => ({ key: computed(key, value.dependencies), value: entry }))
  if (value.kind !== 'list') return undefined
  return value.items.map((item, at) => ({ key: computed(at, value.dependencies), value: item }))
}

/** A for-expression over known elements; over others it is computed and depends on all of them. */
export function forValue(world: World, scope: Scope, expression: ForExpr): Value {
  const over = evaluate(world, scope, expression.over)
  const elements = elementsOf(over)
  const made =
    elements === undefined || expression.grouped ? undefined : forElements(world, scope, expression, elements)
  if (made !== undefined) return dependingOn(made, over.dependencies)
  const names = new Map(
    expression.names.map(
      (name) => [name, () => unknown('computed', [expression.place], deepDependencies(over))] as const,
    ),
  )
  return opaqueValue(world, { ...scope, names: new Map([...(scope.names ?? []), ...names]) }, expression)
}

function forElements(
  world: World,
  scope: Scope,
  expression: ForExpr,
  elements: readonly { readonly key: Value; readonly value: () => Value }[],
): Value | undefined {
  const [first, second] = expression.names
  if (first === undefined || elements.length > 500) return undefined
  const entries = new Map<string, () => Value>()
  const items: (() => Value)[] = []
  let dependencies = none
  for (const element of elements) {
    const bound =
      second === undefined
        ? [[first, element.value] as const]
        : ([
            [first, () => element.key],
            [second, element.value],
          ] as const)
    const inner = { ...scope, names: new Map([...(scope.names ?? []), ...bound]) }
    const kept = expression.test === undefined ? computed(true) : evaluate(world, inner, expression.test)
    if (kept.kind !== 'known' || typeof kept.scalar !== 'boolean') return undefined
    dependencies = joined([dependencies, kept.dependencies])
    if (!kept.scalar) continue
    const value = once(() => evaluate(world, inner, expression.value))
    items.push(value)
    if (expression.key === undefined) continue
    const key = evaluate(world, inner, expression.key)
    const name = key.kind === 'known' ? asText(key.scalar) : undefined
    if (name === undefined) return undefined
    dependencies = joined([dependencies, key.dependencies])
    entries.set(name, value)
  }
  return expression.key === undefined ? { kind: 'list', items, dependencies } : { kind: 'map', entries, dependencies }
}
