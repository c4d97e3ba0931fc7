import type {
  AutoScalingGroup,
  LaunchTemplateOverrides,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling'
import type { ResponseLaunchTemplateData } from '@aws-sdk/client-ec2'
import { TrimtabError } from '../../core/model/errors.js'
import type { Fact } from '../../core/model/fact.js'
import type { Launch } from '../../core/model/group.js'
import { expected, factOf, listIn, present } from './answers.js'
import type { AwsClients } from './clients.js'

/** The architecture of an instance type, where it has exactly one that counts; undefined for an unknown type. */
export type ArchitectureOf = (instanceType: string) => string | undefined

/** Says what a group launches. Templates, configurations and images are each asked for once per reader. */
export type LaunchReader = (group: AutoScalingGroup) => Promise<Fact<Launch>>

interface Template {
  readonly source: string
  readonly version: string
  readonly content: ResponseLaunchTemplateData
}

/** A reader for one region and one run: what it has read it does not read again. */
export function createLaunchReader(clients: AwsClients, region: string, architectureOf: ArchitectureOf): LaunchReader {
  const templates = remember((key: string) => readTemplate(clients, region, key))
  const configurations = remember((name: string) => readConfiguration(clients, region, name))
  const imageArchitecture = remember((imageId: string) => factOf(readImageArchitecture(clients, region, imageId)))
  const architecture = async (type: string | undefined, imageId: string | undefined): Promise<string | undefined> => {
    const ofType = type === undefined ? undefined : architectureOf(type)
    if (ofType !== undefined || imageId?.startsWith('ami-') !== true) return ofType
    const fact = await imageArchitecture(imageId)
    return fact.kind === 'known' ? fact.value : undefined
  }
  const read = async (group: AutoScalingGroup): Promise<Launch> => {
    const mixed = group.MixedInstancesPolicy
    const launch = mixed
      ? mixedLaunch(mixed, await templates(templateKey(mixed.LaunchTemplate?.LaunchTemplateSpecification)), group)
      : group.LaunchTemplate
        ? templateLaunch(await templates(templateKey(group.LaunchTemplate)))
        : await configurations(configurationName(group))
    return present({ ...launch, architecture: await architecture(launch.instanceType, launch.imageId) })
  }
  return (group) => factOf(read(group))
}

function remember<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const seen = new Map<string, Promise<T>>()
  return (key) => {
    const earlier = seen.get(key)
    if (earlier) return earlier
    const fresh = read(key)
    seen.set(key, fresh)
    return fresh
  }
}

function templateKey(specification: LaunchTemplateSpecification | undefined): string {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } = specification ?? {}
  if (id === undefined && name === undefined) throw notFound('The group names no launch template.')
  return JSON.stringify([id ?? null, id === undefined ? name : null, version ?? '$Default'])
}

async function readTemplate(clients: AwsClients, region: string, key: string): Promise<Template> {
  const call = 'ec2:DescribeLaunchTemplateVersions'
  const [id, name, wanted] = JSON.parse(key) as [string | null, string | null, string]
  const ec2 = await clients.ec2(region)
  const answer = await ec2.describeLaunchTemplateVersions({
    ...(id === null ? { LaunchTemplateName: name ?? '' } : { LaunchTemplateId: id }),
    Versions: [wanted],
  })
  const [version] = listIn(call, answer, 'LaunchTemplateVersions')
  if (version === undefined) throw notFound(`The launch template ${id ?? name} has no version ${wanted}.`)
  return {
    source: version.LaunchTemplateName ?? version.LaunchTemplateId ?? id ?? name ?? '',
    version: String(expected(call, 'VersionNumber', version.VersionNumber)),
    content: expected(call, 'LaunchTemplateData', version.LaunchTemplateData),
  }
}

function templateLaunch({ source, version, content }: Template): Launch {
  // Attributes choose the type where the template has requirements instead of one.
  const instanceType = content.InstanceRequirements ? undefined : content.InstanceType
  return present({ kind: 'launch-template' as const, source, version, instanceType, imageId: content.ImageId })
}

function mixedLaunch(policy: MixedInstancesPolicy, template: Template, group: AutoScalingGroup): Launch {
  const overrides = policy.LaunchTemplate?.Overrides ?? []
  const distribution = policy.InstancesDistribution
  return present({
    kind: 'mixed-instances' as const,
    source: template.source,
    version: template.version,
    instanceType: overrides.length === 0 ? templateLaunch(template).instanceType : typeOf(overrides, group),
    imageId: template.content.ImageId,
    mix: present({
      onDemandBaseCapacity: distribution?.OnDemandBaseCapacity ?? 0,
      // AWS's own default: all on-demand.
      onDemandPercentageAboveBaseCapacity: distribution?.OnDemandPercentageAboveBaseCapacity ?? 100,
      spotAllocationStrategy: distribution?.SpotAllocationStrategy,
      overrides: overrides.flatMap((override) => override.InstanceType ?? []),
    }),
  })
}

/** The type most instances run, first override on a tie; undefined where attributes choose. */
function typeOf(overrides: readonly LaunchTemplateOverrides[], group: AutoScalingGroup): string | undefined {
  if (overrides.some((override) => override.InstanceRequirements !== undefined)) return undefined
  const counted = overrides.flatMap(({ InstanceType }) =>
    InstanceType === undefined
      ? []
      : [{ InstanceType, running: (group.Instances ?? []).filter((one) => one.InstanceType === InstanceType).length }],
  )
  return [...counted].sort((a, b) => b.running - a.running)[0]?.InstanceType
}

function configurationName(group: AutoScalingGroup): string {
  if (group.LaunchConfigurationName) return group.LaunchConfigurationName
  throw notFound('The group has no launch template and no launch configuration.')
}

async function readConfiguration(clients: AwsClients, region: string, name: string): Promise<Launch> {
  const call = 'autoscaling:DescribeLaunchConfigurations'
  const autoScaling = await clients.autoScaling(region)
  const answer = await autoScaling.describeLaunchConfigurations({ LaunchConfigurationNames: [name] })
  const [configuration] = listIn(call, answer, 'LaunchConfigurations')
  if (configuration === undefined) throw notFound(`The launch configuration ${name} does not exist any more.`)
  return present({
    kind: 'launch-configuration' as const,
    source: name,
    instanceType: configuration.InstanceType,
    imageId: configuration.ImageId,
  })
}

async function readImageArchitecture(
  clients: AwsClients,
  region: string,
  imageId: string,
): Promise<string | undefined> {
  const ec2 = await clients.ec2(region)
  const answer = await ec2.describeImages({ ImageIds: [imageId] })
  return answer.Images?.[0]?.Architecture
}

function notFound(message: string): TrimtabError {
  return new TrimtabError('not-found', message)
}
