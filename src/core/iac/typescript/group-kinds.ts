import type { EditableProperty } from '../../model/code.js'
import type { Resource } from './resource.js'

type Path = readonly string[]

/** How a library's construct or resource says what a group is. Paths lead from its properties to the value. */
export interface GroupKind {
  readonly library: 'cdk' | 'pulumi'
  /** Last words of what is called, and a part of its module's name where the words are not enough. */
  readonly words: Path
  readonly module?: string
  readonly isMethod?: boolean
  readonly sizes: Readonly<Partial<Record<EditableProperty, Path>>>
  /** Where its type stands: a text, or a list of one text. */
  readonly type?: Path
  readonly types?: Path
  /** Where it names its launch template or configuration. */
  readonly templates?: readonly Path[]
  readonly overrides?: { readonly list: Path; readonly type: Path }
  readonly distribution?: Path
  readonly name?: Path
}

const cdkSizes = { minSize: ['minCapacity'], maxSize: ['maxCapacity'], desiredCapacity: ['desiredCapacity'] } as const
const plainSizes = { minSize: ['minSize'], maxSize: ['maxSize'], desiredCapacity: ['desiredCapacity'] } as const
const nodeSizes = { minSize: ['minSize'], maxSize: ['maxSize'], desiredCapacity: ['desiredSize'] } as const
const scalingConfig = {
  minSize: ['scalingConfig', 'minSize'],
  maxSize: ['scalingConfig', 'maxSize'],
  desiredCapacity: ['scalingConfig', 'desiredSize'],
} as const

const cdkGroup = {
  library: 'cdk',
  sizes: cdkSizes,
  type: ['instanceType'],
  templates: [['launchTemplate'], ['mixedInstancesPolicy', 'launchTemplate']],
  overrides: { list: ['mixedInstancesPolicy', 'launchTemplateOverrides'], type: ['instanceType'] },
  distribution: ['mixedInstancesPolicy', 'instancesDistribution'],
  name: ['autoScalingGroupName'],
} as const satisfies Partial<GroupKind>

const awsx = {
  library: 'pulumi',
  module: '@pulumi/awsx',
  sizes: {
    minSize: ['templateParameters', 'minSize'],
    maxSize: ['templateParameters', 'maxSize'],
    desiredCapacity: ['templateParameters', 'desiredCapacity'],
  },
  type: ['launchConfigurationArgs', 'instanceType'],
} as const satisfies Partial<GroupKind>

