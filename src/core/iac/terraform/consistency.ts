import type { EditableProperty } from '../../model/code.js'
import type { ScalarChange } from '../edit-request.js'
import type { Place } from '../place.js'
import type { Found } from './address.js'
import { foreignSource } from './foreign-modules.js'
import { ignoredPlace } from './ignored.js'
import { propertySource } from './property.js'
import type { World } from './world.js'

type Target = Extract<Found, { readonly kind: 'resource' | 'foreign' }>

interface Size {
  readonly number: number
  readonly place: Place
}

/** The places that contradict minimum ≤ desired ≤ maximum after the changes; undefined when nothing known does. */
export function sizesContradict(
  world: World,
  target: Target,
  placed: readonly { readonly change: ScalarChange; readonly leaf: { readonly place: Place } }[],
): readonly Place[] | undefined {
  const changed = new Map(placed.map((one) => [one.change.property, one] as const))
  if (!['minSize', 'maxSize', 'desiredCapacity'].some((name) => changed.has(name as EditableProperty))) return undefined
  const sizeOf = (property: EditableProperty): Size | undefined => {
    const own = changed.get(property)
    if (own === undefined) return sizeInCode(world, target, property)
    return { number: Number(own.change.wanted), place: own.leaf.place }
  }
  const [min, desired, max] = [sizeOf('minSize'), sizeOf('desiredCapacity'), sizeOf('maxSize')]
  return above(min, max) ?? above(min, desired) ?? above(desired, max)
}

function above(lower: Size | undefined, upper: Size | undefined): readonly Place[] | undefined {
  return lower !== undefined && upper !== undefined && lower.number > upper.number
    ? [upper.place, lower.place]
    : undefined
}

function sizeInCode(world: World, target: Target, property: EditableProperty): Size | undefined {
  const source =
    target.kind === 'foreign'
      ? foreignSource({ world, target, property })
      : propertySource({ world, group: target, property })
  if (source.kind === 'refused' || source.value.kind !== 'known' || source.value.scalar === null) return undefined
  if (property === 'desiredCapacity' && ignoredPlace(world, target, property, source) !== undefined) return undefined
  const number = Number(source.value.scalar)
  return Number.isFinite(number) ? { number, place: source.use.attribute.place } : undefined
}
