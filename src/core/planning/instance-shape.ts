import type { Group } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import type { Catalogue, InstanceType } from '../model/instance-type.js'

/**
 * The one shape that every instance of the group has. Groups that may mix shapes, or whose types are chosen by
 * attributes, are refused: one demand cannot be spread over unknown shapes.
 */
export function shapeOf(group: Group, catalogue: Catalogue): InstanceType | Hold {
  if (group.launch.kind === 'unknown') return hold('fact-unknown', group.launch.why)
  const launch = group.launch.value
  const running = group.instances.flatMap(({ instanceType }) => (instanceType === undefined ? [] : [instanceType]))
  const overrides = launch.mix?.overrides ?? []
  const named = launch.instanceType ?? overrides[0]
  if (named === undefined) return hold('unsupported-group', 'its instance types are chosen by attributes')
  const shape = catalogue.types.get(named)
  if (!shape) return hold('unknown-type', `${named} is not in ${catalogue.source}`)
  for (const name of new Set([...overrides, ...running])) {
    const other = catalogue.types.get(name)
    if (!other) return hold('unknown-type', `${name} is not in ${catalogue.source}`)
    if (!sameShape(shape, other)) {
      return hold('unsupported-group', `it mixes ${named} and ${name}, which have different shapes`)
    }
  }
  if (launch.mix && launch.mix.onDemandPercentageAboveBaseCapacity < 100) {
    return hold('unsupported-group', 'a part of it runs on spot, whose price moves')
  }
  return shape
}

function sameShape(one: InstanceType, other: InstanceType): boolean {
  return (
    one.vcpus === other.vcpus &&
    one.memoryGiB === other.memoryGiB &&
    (one.burst === undefined) === (other.burst === undefined)
  )
}
