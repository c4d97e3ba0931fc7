import type { EditableProperty } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Value } from '../values.js'
import type { FoundForeign } from './address.js'
import { attributeOf } from './ast.js'
import { bodyOfCopy, ownerOf, useOf } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import { sourceOf } from './functions.js'
import type { PropertyRefused, PropertySource } from './source-at.js'
import type { World } from './world.js'

/** A property of a group that a module from elsewhere makes. */
export interface ForeignQuery {
  readonly world: World
  readonly target: FoundForeign
  readonly property: EditableProperty
  readonly mixKey?: string | undefined
  readonly mixType?: string | undefined
}

function refuse(reason: PropertyRefused['reason'], places: readonly Place[]): PropertyRefused {
  return {
    kind: 'refused',
    reason,
    places,
  }
}

/** Well-known modules of the public registry whose arguments we know. */
function knownModule(target: FoundForeign): 'autoscaling' | 'eks' | undefined {
  const source =
    sourceOf(target.block.body)?.replace(
      /^(registry\.terraform\.io\/|git::https:\/\/github\.com\/|github\.com\/)/,
      '',
    ) ?? ''
  const found = /^terraform-aws-modules\/(?:terraform-aws-)?(autoscaling|eks)(?:\/aws|\.git)?(?:\?|$)/.exec(source)
  return found?.[1] === 'autoscaling' || found?.[1] === 'eks' ? found[1] : undefined
}

/** The argument of the module's call, or the part of it, that decides a property, or why nobody can say. */
export function foreignSource(query: ForeignQuery): PropertySource | PropertyRefused {
  const { target, world } = query
  if (world.terragrunt?.foreign) return inputSource(query)
  const module = knownModule(target)
  if (module === 'autoscaling') return autoscalingSource(query)
  if (module === 'eks') return nodeGroupSource(query)
  return refuse('unsupported-format', [firstLine(target)])
}

/** A module kept elsewhere: an input that bears the attribute's own name is taken for it, anything else is not known. */
function inputSource({ world, target, property }: ForeignQuery): PropertySource | PropertyRefused {
  const { terragrunt } = world
  const name = property === 'instanceType' ? 'instance_type' : sizes[property]
  if (terragrunt === undefined || name === undefined) return refuse('unsupported-property', [firstLine(target)])
  const value = terragrunt.input(name)
  if (value === undefined) return refuse('absent', [firstLine(target)])
  const place = value.kind === 'known' ? (value.leaf?.place ?? firstLine(target)) : firstLine(target)
  const owner = `|${terragrunt.file}`
  const attribute = { name, place, value: { kind: 'opaque' as const, place, parts: [] } }
  const use = { id: `${owner}#${name}`, owner, attribute, scope: target.copy.scope, counts: false }
  return { kind: 'source', use, value, carriers: [], carrierOwners: [], where: undefined }
}

function firstLine(target: FoundForeign): Place {
  return { ...target.block.place, end: target.block.place.start }
}

const sizes: Readonly<Partial<Record<EditableProperty, string>>> = {
  minSize: 'min_size',
  maxSize: 'max_size',
  desiredCapacity: 'desired_capacity',
}

const mixes: Readonly<Record<string, string>> = {
  onDemandBaseCapacity: 'on_demand_base_capacity',
  onDemandPercentageAboveBaseCapacity: 'on_demand_percentage_above_base_capacity',
}

function autoscalingSource(query: ForeignQuery): PropertySource | PropertyRefused {
  const { target, property, mixKey, world } = query
  const { schedule, policy } = world.context
  const name = sizes[property]
  if (name !== undefined)
    return schedule === undefined ? partSource(query, [name]) : partSource(query, ['schedules', schedule, name])
  if (property === 'instanceType') return templateType(query)
  const mix = mixKey === undefined ? undefined : mixes[mixKey]
  if (mix !== undefined) return partSource(query, ['mixed_instances_policy', 'instances_distribution', mix])
  if (mixKey === 'override') return overrideSource(query)
  if (property !== 'targetValue') return refuse('unsupported-property', [firstLine(target)])
  if (policy === undefined) return refuse('several-candidates', [firstLine(target)])
  return partSource(query, ['scaling_policies', policy, 'target_tracking_configuration', 'target_value'])
}

