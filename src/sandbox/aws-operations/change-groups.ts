import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import type { InstanceMix } from '../world/group-scenario.js'
import type { LaunchReference } from '../world/group-state.js'
import type { GroupView, World } from '../world/world.js'
import { namedGroup } from './describe-groups.js'
import { type Members, numberOf, recordOf, recordsOf, textOf } from './read-members.js'

/** The writes: SetDesiredCapacity, UpdateAutoScalingGroup, CreateOrUpdateTags. */
export function changeGroupOperations(world: World): Operations {
  return {
    'autoscaling:SetDesiredCapacity': (input, caller) => {
      const { scenario } = namedGroup(world, input, caller)
      const desired = numberOf(input, 'DesiredCapacity') ?? Number.NaN
      world.setDesiredCapacity(caller, scenario.name, desired, input.HonorCooldown === true)
    },
    'autoscaling:UpdateAutoScalingGroup': (input, caller) => {
      const group = namedGroup(world, input, caller)
      const minSize = numberOf(input, 'MinSize')
      const maxSize = numberOf(input, 'MaxSize')
      const desiredCapacity = numberOf(input, 'DesiredCapacity')
      const launch = launchOf(world, group, input)
      world.updateGroup(caller, group.scenario.name, {
        ...(minSize === undefined ? {} : { minSize }),
        ...(maxSize === undefined ? {} : { maxSize }),
        ...(desiredCapacity === undefined ? {} : { desiredCapacity }),
        ...(launch === undefined ? {} : { launch }),
      })
    },
    'autoscaling:CreateOrUpdateTags': (input, caller) => {
      for (const tag of recordsOf(input, 'Tags')) {
        const name = textOf(tag, 'ResourceId') ?? ''
        namedGroup(world, { AutoScalingGroupName: name }, caller)
        world.tag(caller, name, { [textOf(tag, 'Key') ?? '']: textOf(tag, 'Value') ?? '' })
      }
    },
  }
}

/** At most one way to launch may be given. */
function launchOf(world: World, group: GroupView, input: Members): LaunchReference | undefined {
  const configuration = textOf(input, 'LaunchConfigurationName')
  const template = recordOf(input, 'LaunchTemplate')
  const mixed = recordOf(input, 'MixedInstancesPolicy')
  if ([configuration, template, mixed].filter((given) => given !== undefined).length > 1) {
    throw new AwsError(
      'ValidationError',
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    )
  }
  if (configuration !== undefined) {
    return { kind: 'launch-configuration', name: configuration, version: '', mix: undefined }
  }
  if (template !== undefined) {
    return { kind: 'launch-template', ...specificationOf(world, group, template), mix: undefined }
  }
  if (mixed === undefined) return undefined
  const launchTemplate = recordOf(mixed, 'LaunchTemplate') ?? {}
  const specification = recordOf(launchTemplate, 'LaunchTemplateSpecification') ?? {}
  return { kind: 'mixed-instances', ...specificationOf(world, group, specification), mix: mixOf(mixed, launchTemplate) }
}

function specificationOf(
  world: World,
  group: GroupView,
  specification: Members,
): { readonly name: string; readonly version: string } {
  const given = textOf(specification, 'LaunchTemplateName') ?? textOf(specification, 'LaunchTemplateId')
  const { name } = world.launches.template(group.scenario, given ?? group.launch.name)
  return { name, version: textOf(specification, 'Version') ?? '$Default' }
}

function mixOf(mixed: Members, launchTemplate: Members): InstanceMix {
  const distribution = recordOf(mixed, 'InstancesDistribution') ?? {}
  return {
    onDemandBaseCapacity: numberOf(distribution, 'OnDemandBaseCapacity') ?? 0,
    onDemandPercentageAboveBaseCapacity: numberOf(distribution, 'OnDemandPercentageAboveBaseCapacity') ?? 100,
    spotAllocationStrategy: textOf(distribution, 'SpotAllocationStrategy') ?? 'lowest-price',
    overrides: recordsOf(launchTemplate, 'Overrides').flatMap((one) => textOf(one, 'InstanceType') ?? []),
  }
}
