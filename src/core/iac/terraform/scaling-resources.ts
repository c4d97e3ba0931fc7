import { attributeOf, type Block } from './ast.js'
import { bodyOfCopy, copiesOf, nestedBodies, ownerOf, type ScopedBody } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import type { Expansion } from './instances.js'
import {
  type PropertyQuery,
  type PropertyRefused,
  type PropertySource,
  propertyRefusal,
  sourceAt,
} from './source-at.js'

interface Candidate {
  readonly block: Block
  readonly copy: Expansion
}

/** The target value of the group's tracking policy; the context's policy chooses where there are several. */
export function policyTarget(query: PropertyQuery): PropertySource | PropertyRefused {
  const { world } = query
  const tracking = attached(query, 'aws_autoscaling_policy').filter(
    ({ block, copy }) => nestedBodies(world, bodyOfCopy(block, copy), 'target_tracking_configuration').length > 0,
  )
  const wanted = named(query, tracking, world.context.policy, 'name')
  const sources = wanted.map((one) => sizeIn(query, one, 'target_value', 'target_tracking_configuration'))
  return single(sources)
}

/** A size of one scheduled action of the group. */
export function scheduledSize(query: PropertyQuery, schedule: string): PropertySource | PropertyRefused {
  const names = { minSize: 'min_size', maxSize: 'max_size', desiredCapacity: 'desired_capacity' } as const
  const name = query.property in names ? names[query.property as keyof typeof names] : ''
  const wanted = named(query, attached(query, 'aws_autoscaling_schedule'), schedule, 'scheduled_action_name')
  return single(wanted.map((one) => sizeIn(query, one, name)))
}

function single(sources: readonly (PropertySource | PropertyRefused)[]): PropertySource | PropertyRefused {
  const [only, second] = sources
  if (only === undefined) return propertyRefusal('not-found', [])
  if (second === undefined) return only
  return propertyRefusal(
    'several-candidates',
    sources.flatMap((one) => (one.kind === 'source' ? [one.use.attribute.place] : one.places)),
  )
}

function sizeIn(query: PropertyQuery, one: Candidate, name: string, nested?: string): PropertySource | PropertyRefused {
  const { world, group } = query
  const parent: ScopedBody = bodyOfCopy(one.block, one.copy)
  const [body, second] = nested === undefined ? [parent] : nestedBodies(world, parent, nested)
  const attribute = body === undefined ? undefined : attributeOf(body.body, name)
  if (body === undefined || attribute === undefined || second !== undefined)
    return propertyRefusal('absent', [one.block.place])
  return sourceAt(world, ownerOf(group.instance, one.block, one.copy), attribute, body)
}

/** Resources of a type in the group's module that name exactly this group. */
function attached(query: PropertyQuery, type: string): readonly Candidate[] {
  const { world, group } = query
  const { instance } = group
  const address = group.block.labels.join('.')
  const blocks = instance.module.blocks.filter((block) => block.type === 'resource' && block.labels[0] === type)
  return blocks.flatMap((block) => {
    const name = attributeOf(block.body, 'autoscaling_group_name')
    if (name === undefined) return []
    return copiesOf(world, instance, block).flatMap((copy) => {
      const value = evaluate(world, copy.scope, name.value)
      const same = value.kind === 'resource' && value.address === address && value.key === group.copy.key
      return same || sameName(query, value) ? [{ block, copy }] : []
    })
  })
}

function sameName(query: PropertyQuery, value: ReturnType<typeof evaluate>): boolean {
  const name = attributeOf(query.group.block.body, 'name')
  if (name === undefined || value.kind !== 'known') return false
  const own = evaluate(query.world, query.group.copy.scope, name.value)
  return own.kind === 'known' && own.scalar === value.scalar
}

function named(
  query: PropertyQuery,
  found: readonly Candidate[],
  wanted: string | undefined,
  attribute: string,
): readonly Candidate[] {
  if (wanted === undefined) return found
  const exact = found.filter(({ block, copy }) => {
    const name = attributeOf(block.body, attribute)
    if (name === undefined) return false
    const value = evaluate(query.world, copy.scope, name.value)
    return value.kind === 'known' && value.scalar === wanted
  })
  return exact.length > 0 ? exact : found.filter(({ block }) => block.labels[1] === wanted)
}