/** The type of the module's own template; mixed overrides win over it, a template from elsewhere is not followed here. */
function templateType(query: ForeignQuery): PropertySource | PropertyRefused {
  const { target } = query
  const own = partSource(query, ['instance_type'])
  const mixed = attributeOf(target.block.body, 'mixed_instances_policy')
  const using = argument(query, 'use_mixed_instances_policy')
  const elsewhere = argument(query, 'create_launch_template')
  if (elsewhere !== undefined && !(elsewhere.kind === 'known' && elsewhere.scalar === true))
    return refuse('not-found', [firstLine(target)])
  const off = using === undefined || (using.kind === 'known' && using.scalar === false)
  if (off) return own
  return refuse('overridden', [
    ...(own.kind === 'source' ? [own.use.attribute.place] : []),
    ...(mixed === undefined ? [] : [mixed.place]),
  ])
}

function argument({ world, target }: ForeignQuery, name: string): Value | undefined {
  const attribute = attributeOf(target.block.body, name)
  return attribute === undefined ? undefined : evaluate(world, target.copy.scope, attribute.value)
}

function overrideSource(query: ForeignQuery): PropertySource | PropertyRefused {
  const paths = [
    ['mixed_instances_policy', 'launch_template', 'override'],
    ['mixed_instances_policy', 'override'],
  ]
  for (const path of paths) {
    const list = partSource(query, path)
    if (list.kind === 'refused' || list.value.kind !== 'list') continue
    const all = list.value.items.map((_, at) => partSource(query, [...path, String(at), 'instance_type']))
    const wanted = all.filter(
      (one) => one.kind === 'source' && one.value.kind === 'known' && one.value.scalar === query.mixType,
    )
    const [only, second] = wanted
    if (only !== undefined && second === undefined) return only
    return refuse(second === undefined ? 'drift' : 'several-candidates', [list.use.attribute.place])
  }
  return refuse('absent', [firstLine(query.target)])
}

function nodeGroupSource(query: ForeignQuery): PropertySource | PropertyRefused {
  const { target, property } = query
  const [inside] = target.inside
  const names = {
    eks_managed_node_group: 'eks_managed_node_groups',
    self_managed_node_group: 'self_managed_node_groups',
  } as const
  if (inside === undefined || !(inside.name in names) || inside.key === undefined)
    return refuse('not-found', [firstLine(target)])
  const group = names[inside.name as keyof typeof names]
  const size = property === 'desiredCapacity' ? 'desired_size' : sizes[property]
  if (size !== undefined) return partSource(query, [group, inside.key, size])
  if (property !== 'instanceType') return refuse('unsupported-property', [firstLine(target)])
  if (group === 'self_managed_node_groups') return partSource(query, [group, inside.key, 'instance_type'])
  const types = partSource(query, [group, inside.key, 'instance_types'])
  if (types.kind === 'refused' || types.value.kind !== 'list') return types
  return types.value.items.length === 1
    ? partSource(query, [group, inside.key, 'instance_types', '0'])
    : refuse('several-candidates', [types.use.attribute.place])
}

/** The part of an argument at a path of keys; the use is named like the parts that uses.ts lists. */
function partSource(query: ForeignQuery, [name, ...path]: readonly string[]): PropertySource | PropertyRefused {
  const { world, target } = query
  const attribute = name === undefined ? undefined : attributeOf(target.block.body, name)
  if (attribute === undefined) return refuse('absent', [firstLine(target)])
  let value = evaluate(world, target.copy.scope, attribute.value)
  for (const key of path) {
    if (value.kind === 'unknown') return refuse(value.reason, [...value.places, attribute.place])
    const next =
      value.kind === 'map' ? value.entries.get(key) : value.kind === 'list' ? value.items[Number(key)] : undefined
    if (next === undefined) return refuse(value.kind === 'map' ? 'absent' : 'computed', [attribute.place])
    value = next()
  }
  const use = useOf(
    ownerOf(target.instance, target.block, target.copy),
    attribute,
    bodyOfCopy(target.block, target.copy),
  )
  const id = [use.id, ...path].join('/')
  const where =
    path.length === 0 || name === 'mixed_instances_policy' || name === 'scaling_policies'
      ? 'module-argument'
      : 'map-entry'
  return { kind: 'source', use: { ...use, id }, label: path.at(-1), value, carriers: [], carrierOwners: [], where }
}

/** Where a well-known module ignores changes of a property: eks always the desired size, autoscaling on request. */
export function foreignIgnored(query: Pick<ForeignQuery, 'world' | 'target' | 'property'>): Place | undefined {
  const { world, target, property } = query
  if (property !== 'desiredCapacity') return undefined
  const module = knownModule(target)
  if (module === 'eks') return firstLine(target)
  const flag = attributeOf(target.block.body, 'ignore_desired_capacity_changes')
  if (module !== 'autoscaling' || flag === undefined) return undefined
  const value = evaluate(world, target.copy.scope, flag.value)
  return value.kind === 'known' && value.scalar === false ? undefined : flag.place
}