/** Every way in which a program defines a group that is understood. */
export const groupKinds: readonly GroupKind[] = [
  { ...awsx, words: ['AutoScalingGroup'] },
  { ...awsx, words: ['createAutoScalingGroup'], isMethod: true, module: '' },
  { ...cdkGroup, words: ['AutoScalingGroup'] },
  { ...cdkGroup, words: ['addCapacity'], isMethod: true },
  { ...cdkGroup, words: ['addAutoScalingGroupCapacity'], isMethod: true },
  {
    library: 'cdk',
    words: ['CfnAutoScalingGroup'],
    sizes: plainSizes,
    templates: [
      ['launchTemplate', 'launchTemplateId'],
      ['launchTemplate', 'launchTemplateName'],
      ['mixedInstancesPolicy', 'launchTemplate', 'launchTemplateSpecification', 'launchTemplateId'],
      ['mixedInstancesPolicy', 'launchTemplate', 'launchTemplateSpecification', 'launchTemplateName'],
      ['launchConfigurationName'],
    ],
    overrides: { list: ['mixedInstancesPolicy', 'launchTemplate', 'overrides'], type: ['instanceType'] },
    distribution: ['mixedInstancesPolicy', 'instancesDistribution'],
    name: ['autoScalingGroupName'],
  },
  {
    library: 'cdk',
    words: ['Nodegroup'],
    sizes: nodeSizes,
    type: ['instanceType'],
    types: ['instanceTypes'],
    name: ['nodegroupName'],
  },
  {
    library: 'cdk',
    words: ['addNodegroupCapacity'],
    isMethod: true,
    sizes: nodeSizes,
    type: ['instanceType'],
    types: ['instanceTypes'],
    name: ['nodegroupName'],
  },
  { library: 'cdk', words: ['CfnNodegroup'], sizes: scalingConfig, types: ['instanceTypes'], name: ['nodegroupName'] },
  {
    library: 'pulumi',
    module: '@pulumi/aws',
    words: ['autoscaling', 'Group'],
    sizes: plainSizes,
    templates: [
      ['launchTemplate', 'id'],
      ['launchTemplate', 'name'],
      ['mixedInstancesPolicy', 'launchTemplate', 'launchTemplateSpecification', 'launchTemplateId'],
      ['mixedInstancesPolicy', 'launchTemplate', 'launchTemplateSpecification', 'launchTemplateName'],
      ['launchConfiguration'],
    ],
    overrides: { list: ['mixedInstancesPolicy', 'launchTemplate', 'overrides'], type: ['instanceType'] },
    distribution: ['mixedInstancesPolicy', 'instancesDistribution'],
    name: ['name'],
  },
  {
    library: 'pulumi',
    module: '@pulumi/aws',
    words: ['eks', 'NodeGroup'],
    sizes: scalingConfig,
    types: ['instanceTypes'],
    templates: [
      ['launchTemplate', 'id'],
      ['launchTemplate', 'name'],
    ],
    name: ['nodeGroupName'],
  },
  { library: 'pulumi', module: '@pulumi/eks', words: ['NodeGroup'], sizes: plainSizes, type: ['instanceType'] },
  { library: 'pulumi', module: '@pulumi/eks', words: ['NodeGroupV2'], sizes: plainSizes, type: ['instanceType'] },
  { library: 'pulumi', words: ['createNodeGroup'], isMethod: true, sizes: plainSizes, type: ['instanceType'] },
  { library: 'pulumi', module: '@pulumi/eks', words: ['Cluster'], sizes: plainSizes, type: ['instanceType'] },
  {
    library: 'pulumi',
    module: '@pulumi/eks',
    words: ['ManagedNodeGroup'],
    sizes: scalingConfig,
    types: ['instanceTypes'],
  },
  {
    library: 'pulumi',
    module: '@pulumi/eks',
    words: ['createManagedNodeGroup'],
    sizes: scalingConfig,
    types: ['instanceTypes'],
  },
]

/** The kind of group that a resource is, or undefined. */
export function groupKindOf({ module, words, args }: Resource): GroupKind | undefined {
  if (isBare(args)) return undefined
  return groupKinds.find((kind) => {
    if (kind.isMethod === true ? module !== '' : kind.module === undefined && module.startsWith('@pulumi/'))
      return false
    if (kind.module !== undefined && !module.startsWith(kind.module)) return false
    const above = kind.module === undefined ? [] : kind.module.split('/')
    const all = [...module.split('/').slice(above.length), ...words]
    return kind.words.every((word, at) => all[all.length - kind.words.length + at] === word)
  })
}

/** A Pulumi cluster that makes no group of its own. */
function isBare(args: Resource['args']): boolean {
  const skip = args?.kind === 'object' ? args.entries.get('skipDefaultNodeGroup') : undefined
  return skip?.kind === 'scalar' && skip.scalar === true
}

/** Launch templates and configurations of either library. */
export function isLaunchTemplate({ words }: Resource): boolean {
  return ['LaunchTemplate', 'CfnLaunchTemplate', 'LaunchConfiguration', 'CfnLaunchConfiguration'].includes(
    words.at(-1) ?? '',
  )
}

/** Resources that make machines: one value in two of them belongs to several groups. */
export function isGroupLike(resource: Resource): boolean {
  return groupKindOf(resource) !== undefined || isLaunchTemplate(resource)
}
