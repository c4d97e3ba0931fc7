import type { Place } from '../place.js'
import type { ResourceValue, Value } from '../values.js'
import type { FoundResource } from './address.js'
import { attributeOf, type Block } from './ast.js'
import { bodyOfCopy, copiesOf, nestedBodies, ownerOf, type ScopedBody } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import { expansionOf } from './instances.js'
import {
  attributeSource,
  overrideBodies,
  type PropertyQuery,
  type PropertyRefused,
  type PropertySource,
  propertyRefusal,
  sourceAt,
} from './source-at.js'
import type { World } from './world.js'

/** Where a group's instance type stands: node group list, launch configuration, or launch template without overrides. */
export function launchSource(query: PropertyQuery): PropertySource | PropertyRefused {
  const { world, group } = query
  const parent = bodyOfCopy(group.block, group.copy)
  if (group.block.labels[0] === 'aws_eks_node_group') return nodeGroupType(query, parent)
  const own = templateType(query, parent)
  const overrides = overrideBodies(world, parent)
  if (overrides.length === 0) return own
  const types = overrides.flatMap((body) => attributeOf(body.body, 'instance_type')?.place ?? [])
  return propertyRefusal('overridden', [...(own.kind === 'source' ? [own.use.attribute.place] : []), ...types])
}

function nodeGroupType(query: PropertyQuery, parent: ScopedBody): PropertySource | PropertyRefused {
  const found = attributeSource(query, parent, ['instance_types'])
  if (found.kind === 'refused') return found.reason === 'absent' ? templateType(query, parent) : found
  const { value } = found
  if (value.kind !== 'list') return found
  const [first, second] = value.items
  if (first === undefined) return propertyRefusal('absent', [found.use.attribute.place])
  if (second !== undefined) return propertyRefusal('several-candidates', [found.use.attribute.place])
  return { ...found, use: { ...found.use, id: `${found.use.id}/0` }, value: first() }
}

function templateType(query: PropertyQuery, parent: ScopedBody): PropertySource | PropertyRefused {
  const { world, group } = query
  const reference = templateReference(world, parent)
  if (reference === undefined)
    return propertyRefusal('absent', [{ ...group.block.place, end: group.block.place.start }])
  const { value, place } = reference
  if (value.kind === 'unknown') return propertyRefusal(value.reason, value.places.length > 0 ? value.places : [place])
  const found = value.kind === 'resource' ? templateBlock(world, value) : namedTemplate(world, group, value)
  if (found === undefined) return propertyRefusal('not-found', [place])
  return typeIn(world, found, value)
}

function typeIn(world: World, found: FoundResource, value: Value): PropertySource | PropertyRefused {
  const attribute = attributeOf(found.block.body, 'instance_type')
  const owner = ownerOf(found.instance, found.block, found.copy)
  if (attribute === undefined)
    return propertyRefusal('absent', [{ ...found.block.place, end: found.block.place.start }])
  const kind = found.block.labels[0] === 'aws_launch_configuration' ? 'launch-configuration' : 'launch-template'
  const address = found.block.labels.join('.')
  const carriers = [
    `@${found.instance.path}|${address}[${found.copy.key ?? ''}]`,
    `@${found.instance.path}|${address}[*]`,
  ]
  const named = value.kind === 'resource' ? [] : ['by-name']
  return {
    ...sourceAt(world, owner, attribute, bodyOfCopy(found.block, found.copy), kind),
    carriers: [...carriers, ...named],
    carrierOwners: [owner],
  }
}

/** The expression that names the group's launch template or launch configuration. */
export function templateReference(
  world: World,
  parent: ScopedBody,
): { readonly value: Value; readonly place: Place } | undefined {
  const mixed = nestedBodies(world, parent, 'mixed_instances_policy')
    .flatMap((policy) => nestedBodies(world, policy, 'launch_template'))
    .flatMap((template) => nestedBodies(world, template, 'launch_template_specification'))
  const plain = nestedBodies(world, parent, 'launch_template')
  for (const body of [...mixed, ...plain]) {
    for (const name of ['launch_template_id', 'launch_template_name', 'id', 'name']) {
      const attribute = attributeOf(body.body, name)
      if (attribute) return { value: evaluate(world, body.scope, attribute.value), place: attribute.place }
    }
  }
  const configuration = attributeOf(parent.body, 'launch_configuration')
  if (configuration === undefined) return undefined
  return { value: evaluate(world, parent.scope, configuration.value), place: configuration.place }
}

const launchTypes = new Set(['aws_launch_template', 'aws_launch_configuration'])

function templateBlock(world: World, value: ResourceValue): FoundResource | undefined {
  const instance = world.instances.get(value.instancePath)
  const [type, name] = value.address.split('.')
  if (instance === undefined || type === undefined || !launchTypes.has(type) || value.id.endsWith('[*]'))
    return undefined
  const blocks = instance.module.byName.get(`resource ${type} ${name}`) ?? []
  const [block, second] = blocks
  if (block === undefined || second !== undefined) return undefined
  const copy = expansionOf(copiesOf(world, instance, block), value.key)
  return copy === undefined ? undefined : { kind: 'resource', instance, block, copy }
}

/** A launch template of the same module whose name is exactly this text. */
function namedTemplate(world: World, group: FoundResource, value: Value): FoundResource | undefined {
  if (value.kind !== 'known' || typeof value.scalar !== 'string') return undefined
  const { instance } = group
  const found = instance.module.blocks.filter(isLaunch).flatMap((block) => named(world, group, block, value.scalar))
  const [only, second] = found
  return second === undefined ? only : undefined
}

function isLaunch(block: Block): boolean {
  return block.type === 'resource' && launchTypes.has(block.labels[0] ?? '')
}

function named(world: World, group: FoundResource, block: Block, wanted: unknown): readonly FoundResource[] {
  const name = attributeOf(block.body, 'name')
  const { instance } = group
  if (name === undefined) return []
  return copiesOf(world, instance, block).flatMap((copy) => {
    const value = evaluate(world, copy.scope, name.value)
    return value.kind === 'known' && value.scalar === wanted
      ? [{ kind: 'resource' as const, instance, block, copy }]
      : []
  })
}
