import type { Place } from '../place.js'
import { asText, computed, deepDependencies, dependingOn, joined, leavesOf, unknown, type Value } from '../values.js'
import type { Step } from './ast.js'
import { evaluate } from './evaluate.js'
import type { Scope, World } from './world.js'

/** Follows `.name` and `[key]` into a value. An index that is not known depends on every entry it could mean. */
export function follow(world: World, scope: Scope, value: Value, steps: readonly Step[], place: Place): Value {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (value.kind === 'resource') {
    const path = step.kind === 'attribute' ? [...value.path, step.name] : value.path
    return follow(world, scope, { ...value, path }, rest, place)
  }
  if (step.kind === 'splat') return unknown('computed', [place], deepDependencies(value))
  const key = step.kind === 'attribute' ? computed(step.name) : evaluate(world, scope, step.key)
  if (value.kind === 'unknown')
    return unknown(value.reason, value.places, joined([value.dependencies, deepDependencies(key)]))
  if (value.kind === 'known') return unknown('computed', [place], joined([value.dependencies, deepDependencies(key)]))
  const more = joined([value.dependencies, deepDependencies(key)])
  const name = key.kind === 'known' ? asText(key.scalar) : undefined
  if (name === undefined) return candidates(world, scope, value, rest, place, more)
  const entry = value.kind === 'map' ? value.entries.get(name) : value.items[Number(name)]
  if (entry === undefined) return unknown('absent', [place], more)
  return dependingOn(follow(world, scope, entry(), rest, place), more)
}

function candidates(
  world: World,
  scope: Scope,
  value: Value & { readonly kind: 'map' | 'list' },
  rest: readonly Step[],
  place: Place,
  more: Value['dependencies'],
): Value {
  const entries = value.kind === 'map' ? [...value.entries.values()] : value.items
  const possible = entries.map((entry) => follow(world, scope, entry(), rest, place))
  const places = possible.flatMap((one) => (one.kind === 'known' ? leavesOf(one) : []))
  return unknown(
    'several-candidates',
    places.length > 0 ? places : [place],
    joined([more, ...possible.map((one) => deepDependencies(one))]),
  )
}
