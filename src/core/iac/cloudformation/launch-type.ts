import { placeOf } from './evaluate.js'
import {
  overrideSources,
  type StackGroup,
  type StackQuery,
  type StackRefused,
  type StackSource,
  sourceAt,
  stackRefusal,
} from './source-at.js'
import { resourcesOf, typeOf } from './stack.js'

/** Where a group's instance type stands: node group list, launch configuration, or launch template without overrides. */
export function launchTypeSource(query: StackQuery): StackSource | StackRefused {
  const { world, group } = query
  if (typeOf(group.node) === 'AWS::EKS::Nodegroup') return nodeGroupType(query)
  const overrides = overrideSources(world, group)
  const own = templateType(query)
  if (overrides.length === 0) return own
  return stackRefusal('overridden', [
    ...(own.kind === 'source' ? [own.place] : []),
    ...overrides.map((source) => source.place),
  ])
}

function nodeGroupType(query: StackQuery): StackSource | StackRefused {
  const { world, group } = query
  const list = sourceAt(world, group, ['InstanceTypes'])
  if (list.kind === 'refused') return list.reason === 'absent' ? templateType(query) : list
  if (list.value.kind !== 'list') return list
  if (list.value.items.length !== 1) return stackRefusal('several-candidates', [list.place])
  return sourceAt(world, group, ['InstanceTypes', '0'])
}

const specifications = [
  ['MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification'],
  ['LaunchTemplate'],
] as const

function templateType(query: StackQuery): StackSource | StackRefused {
  const { world, group } = query
  const configuration = sourceAt(world, group, ['LaunchConfigurationName'])
  if (configuration.kind === 'source') return typeBehind(query, configuration, ['InstanceType'], 'launch-configuration')
  for (const path of specifications) {
    for (const key of ['LaunchTemplateId', 'LaunchTemplateName']) {
      const found = sourceAt(world, group, [...path, key])
      if (found.kind === 'source')
        return typeBehind(query, found, ['LaunchTemplateData', 'InstanceType'], 'launch-template')
      if (found.reason !== 'absent') return found
    }
  }
  return stackRefusal('absent', [{ ...placeOf(group.stack, group.node), end: group.node.start }])
}

function typeBehind(
  query: StackQuery,
  reference: StackSource,
  path: readonly string[],
  where: string,
): StackSource | StackRefused {
  const { world, group } = query
  const { value } = reference
  const { stack } = group
  if (value.kind === 'unknown') return stackRefusal(value.reason, [...value.places, reference.place])
  const found =
    value.kind === 'resource' ? value.address : value.kind === 'known' ? namedTemplate(query, value.scalar) : undefined
  const node = found === undefined ? undefined : resourcesOf(stack.template).get(found)
  if (found === undefined || node === undefined) return stackRefusal('not-found', [reference.place])
  const source = sourceAt(world, { stack, logicalId: found, node }, path, where)
  if (source.kind === 'refused') return source
  const byName = value.kind === 'known' ? ['by-name'] : []
  return { ...source, carriers: [`@${stack.path}|${found}`, ...byName] }
}

/** A launch template of the stack whose name is exactly this text. */
function namedTemplate(query: StackQuery, name: unknown): string | undefined {
  const { world, group } = query
  const { stack } = group
  const found = [...resourcesOf(stack.template)].filter(([id, node]) => {
    if (typeOf(node) !== 'AWS::EC2::LaunchTemplate') return false
    const own = sourceAt(world, { stack, logicalId: id, node } satisfies StackGroup, ['LaunchTemplateName'])
    return own.kind === 'source' && own.value.kind === 'known' && own.value.scalar === name
  })
  const [only, second] = found
  return second === undefined ? only?.[0] : undefined
}
