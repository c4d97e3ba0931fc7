import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import { expect, test } from '@jest/globals'
import { createLaunchReader } from '../../../src/adapters/aws/launch.js'
import type { Operations } from '../../../src/sandbox/aws/operation.js'
import { regionOf, vendorGroup } from './builders.js'
import { region, standIn } from './stand-in.js'

async function launchOf(group: Partial<AutoScalingGroup>, over: Operations = {}) {
  const { clients } = await standIn(regionOf([], over))
  return createLaunchReader(clients, region, (type) => (type.startsWith('m6i') ? 'x86_64' : undefined))(
    vendorGroup('web', { LaunchTemplate: undefined, ...group }),
  )
}

const template = { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '3' } }

test.each([
  ['3', '3'],
  ['$Latest', '$Latest'],
  [undefined, '$Default'],
])('template version %s is asked for as %s and resolved to its number', async (version, wanted) => {
  const asked: unknown[] = []
  const launch = await launchOf(
    { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: version } },
    {
      'ec2:DescribeLaunchTemplateVersions': (input) => {
        asked.push(input.Versions)
        return {
          LaunchTemplateVersions: [
            { LaunchTemplateName: 'web', VersionNumber: 3, LaunchTemplateData: { InstanceType: 'm6i.large' } },
          ],
        }
      },
    },
  )
  expect(asked).toEqual([[wanted]])
  expect(launch).toMatchObject({ value: { version: '3', instanceType: 'm6i.large', architecture: 'x86_64' } })
})

test('a launch configuration gives its type, and its image the architecture that the type does not', async () => {
  const launch = await launchOf(
    { LaunchConfigurationName: 'old' },
    {
      'autoscaling:DescribeLaunchConfigurations': () => ({
        LaunchConfigurations: [
          { LaunchConfigurationName: 'old', InstanceType: 'z9.large', ImageId: 'ami-7', CreatedTime: new Date(0) },
        ],
      }),
      'ec2:DescribeImages': () => ({ Images: [{ ImageId: 'ami-7', Architecture: 'arm64' }] }),
    },
  )
  expect(launch).toEqual({
    kind: 'known',
    value: {
      kind: 'launch-configuration',
      source: 'old',
      instanceType: 'z9.large',
      imageId: 'ami-7',
      architecture: 'arm64',
    },
  })
})

test('mixed instances keep their distribution, and the type most instances run decides the shape', async () => {
  const instance = {
    AvailabilityZone: 'a',
    LifecycleState: 'InService' as const,
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: false,
  }
  const launch = await launchOf({
    MixedInstancesPolicy: {
      LaunchTemplate: { ...template, Overrides: [{ InstanceType: 'c5.large' }, { InstanceType: 'm6i.xlarge' }] },
      InstancesDistribution: {
        OnDemandBaseCapacity: 1,
        OnDemandPercentageAboveBaseCapacity: 25,
        SpotAllocationStrategy: 'price-capacity-optimized',
      },
    },
    Instances: ['m6i.xlarge', 'm6i.xlarge', 'c5.large'].map((InstanceType, index) => ({
      ...instance,
      InstanceId: `i-${index}`,
      InstanceType,
    })),
  })
  expect(launch).toMatchObject({
    value: {
      kind: 'mixed-instances',
      instanceType: 'm6i.xlarge',
      mix: {
        onDemandBaseCapacity: 1,
        onDemandPercentageAboveBaseCapacity: 25,
        spotAllocationStrategy: 'price-capacity-optimized',
        overrides: ['c5.large', 'm6i.xlarge'],
      },
    },
  })
})

test('where attributes choose the types there is no instance type', async () => {
  const requirements = { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 4096 } }
  const launch = await launchOf({
    MixedInstancesPolicy: { LaunchTemplate: { ...template, Overrides: [{ InstanceRequirements: requirements }] } },
  })
  expect(launch.kind === 'known' && launch.value.instanceType).toBe(undefined)
})

test('a launch configuration that is gone, and a group without either, are unknown with the reason', async () => {
  const gone = await launchOf(
    { LaunchConfigurationName: 'gone' },
    { 'autoscaling:DescribeLaunchConfigurations': () => ({ LaunchConfigurations: [] }) },
  )
  expect(gone).toMatchObject({ kind: 'unknown', why: 'The launch configuration gone does not exist any more.' })
  expect(await launchOf({})).toMatchObject({ kind: 'unknown', why: expect.stringContaining('no launch template') })
})
