import type { EditableProperty } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Found } from './address.js'
import type { Block } from './ast.js'
import { foreignIgnored } from './foreign-modules.js'
import { ignoredAt } from './property.js'
import type { PropertyRefused, PropertySource } from './source-at.js'
import type { World } from './world.js'

const paths: Readonly<Record<EditableProperty, readonly string[]>> = {
  minSize: ['min_size', 'scaling_config'],
  maxSize: ['max_size', 'scaling_config'],
  desiredCapacity: ['desired_capacity', 'desired_size', 'scaling_config'],
  instanceType: ['launch_template', 'launch_configuration', 'instance_types', 'mixed_instances_policy'],
  spotMix: ['mixed_instances_policy'],
  targetValue: ['target_tracking_configuration'],
  schedule: [],
}

type Target = Extract<Found, { readonly kind: 'resource' | 'foreign' }>

/** Where the code says that changes of this property are ignored, in the group, its template or its policy. */
export function ignoredPlace(
  world: World,
  target: Target,
  property: EditableProperty,
  source: PropertySource | PropertyRefused,
): Place | undefined {
  if (target.kind === 'foreign') return foreignIgnored({ world, target, property })
  const own =
    world.context.schedule === undefined && property !== 'targetValue'
      ? ignoredAt(target.block, paths[property])
      : undefined
  if (own !== undefined || source.kind !== 'source') return own
  const holder = holderOf(target, source)
  return holder === undefined ? undefined : ignoredAt(holder, [...paths[property], source.use.attribute.name])
}

/** The block that holds the attribute when it is not the group itself. */
function holderOf(target: Target, source: PropertySource): Block | undefined {
  const { start, file } = source.use.attribute.place
  const { module } = source.use.scope.instance
  const block = module.blocks.find(
    (one) => one.place.file === file && one.place.start <= start && one.place.end >= start,
  )
  return block === target.block ? undefined : block
}
