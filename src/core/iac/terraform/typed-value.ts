import { computed, dependingOn, once, passing, type Value } from '../values.js'
import type { Expr } from './ast.js'

/** Evaluates the default that a type constraint holds. */
type EvaluateDefault = (expression: Expr) => Value

/**
 * A value as a variable's type makes it: missing optional attributes become null or their default, attributes that the
 * type does not name are dropped. Types that are not understood leave the value as it is.
 */
export function typedValue(value: Value, type: Expr, evaluate: EvaluateDefault): Value {
  if (type.kind !== 'call') return value
  const [inner] = type.args
  if (inner === undefined) return value
  if (type.name === 'optional') return typedValue(value, inner, evaluate)
  if (type.name === 'object' && inner.kind === 'object') return typedObject(value, inner, evaluate)
  if (type.name === 'map' && value.kind === 'map') {
    const entries = [...value.entries].map(
      ([key, entry]) => [key, once(() => typedValue(entry(), inner, evaluate))] as const,
    )
    return { ...value, entries: new Map(entries) }
  }
  if ((type.name === 'list' || type.name === 'set') && value.kind === 'list') {
    return { ...value, items: value.items.map((item) => once(() => typedValue(item(), inner, evaluate))) }
  }
  return value
}

function typedObject(value: Value, shape: Expr & { readonly kind: 'object' }, evaluate: EvaluateDefault): Value {
  if (value.kind !== 'map') return value
  const entries = new Map<string, () => Value>()
  for (const { key, value: type } of shape.entries) {
    const name = key.kind === 'literal' ? String(key.value) : undefined
    if (name === undefined) return value
    const given = value.entries.get(name)
    const made = given === undefined ? missing(type, evaluate) : once(() => typedValue(given(), type, evaluate))
    if (made !== undefined) entries.set(name, made)
  }
  return dependingOn({ kind: 'map', entries, dependencies: value.dependencies }, value.dependencies)
}

function missing(type: Expr, evaluate: EvaluateDefault): (() => Value) | undefined {
  if (type.kind !== 'call' || type.name !== 'optional') return undefined
  const [inner, fallback] = type.args
  if (inner === undefined || fallback === undefined) return () => computed(null)
  return once(() => passing(typedValue(evaluate(fallback), inner, evaluate), fallback.place, 'variable-default'))
}
