import type { EditableProperty } from '../../model/code.js'
import type { Place } from '../place.js'
import { type Attribute, attributeOf, type Block, blocksOf } from './ast.js'
import { bodyOfCopy, ownerOf } from './attribute-use.js'
import { launchSource } from './launch-source.js'
import { policyTarget, scheduledSize } from './scaling-resources.js'
import {
  attributeSource,
  overrideBodies,
  type PropertyQuery,
  type PropertyRefused,
  type PropertySource,
  propertyRefusal,
  sourceAt,
} from './source-at.js'

const groupAttributes: Readonly<Record<string, Readonly<Partial<Record<EditableProperty, readonly string[]>>>>> = {
  aws_autoscaling_group: { minSize: ['min_size'], maxSize: ['max_size'], desiredCapacity: ['desired_capacity'] },
  aws_eks_node_group: {
    minSize: ['scaling_config', 'min_size'],
    maxSize: ['scaling_config', 'max_size'],
    desiredCapacity: ['scaling_config', 'desired_size'],
  },
}

/** The one attribute that decides a property of a group, or why there is none. */
export function propertySource(query: PropertyQuery): PropertySource | PropertyRefused {
  const { world, group, property } = query
  const { schedule } = world.context
  if (property === 'targetValue') return policyTarget(query)
  if (schedule !== undefined && ['minSize', 'maxSize', 'desiredCapacity'].includes(property))
    return scheduledSize(query, schedule)
  if (property === 'instanceType') return launchSource(query)
  if (property === 'spotMix') return mixSource(query)
  const path = groupAttributes[group.block.labels[0] ?? '']?.[property]
  if (path === undefined) return propertyRefusal('unsupported-property', [group.block.place])
  return attributeSource(query, bodyOfCopy(group.block, group.copy), path)
}

/** `ignore_changes` of a block, and its place, when it covers an attribute. */
export function ignoredAt(block: Block, path: readonly string[]): Place | undefined {
  for (const lifecycle of blocksOf(block.body, 'lifecycle')) {
    const ignored = attributeOf(lifecycle.body, 'ignore_changes')
    if (ignored === undefined) continue
    const { value } = ignored
    const names = value.kind === 'list' ? value.items.map(ignoredName) : [ignoredName(value)]
    if (names.some((name) => name === 'all' || name === undefined || path.includes(name.split('.').at(-1) ?? '')))
      return ignored.place
    if (names.some((name) => name === path[0])) return ignored.place
  }
  return undefined
}

/** The dotted name of an ignored attribute, indexes left out; undefined when it is not a plain name. */
function ignoredName(expression: Attribute['value']): string | undefined {
  if (expression.kind === 'literal') return String(expression.value).replace(/\[\d+\]/g, '')
  if (expression.kind !== 'reference') return undefined
  return [expression.root, ...expression.steps.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []))].join(
    '.',
  )
}

const mixAttributes: Readonly<Record<string, string>> = {
  onDemandBaseCapacity: 'on_demand_base_capacity',
  onDemandPercentageAboveBaseCapacity: 'on_demand_percentage_above_base_capacity',
}

function mixSource(query: PropertyQuery): PropertySource | PropertyRefused {
  const { world, group, mixKey } = query
  const parent = bodyOfCopy(group.block, group.copy)
  const plain = mixKey === undefined ? undefined : mixAttributes[mixKey]
  if (plain !== undefined)
    return attributeSource(query, parent, ['mixed_instances_policy', 'instances_distribution', plain])
  if (mixKey !== 'override') return propertyRefusal('unsupported-property', [group.block.place])
  const owner = ownerOf(group.instance, group.block, group.copy)
  const overrides = overrideBodies(world, parent).flatMap((body) => {
    const attribute = attributeOf(body.body, 'instance_type')
    return attribute === undefined ? [] : [sourceAt(world, owner, attribute, body)]
  })
  const wanted = overrides.filter((source) => source.value.kind === 'known' && source.value.scalar === query.mixType)
  const [only, second] = wanted
  if (second !== undefined)
    return propertyRefusal(
      'several-candidates',
      wanted.map((source) => source.use.attribute.place),
    )
  if (only !== undefined) return only
  return propertyRefusal(
    overrides.length === 0 ? 'absent' : 'drift',
    overrides.map((source) => source.use.attribute.place),
  )
}
