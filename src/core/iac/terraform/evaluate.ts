import {
  asText,
  computed,
  deepDependencies,
  dependingOn,
  joined,
  none,
  once,
  passing,
  unknown,
  type Value,
} from '../values.js'
import { type Expr, partsOf } from './ast.js'
import { follow } from './follow.js'
import { forValue } from './for-value.js'
import { callFunction } from './functions.js'
import { binaryValue, notValue } from './operators.js'
import { referenceValue } from './reference-value.js'
import type { Scope, World } from './world.js'

/** What an expression is worth in a scope. Never throws; what cannot be decided is unknown and keeps all it depends on. */
export function evaluate(world: World, scope: Scope, expression: Expr): Value {
  world.budget.left -= 1
  if (world.budget.left < 0 || world.active.size > 200) {
    world.budget.left = -1
    return unknown('too-large', [expression.place])
  }
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression)
    case 'template':
      return templateValue(world, scope, expression)
    case 'reference':
      return referenceValue(world, scope, expression)
    case 'traversal':
      return follow(world, scope, evaluate(world, scope, expression.target), expression.steps, expression.place)
    case 'call':
      return callFunction({ world, scope, expression, evaluate: (inner) => evaluate(world, scope, inner) })
    case 'conditional':
      return conditionalValue(world, scope, expression)
    case 'binary':
      return binaryValue(world, scope, expression)
    case 'not':
      return notValue(evaluate(world, scope, expression.operand), expression.place)
    case 'object':
      return objectValue(world, scope, expression)
    case 'list':
      return {
        kind: 'list',
        items: expression.items.map((item) => once(() => evaluate(world, scope, item))),
        dependencies: none,
      }
    case 'for':
      return forValue(world, scope, expression)
    case 'opaque':
      return opaqueValue(world, scope, expression)
  }
}

function literalValue(expression: Expr & { kind: 'literal' }): Value {
  const { place, value, quoted } = expression
  if (value === null) return computed(null)
  const id = `${place.file}:${place.start}`
  return {
    kind: 'known',
    scalar: value,
    leaf: { id, place, quoted, where: 'literal', variables: [] },
    trail: [place],
    dependencies: new Set([id]),
  }
}

/** Everything inside counts, each part evaluated as far as it goes. */
export function opaqueValue(world: World, scope: Scope, expression: Expr): Value {
  return unknown(
    'computed',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )
}

/** Names and keys are short; texts that double themselves from local to local are not followed. */
const longestText = 10_000

function templateValue(world: World, scope: Scope, expression: Expr & { kind: 'template' }): Value {
  const parts = expression.parts.map((part) =>
    typeof part === 'string' ? computed(part) : evaluate(world, scope, part),
  )
  const [only, more] = parts
  if (only !== undefined && more === undefined && typeof expression.parts[0] !== 'string') return only
  const dependencies = joined(parts.map((part) => deepDependencies(part)))
  const texts = parts.map((part) => (part.kind === 'known' ? asText(part.scalar) : undefined))
  if (texts.every((text) => text !== undefined)) {
    const length = texts.reduce((sum, text) => sum + text.length, 0)
    return length > longestText
      ? unknown('computed', [expression.place], dependencies)
      : computed(texts.join(''), dependencies)
  }
  const blocking = parts.find((part) => part.kind === 'unknown')
  const lost = unknown(blocking?.kind === 'unknown' ? blocking.reason : 'computed', [expression.place], dependencies)
  return { ...lost, shape: parts.flatMap(shapeOf) }
}

function shapeOf(part: Value): readonly (string | undefined)[] {
  if (part.kind === 'known') return [asText(part.scalar)]
  return part.kind === 'unknown' && part.shape !== undefined ? part.shape : [undefined]
}

function conditionalValue(world: World, scope: Scope, expression: Expr & { kind: 'conditional' }): Value {
  const test = evaluate(world, scope, expression.test)
  if (test.kind === 'known' && (test.scalar === true || test.scalar === false)) {
    const arm = evaluate(world, scope, test.scalar ? expression.yes : expression.no)
    return dependingOn(passing(arm, expression.place, 'conditional-branch'), test.dependencies)
  }
  const arms = [expression.yes, expression.no].map((arm) => evaluate(world, scope, arm))
  const dependencies = joined([deepDependencies(test), ...arms.map((arm) => deepDependencies(arm))])
  return unknown('several-candidates', [expression.place], dependencies)
}

function objectValue(world: World, scope: Scope, expression: Expr & { kind: 'object' }): Value {
  const entries = new Map<string, () => Value>()
  const keys: Value[] = []
  for (const entry of expression.entries) {
    const key = entry.key.kind === 'literal' ? computed(entry.key.value) : evaluate(world, scope, entry.key)
    const name = key.kind === 'known' ? asText(key.scalar) : undefined
    if (name === undefined) return opaqueValue(world, scope, expression)
    keys.push(key)
    entries.set(
      name,
      once(() => passing(evaluate(world, scope, entry.value), entry.value.place, 'map-entry')),
    )
  }
  return { kind: 'map', entries, dependencies: joined(keys.map((key) => key.dependencies)) }
}
