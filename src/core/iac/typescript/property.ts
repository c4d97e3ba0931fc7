import type { Place } from '../place.js'
import { type GroupKind, groupKindOf, isLaunchTemplate } from './group-kinds.js'
import { markOf, type ProgramValue } from './program-values.js'
import type { Resource } from './resource.js'
import { type Attached, attachedPolicies, attachedSchedules } from './scaling-resources.js'
import {
  itemSources,
  type ProgramQuery,
  type ProgramRefused,
  type ProgramSource,
  programRefusal,
  sourceAt,
} from './source-at.js'

/** The one place in a program that decides a property of a group, or why there is none. */
export function programSource(query: ProgramQuery): ProgramSource | ProgramRefused {
  const { run, group, property } = query
  const kind = groupKindOf(group)
  if (kind === undefined) return programRefusal('not-found', [group.place])
  if (property === 'targetValue') return attachedValue(query, attachedPolicies(run, group), run.context.policy)
  if (run.context.schedule !== undefined && ['minSize', 'maxSize', 'desiredCapacity'].includes(property))
    return attachedValue(query, attachedSchedules(run, group, kind, property), run.context.schedule)
  if (property === 'instanceType') return typeSource(query, kind)
  if (property === 'spotMix') return mixSource(query, kind)
  const path = kind.sizes[property]
  return path === undefined ? programRefusal('unsupported-property', [group.place]) : sourceAt(run, group, path)
}

function attachedValue(
  query: ProgramQuery,
  found: readonly Attached[],
  wanted: string | undefined,
): ProgramSource | ProgramRefused {
  const { run, group } = query
  const named = wanted === undefined ? found : found.filter((one) => one.names.includes(wanted))
  const [only, second] = named
  if (only === undefined) return programRefusal('not-found', [group.place])
  if (second !== undefined)
    return programRefusal(
      'several-candidates',
      named.map((one) => one.resource.place),
    )
  if (only.path === undefined) return programRefusal('computed', [only.resource.place])
  return sourceAt(run, only.resource, only.path)
}

function mixSource({ run, group, mixKey, mixType }: ProgramQuery, kind: GroupKind): ProgramSource | ProgramRefused {
  if (mixKey === 'onDemandBaseCapacity' || mixKey === 'onDemandPercentageAboveBaseCapacity')
    return kind.distribution === undefined
      ? programRefusal('absent', [group.place])
      : sourceAt(run, group, [...kind.distribution, mixKey])
  if (mixKey !== 'override' || kind.overrides === undefined)
    return programRefusal('unsupported-property', [group.place])
  const overrides = itemSources(run, group, kind.overrides.list, kind.overrides.type)
  if ('kind' in overrides) return overrides
  const wanted = overrides.filter(({ value }) => value.kind === 'scalar' && value.scalar === mixType)
  const [only, second] = wanted
  if (only !== undefined && second === undefined) return only
  if (second !== undefined)
    return programRefusal(
      'several-candidates',
      wanted.map((one) => one.place),
    )
  return programRefusal(
    overrides.length === 0 ? 'absent' : 'drift',
    overrides.map((one) => one.place),
  )
}

function typeSource(query: ProgramQuery, kind: GroupKind): ProgramSource | ProgramRefused {
  const { run, group } = query
  const own = ownType(query, kind)
  if (kind.overrides === undefined) return own
  const overrides = itemSources(run, group, kind.overrides.list, kind.overrides.type)
  if ('kind' in overrides) return overrides
  if (overrides.length === 0) return own
  const places: readonly Place[] = [...(own.kind === 'source' ? [own.place] : []), ...overrides.map((one) => one.place)]
  return programRefusal('overridden', places)
}

function ownType({ run, group }: ProgramQuery, kind: GroupKind): ProgramSource | ProgramRefused {
  if (kind.types !== undefined) {
    const types = itemSources(run, group, kind.types, [])
    if ('kind' in types) return types
    const [only, second] = types
    if (second !== undefined)
      return programRefusal(
        'several-candidates',
        types.map((one) => one.place),
      )
    if (only !== undefined) return only
  }
  if (kind.type !== undefined) {
    const own = sourceAt(run, group, kind.type)
    if (own.kind === 'source' || own.reason !== 'absent') return own
  }
  for (const path of kind.templates ?? []) {
    const reference = sourceAt(run, group, path)
    if (reference.kind === 'source') return typeBehind(reference, group, run)
    if (reference.reason !== 'absent') return reference
  }
  return programRefusal('absent', [group.place])
}

/** The type in the launch template or configuration that a group names. */
function typeBehind(
  reference: ProgramSource,
  group: Resource,
  run: ProgramQuery['run'],
): ProgramSource | ProgramRefused {
  const template = referredTo(run.resources, reference.value)
  if (template === undefined) {
    const { value } = reference
    const reason = value.kind === 'unknown' && value.from === undefined ? value.reason : 'not-found'
    return programRefusal(reason, [reference.place, group.place])
  }
  const where = /Configuration$/.test(template.words.at(-1) ?? '') ? 'launch-configuration' : 'launch-template'
  const source = firstSource(run, template, [['instanceType'], ['launchTemplateData', 'instanceType']], where)
  return source.kind === 'source' ? { ...source, carriers: [template] } : source
}

function firstSource(run: ProgramQuery['run'], owner: Resource, paths: readonly (readonly string[])[], where: string) {
  const found = paths.map((path) => sourceAt(run, owner, path, where))
  return (
    found.find((one) => one.kind === 'source' || one.reason !== 'absent') ?? programRefusal('absent', [owner.place])
  )
}

/** The launch template that a reference means: the resource itself, an attribute of it, or its exact name. */
function referredTo(resources: readonly Resource[], value: ProgramValue): Resource | undefined {
  if (value.kind === 'unknown' && value.from !== undefined)
    return isLaunchTemplate(value.from.resource) ? value.from.resource : undefined
  if (value.kind === 'object' && value.resource !== undefined) return value.resource
  if (value.kind !== 'scalar' || typeof value.scalar !== 'string') return undefined
  const named = resources.filter((one) => isLaunchTemplate(one) && nameOf(one) === value.scalar)
  const [only, second] = named
  return second === undefined ? only : undefined
}

function nameOf({ args }: Resource): unknown {
  if (args?.kind !== 'object') return undefined
  const name = args.entries.get('launchTemplateName') ?? args.entries.get('name')
  return name?.kind === 'scalar' ? name.scalar : undefined
}

/** What marks the resources that carry a source. */
export function carrierMarks(source: ProgramSource): readonly string[] {
  return source.carriers.map(markOf)
}
