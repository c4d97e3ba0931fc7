import type { EditableProperty } from '../../model/code.js'
import { placeOf } from './evaluate.js'
import { launchTypeSource } from './launch-type.js'
import {
  overrideSources,
  type StackGroup,
  type StackQuery,
  type StackRefused,
  type StackSource,
  sourceAt,
  stackRefusal,
} from './source-at.js'
import { resourcesOf, type StackWorld, typeOf } from './stack.js'

const sizes: Readonly<Record<string, Readonly<Partial<Record<EditableProperty, readonly string[]>>>>> = {
  'AWS::AutoScaling::AutoScalingGroup': {
    minSize: ['MinSize'],
    maxSize: ['MaxSize'],
    desiredCapacity: ['DesiredCapacity'],
  },
  'AWS::EKS::Nodegroup': {
    minSize: ['ScalingConfig', 'MinSize'],
    maxSize: ['ScalingConfig', 'MaxSize'],
    desiredCapacity: ['ScalingConfig', 'DesiredSize'],
  },
}

/** The one place in a resource that decides a property of a group, or why there is none. */
export function stackSource(query: StackQuery): StackSource | StackRefused {
  const { world, group, property } = query
  const { schedule } = world.context
  const type = typeOf(group.node) ?? ''
  if (property === 'targetValue') return policyTarget(query)
  if (schedule !== undefined && ['minSize', 'maxSize', 'desiredCapacity'].includes(property))
    return scheduledSize(query, schedule)
  if (property === 'instanceType') return launchTypeSource(query)
  if (property === 'spotMix') return mixSource(query)
  const path = sizes[type]?.[property]
  return path === undefined
    ? stackRefusal('unsupported-property', [placeOf(group.stack, group.node)])
    : sourceAt(query.world, group, path)
}

const mixAttributes: Readonly<Record<string, string>> = {
  onDemandBaseCapacity: 'OnDemandBaseCapacity',
  onDemandPercentageAboveBaseCapacity: 'OnDemandPercentageAboveBaseCapacity',
}

function mixSource(query: StackQuery): StackSource | StackRefused {
  const { world, group, mixKey } = query
  const plain = mixKey === undefined ? undefined : mixAttributes[mixKey]
  if (plain !== undefined) return sourceAt(world, group, ['MixedInstancesPolicy', 'InstancesDistribution', plain])
  if (mixKey !== 'override') return stackRefusal('unsupported-property', [placeOf(group.stack, group.node)])
  const overrides = overrideSources(world, group)
  const wanted = overrides.filter((source) => source.value.kind === 'known' && source.value.scalar === query.mixType)
  const [only, second] = wanted
  if (only !== undefined && second === undefined) return only
  if (second !== undefined)
    return stackRefusal(
      'several-candidates',
      wanted.map((source) => source.place),
    )
  return stackRefusal(
    overrides.length === 0 ? 'absent' : 'drift',
    overrides.map((source) => source.place),
  )
}

function policyTarget(query: StackQuery): StackSource | StackRefused {
  const { world, group } = query
  const path = ['TargetTrackingConfiguration', 'TargetValue']
  const found = attached(query, 'AWS::AutoScaling::ScalingPolicy').filter(
    (one) => sourceAt(world, one, path).kind === 'source',
  )
  return single(
    named(world, found, world.context.policy, 'PolicyName').map((one) => sourceAt(world, one, path)),
    group,
  )
}

function scheduledSize(query: StackQuery, schedule: string): StackSource | StackRefused {
  const { world, group, property } = query
  const path = sizes['AWS::AutoScaling::AutoScalingGroup']?.[property] ?? []
  const found = named(world, attached(query, 'AWS::AutoScaling::ScheduledAction'), schedule, 'ScheduledActionName')
  return single(
    found.map((one) => sourceAt(world, one, path)),
    group,
  )
}

function single(sources: readonly (StackSource | StackRefused)[], group: StackGroup): StackSource | StackRefused {
  const [only, second] = sources
  if (only === undefined)
    return stackRefusal('not-found', [{ ...placeOf(group.stack, group.node), end: group.node.start }])
  if (second === undefined) return only
  return stackRefusal(
    'several-candidates',
    sources.flatMap((one) => (one.kind === 'source' ? [one.place] : one.places)),
  )
}

/** Resources of a type in the group's stack that name this group. */
function attached(query: StackQuery, type: string): readonly StackGroup[] {
  const { world, group } = query
  const { stack, logicalId } = group
  return [...resourcesOf(stack.template)].flatMap(([id, node]) => {
    if (typeOf(node) !== type) return []
    const one = { stack, logicalId: id, node }
    const name = sourceAt(world, one, ['AutoScalingGroupName'])
    const same = name.kind === 'source' && name.value.kind === 'resource' && name.value.address === logicalId
    return same ? [one] : []
  })
}

function named(
  world: StackWorld,
  found: readonly StackGroup[],
  wanted: string | undefined,
  key: string,
): readonly StackGroup[] {
  if (wanted === undefined) return found
  const byId = found.filter((one) => one.logicalId === wanted)
  if (byId.length > 0) return byId
  return found.filter((one) => {
    const name = sourceAt(world, one, [key])
    return name.kind === 'source' && name.value.kind === 'known' && name.value.scalar === wanted
  })
}
