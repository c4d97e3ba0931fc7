import type { EditableProperty, RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Value } from '../values.js'
import type { FoundResource } from './address.js'
import { type Attribute, attributeOf, type Block, blocksOf } from './ast.js'
import { type AttributeUse, bodyOfCopy, nestedBodies, ownerOf, type ScopedBody, useOf } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import { launchSource } from './launch-source.js'
import { policyTarget, scheduledSize } from './scaling-resources.js'
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
  if (path === undefined) return refuse('unsupported-property', [group.block.place])
  return attributeSource(query, bodyOfCopy(group.block, group.copy), path)
}

function refuse(reason: RefusalReason, places: readonly Place[]): PropertyRefused {
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
  if (name === undefined) return refuse('absent', [])
  if (rest.length > 0) {
    const bodies = nestedBodies(world, parent, name)
    const [body, second] = bodies
    if (second !== undefined)
      return refuse(
        'several-candidates',
        bodies.map((one) => one.body.attributes[0]?.place ?? group.block.place),
      )
    return body === undefined ? refuse('absent', [group.block.place]) : attributeSource(query, body, rest, where)
  }
  const attribute = attributeOf(parent.body, name)
  if (attribute === undefined) return refuse('absent', [firstLine(group)])
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
  if (mixKey !== 'override') return refuse('unsupported-property', [group.block.place])
  const owner = ownerOf(group.instance, group.block, group.copy)
  const overrides = overrideBodies(world, parent).flatMap((body) => {
    const attribute = attributeOf(body.body, 'instance_type')
    return attribute === undefined ? [] : [sourceAt(world, owner, attribute, body)]
  })
  const wanted = overrides.filter((source) => source.value.kind === 'known' && source.value.scalar === query.mixType)
  const [only, second] = wanted
  if (second !== undefined)
    return refuse(
      'several-candidates',
      wanted.map((source) => source.use.attribute.place),
    )
  if (only !== undefined) return only
  return refuse(
    overrides.length === 0 ? 'absent' : 'drift',
    overrides.map((source) => source.use.attribute.place),
  )
}

/** The overrides of a group's mixed instances policy. */
export function overrideBodies(world: World, parent: ScopedBody): readonly ScopedBody[] {
  return nestedBodies(world, parent, 'mixed_instances_policy').flatMap((policy) =>
    nestedBodies(world, policy, 'launch_template').flatMap((template) => nestedBodies(world, template, 'override')),
  )
}
