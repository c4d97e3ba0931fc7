import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import type { LaunchTemplate, LaunchVersion } from '../world/launch-templates.js'
import type { World } from '../world/world.js'
import { pageOf } from './instance-type-operations.js'
import { type Members, recordOf, textOf, textsOf } from './read-members.js'

/** EC2's launch templates: reading them and their versions, adding a version, choosing the default. */
export function launchTemplateOperations(world: World): Operations {
  const { launches } = world
  return {
    'ec2:DescribeLaunchTemplates': (input, caller) => {
      const wanted = [...(textsOf(input, 'LaunchTemplateIds') ?? []), ...(textsOf(input, 'LaunchTemplateNames') ?? [])]
      const found =
        wanted.length === 0 ? launches.templates(caller) : wanted.map((one) => launches.template(caller, one))
      const page = paginate(found, pageOf(input, 200))
      return { LaunchTemplates: page.items.map(describeTemplate), NextToken: page.nextToken }
    },
    'ec2:DescribeLaunchTemplateVersions': (input, caller) => {
      const template = launches.template(caller, namedTemplate(input))
      const wanted = textsOf(input, 'Versions')
      const versions =
        wanted === undefined
          ? template.versions.toReversed()
          : wanted.map((version) => launches.version(template, version))
      const page = paginate(versions, pageOf(input, 200))
      return {
        LaunchTemplateVersions: page.items.map((version) => describeVersion(template, version)),
        NextToken: page.nextToken,
      }
    },
    'ec2:CreateLaunchTemplateVersion': (input, caller) => {
      const data = recordOf(input, 'LaunchTemplateData') ?? {}
      const name = namedTemplate(input)
      const [instanceType, imageId] = [textOf(data, 'InstanceType'), textOf(data, 'ImageId')]
      const [description, sourceVersion] = [textOf(input, 'VersionDescription'), textOf(input, 'SourceVersion')]
      const version = launches.addVersion(caller, name, {
        ...(instanceType === undefined ? {} : { instanceType }),
        ...(imageId === undefined ? {} : { imageId }),
        ...(description === undefined ? {} : { description }),
        ...(sourceVersion === undefined ? {} : { sourceVersion }),
      })
      return { LaunchTemplateVersion: describeVersion(launches.template(caller, name), version) }
    },
    'ec2:ModifyLaunchTemplate': (input, caller) => {
      const version = Number(textOf(input, 'DefaultVersion') ?? '')
      return { LaunchTemplate: describeTemplate(launches.setDefault(caller, namedTemplate(input), version)) }
    },
  }
}

function namedTemplate(input: Members): string {
  const name = textOf(input, 'LaunchTemplateId') ?? textOf(input, 'LaunchTemplateName')
  if (name !== undefined) return name
  throw new AwsError(
    'MissingParameter',
    'Either a launch template ID or a launch template name must be specified in the request.',
  )
}

function describeTemplate(template: LaunchTemplate): Members {
  return {
    LaunchTemplateId: template.launchTemplateId,
    LaunchTemplateName: template.name,
    CreateTime: new Date(template.createdAtMs),
    CreatedBy: `arn:aws:iam::${template.account}:role/deployer`,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: template.versions.at(-1)?.versionNumber,
  }
}

function describeVersion(template: LaunchTemplate, version: LaunchVersion): Members {
  return {
    LaunchTemplateId: template.launchTemplateId,
    LaunchTemplateName: template.name,
    VersionNumber: version.versionNumber,
    VersionDescription: version.description,
    CreateTime: new Date(version.createdAtMs),
    CreatedBy: `arn:aws:iam::${template.account}:role/deployer`,
    DefaultVersion: version.versionNumber === template.defaultVersion,
    LaunchTemplateData: { InstanceType: version.instanceType, ImageId: version.imageId },
  }
}
