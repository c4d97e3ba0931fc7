import type { EditableProperty, RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Value } from '../values.js'
import type { FoundResource } from './address.js'
import { type Attribute, attributeOf } from './ast.js'
import { type AttributeUse, nestedBodies, ownerOf, type ScopedBody, useOf } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import type { World } from './world.js'

/** Where a group takes a property from: the attribute, its value, and what else names the same thing. */
export interface PropertySource {
  readonly kind: 'source'
  readonly use: AttributeUse
  /** The key to write by hand, where it is not the attribute's own name. */
  readonly label?: string | undefined
  readonly value: Value
  /** Resources on the way (`@…` of a launch template), whose other users would change too. */
  readonly carriers: readonly string[]
  readonly carrierOwners: readonly string[]
  readonly where: string | undefined
}

/** Why a property has no one source. */
export interface PropertyRefused {
  readonly kind: 'refused'
  readonly reason: RefusalReason
  readonly places: readonly Place[]
}

/** What to look for in a group. */
export interface PropertyQuery {
  readonly world: World
  readonly group: FoundResource
  readonly property: EditableProperty
  /** For `spotMix`: the key that changes; for an override its type. */
  readonly mixKey?: string | undefined
  readonly mixType?: string | undefined
}

/** A refusal with places. */
export function propertyRefusal(reason: RefusalReason, places: readonly Place[]): PropertyRefused {
  return {
    kind: 'refused',
    reason,
    places,
  }
}

/** The attribute at a path of nested blocks; several blocks of one type are several candidates. */
export function attributeSource(
  query: PropertyQuery,
  parent: ScopedBody,
  path: readonly string[],
  where?: string,
): PropertySource | PropertyRefused {
  const { world, group } = query
  const [name, ...rest] = path
  if (name === undefined) return propertyRefusal('absent', [])
  if (rest.length > 0) {
    const bodies = nestedBodies(world, parent, name)
    const [body, second] = bodies
    if (second !== undefined)
      return propertyRefusal(
        'several-candidates',
        bodies.map((one) => one.body.attributes[0]?.place ?? group.block.place),
      )
    return body === undefined
      ? propertyRefusal('absent', [group.block.place])
      : attributeSource(query, body, rest, where)
  }
  const attribute = attributeOf(parent.body, name)
  if (attribute === undefined) return propertyRefusal('absent', [firstLine(group)])
  return sourceAt(world, ownerOf(group.instance, group.block, group.copy), attribute, parent, where)
}

function firstLine(group: FoundResource): Place {
  return { ...group.block.place, end: group.block.place.start }
}

/** A source from an attribute that is found. */
export function sourceAt(
  world: World,
  owner: string,
  attribute: Attribute,
  parent: ScopedBody,
  where?: string,
): PropertySource {
  const use = useOf(owner, attribute, parent)
  const value = evaluate(world, parent.scope, attribute.value)
  return { kind: 'source', use, value, carriers: [], carrierOwners: [], where }
}

/** The overrides of a group's mixed instances policy. */
export function overrideBodies(world: World, parent: ScopedBody): readonly ScopedBody[] {
  return nestedBodies(world, parent, 'mixed_instances_policy').flatMap((policy) =>
    nestedBodies(world, policy, 'launch_template').flatMap((template) => nestedBodies(world, template, 'override')),
  )
}
