import type { EditableProperty, RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import type { DataNode } from '../syntax.js'
import type { Value } from '../values.js'
import { evaluateNode, placeOf } from './evaluate.js'
import type { Stack, StackWorld } from './stack.js'

/** Where a resource takes a value from. `id` is that of the use. */
export interface StackSource {
  readonly kind: 'source'
  readonly id: string
  readonly owner: string
  readonly value: Value
  readonly place: Place
  readonly name: string
  /** Ids of template resources on the way, whose other users would change too. */
  readonly carriers: readonly string[]
  readonly where: string | undefined
}

/** Why a property has no one source. */
export interface StackRefused {
  readonly kind: 'refused'
  readonly reason: RefusalReason
  readonly places: readonly Place[]
}

/** A group's resource in its stack. */
export interface StackGroup {
  readonly stack: Stack
  readonly logicalId: string
  readonly node: DataNode
}

/** What to look for. */
export interface StackQuery {
  readonly world: StackWorld
  readonly group: StackGroup
  readonly property: EditableProperty
  readonly mixKey?: string | undefined
  readonly mixType?: string | undefined
}

/** A refusal with places. */
export function stackRefusal(reason: RefusalReason, places: readonly Place[]): StackRefused {
  return {
    kind: 'refused',
    reason,
    places,
  }
}

/** The value at a path below a resource's Properties. */
export function sourceAt(
  world: StackWorld,
  group: StackGroup,
  path: readonly string[],
  where?: string,
): StackSource | StackRefused {
  const { stack, logicalId, node } = group
  const owner = `${stack.path}|${logicalId}`
  let value = evaluateNode(world, stack, node)
  const here = placeOf(stack, node)
  for (const key of ['Properties', ...path]) {
    if (value.kind === 'unknown') return stackRefusal(value.reason, value.places)
    const next =
      value.kind === 'map'
        ? value.entries.get(key)?.()
        : value.kind === 'list'
          ? value.items[Number(key)]?.()
          : undefined
    if (next === undefined) return stackRefusal('absent', [{ ...here, end: here.start }])
    value = next
  }
  const place =
    value.kind === 'known' ? (value.trail[0] ?? here) : value.kind === 'unknown' ? (value.places.at(-1) ?? here) : here
  return {
    kind: 'source',
    id: `${owner}/Properties/${path.join('/')}`,
    owner,
    value,
    place,
    name: path.at(-1) ?? '',
    carriers: [],
    where,
  }
}

const overridePath = ['MixedInstancesPolicy', 'LaunchTemplate', 'Overrides']

/** The instance types of a group's overrides. */
export function overrideSources(world: StackWorld, group: StackGroup): readonly StackSource[] {
  const list = sourceAt(world, group, overridePath)
  if (list.kind === 'refused' || list.value.kind !== 'list') return []
  return list.value.items.flatMap((_, at) => {
    const source = sourceAt(world, group, [...overridePath, String(at), 'InstanceType'])
    return source.kind === 'source' ? [source] : []
  })
}
