import type { InstanceTypeInfo } from '@aws-sdk/client-ec2'
import { architectureOf, flexBurst, type ShippedCatalogue } from '../../catalogue/shipped-catalogue.js'
import type { InstanceType } from '../../core/model/instance-type.js'
import { listIn, present } from './answers.js'
import type { AwsClients } from './clients.js'
import { itemsOf, pagesOf } from './pages.js'

const call = 'ec2:DescribeInstanceTypes'

/**
 * The shapes that EC2 offers in a region. What EC2 does not say (burst baselines and credits) is taken from the shipped
 * list; a burstable type whose baseline nobody knows is left out, since its capacity is not known either.
 */
export async function readShapes(
  clients: AwsClients,
  region: string,
  shipped: ShippedCatalogue,
): Promise<readonly InstanceType[]> {
  const ec2 = await clients.ec2(region)
  const pages = pagesOf(
    call,
    (token) => ec2.describeInstanceTypes({ MaxResults: 100, NextToken: token }),
    (page) => page.NextToken,
  )
  const types = await itemsOf(pages, (page) => listIn(call, page, 'InstanceTypes'))
  return types.flatMap((type) => shapeOf(type, shipped) ?? [])
}

function shapeOf(type: InstanceTypeInfo, shipped: ShippedCatalogue): InstanceType | undefined {
  const name = type.InstanceType
  const vcpus = type.VCpuInfo?.DefaultVCpus
  const memoryMiB = type.MemoryInfo?.SizeInMiB
  if (name === undefined || vcpus === undefined || memoryMiB === undefined) return undefined
  const known = shipped.types.get(name)
  const family = name.split('.')[0] ?? name
  const burst = known?.burst ?? (family.endsWith('-flex') ? flexBurst(vcpus) : undefined)
  if (type.BurstablePerformanceSupported === true && burst === undefined) return undefined
  return present({
    name,
    family,
    vcpus,
    memoryGiB: memoryMiB / 1024,
    architectures: (type.ProcessorInfo?.SupportedArchitectures ?? []).map(architectureOf),
    networkBaselineGbps: baselineGbpsOf(type) ?? known?.networkBaselineGbps,
    currentGeneration: type.CurrentGeneration ?? known?.currentGeneration ?? false,
    bareMetal: type.BareMetal ?? false,
    spotSupported: type.SupportedUsageClasses?.includes('spot') ?? false,
    burst,
    gpus: gpusOf(type),
    localStorageGB: type.InstanceStorageInfo?.TotalSizeInGB,
  })
}

/** Summed over the network cards; undefined where EC2 gives no baseline. */
function baselineGbpsOf(type: InstanceTypeInfo): number | undefined {
  const cards = type.NetworkInfo?.NetworkCards ?? []
  const baselines = cards.flatMap((card) => card.BaselineBandwidthInGbps ?? [])
  return baselines.length === 0 ? undefined : baselines.reduce((sum, one) => sum + one, 0)
}

/** GPUs and other accelerators alike: neither is to be traded for a plain type. */
function gpusOf(type: InstanceTypeInfo): number | undefined {
  const counts = [
    ...(type.GpuInfo?.Gpus ?? []),
    ...(type.InferenceAcceleratorInfo?.Accelerators ?? []),
    ...(type.NeuronInfo?.NeuronDevices ?? []),
    ...(type.FpgaInfo?.Fpgas ?? []),
  ].map((one) => one.Count ?? 1)
  return counts.length === 0 ? undefined : counts.reduce((sum, one) => sum + one, 0)
}
