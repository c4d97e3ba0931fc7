import type { EditableProperty } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Value } from '../values.js'
import type { FoundForeign } from './address.js'
import { attributeOf } from './ast.js'
import { ownerOf, useOf } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import { sourceOf } from './functions.js'
import type { PropertyRefused, PropertySource } from './property.js'
import type { World } from './world.js'

/** A property of a group that a module from elsewhere makes. */
export interface ForeignQuery {
  readonly world: World
  readonly target: FoundForeign
  readonly property: EditableProperty
  readonly mixKey?: string | undefined
  readonly mixType?: string | undefined
}

const refuse = (reason: PropertyRefused['reason'], places: readonly Place[]): PropertyRefused => ({
  kind: 'refused',
  reason,
  places,
})

const autoscalingArguments: Readonly<Partial<Record<EditableProperty, string>>> = {
  minSize: 'min_size',
  maxSize: 'max_size',
  desiredCapacity: 'desired_capacity',
}

/** Well-known modules of the public registry whose arguments we know. */
const knownModule = (target: FoundForeign): 'autoscaling' | 'eks' | undefined => {
  const source =
    sourceOf(target.block.body)?.replace(/^(registry\.terraform\.io\/|git::https:\/\/github\.com\/)/, '') ?? ''
  if (
    /^terraform-aws-modules\/autoscaling\/aws$|^terraform-aws-modules\/terraform-aws-autoscaling(\.git)?(\?|$)/.test(
      source,
    )
  )
    return 'autoscaling'
  return /^terraform-aws-modules\/eks\/aws$|^terraform-aws-modules\/terraform-aws-eks(\.git)?(\?|$)/.test(source)
    ? 'eks'
    : undefined
}

/** The argument of the module's call that decides a property, or why nobody can say. */
export const foreignSource = (query: ForeignQuery): PropertySource | PropertyRefused => {
  const { target, property } = query
  const here: Place = { ...target.block.place, end: target.block.place.start }
  if (knownModule(target) !== 'autoscaling') return refuse('not-found', [here])
  const name = autoscalingArguments[property]
  if (name === undefined) return refuse('unsupported-property', [here])
  return argumentSource(query, name)
}

const argumentSource = (query: ForeignQuery, name: string): PropertySource | PropertyRefused => {
  const { world, target } = query
  const attribute = attributeOf(target.block.body, name)
  if (attribute === undefined) return refuse('absent', [{ ...target.block.place, end: target.block.place.start }])
  const value: Value = evaluate(world, target.copy.scope, attribute.value)
  const use = useOf(ownerOf(target.instance, target.block, target.copy), attribute, target.copy.scope)
  return { kind: 'source', use, value, carriers: [], carrierOwners: [], where: 'module-argument' }
}

/** Where a well-known module ignores changes of a property: eks always the desired size, autoscaling on request. */
export const foreignIgnored = (query: Pick<ForeignQuery, 'world' | 'target' | 'property'>): Place | undefined => {
  const { world, target, property } = query
  if (property !== 'desiredCapacity') return undefined
  const module = knownModule(target)
  if (module === 'eks') return target.block.place
  const flag = attributeOf(target.block.body, 'ignore_desired_capacity_changes')
  if (module !== 'autoscaling' || flag === undefined) return undefined
  const value = evaluate(world, target.copy.scope, flag.value)
  return value.kind === 'known' && value.scalar === false ? undefined : flag.place
}
