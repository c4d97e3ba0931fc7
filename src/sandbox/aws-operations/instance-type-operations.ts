import { AwsError } from '../aws/aws-error.js'
import type { Operations } from '../aws/operation.js'
import { paginate } from '../aws/paginate.js'
import { type InstanceShape, instanceShapes } from '../world/instance-shapes.js'
import type { World } from '../world/world.js'
import { getSpotPlacementScores } from './placement-scores.js'
import { type Members, numberOf, recordsOf, textOf, textsOf, timeOf } from './read-members.js'
import { spotPriceAt } from './spot-price.js'

const hourMs = 3_600_000

/** EC2's instance types and spot prices: the sandbox's small catalogue in EC2's shape. */
export function instanceTypeOperations(world: World): Operations {
  return {
    'ec2:DescribeInstanceTypes': (input) => {
      const page = paginate(chosenTypes(input), pageOf(input, 100))
      return { InstanceTypes: page.items.map(describeType), NextToken: page.nextToken }
    },
    'ec2:DescribeInstanceTypeOfferings': (input, caller) => {
      const byZone = textOf(input, 'LocationType') === 'availability-zone'
      const places = byZone ? zonesOf(caller.region) : [caller.region]
      const offers = [...instanceShapes.keys()].flatMap((InstanceType) =>
        places.map((Location) => ({
          InstanceType,
          LocationType: byZone ? 'availability-zone' : 'region',
          Location,
        })),
      )
      const page = paginate(
        offers.filter((offer) => passes(input, { 'instance-type': offer.InstanceType, location: offer.Location })),
        pageOf(input, 1000),
      )
      return { InstanceTypeOfferings: page.items, NextToken: page.nextToken }
    },
    'ec2:DescribeSpotPriceHistory': (input, caller) => {
      const types = textsOf(input, 'InstanceTypes') ?? [...instanceShapes.keys()]
      const untilMs = timeOf(input, 'EndTime') ?? world.now()
      const fromMs = timeOf(input, 'StartTime') ?? untilMs
      const zone = textOf(input, 'AvailabilityZone')
      const prices = types
        .flatMap((type) => instanceShapes.get(type) ?? [])
        .flatMap((shape) => zonesOf(caller.region).flatMap((one) => spotPrices(shape, one, { fromMs, untilMs })))
        .filter((price) => zone === undefined || price.AvailabilityZone === zone)
        .filter((price) =>
          passes(input, { 'availability-zone': price.AvailabilityZone, 'instance-type': price.InstanceType }),
        )
      const page = paginate(prices, pageOf(input, 1000))
      return { SpotPriceHistory: page.items, NextToken: page.nextToken ?? '' }
    },
    'ec2:GetSpotPlacementScores': getSpotPlacementScores,
    'ec2:DescribeRegions': () => ({
      Regions: ['us-east-1', 'eu-west-1'].map((RegionName) => ({
        RegionName,
        Endpoint: `ec2.${RegionName}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      })),
    }),
    'ec2:DescribeAvailabilityZones': (_input, caller) => ({
      AvailabilityZones: zonesOf(caller.region).map((ZoneName) => ({
        ZoneName,
        RegionName: caller.region,
        State: 'available',
        ZoneType: 'availability-zone',
      })),
    }),
  }
}

/** The three zones that the sandbox has in each region. */
export function zonesOf(region: string): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`)
}

/** Whether every filter of a request names one of the item's values; filters on anything else are refused. */
export function passes(input: Members, item: Readonly<Record<string, string | undefined>>): boolean {
  return recordsOf(input, 'Filters').every((filter) => {
    const name = textOf(filter, 'Name') ?? ''
    if (!(name in item)) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`)
    return (textsOf(filter, 'Values') ?? []).some((value) => matches(value, item[name] ?? ''))
  })
}

function matches(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) return pattern === value
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(value)
}

export function pageOf(input: Members, usual: number): { readonly token: string | undefined; readonly limit: number } {
  return { token: textOf(input, 'NextToken'), limit: numberOf(input, 'MaxResults') ?? usual }
}

function chosenTypes(input: Members): readonly InstanceShape[] {
  const names = textsOf(input, 'InstanceTypes')
  const unknown = (names ?? []).filter((name) => !instanceShapes.has(name))
  if (unknown.length > 0) {
    throw new AwsError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    )
  }
  return [...instanceShapes.values()]
    .filter(({ name }) => names === undefined || names.includes(name))
    .filter((shape) =>
      passes(input, {
        'instance-type': shape.name,
        'current-generation': String(shape.currentGeneration),
        'processor-info.supported-architecture': shape.architecture,
        'supported-usage-class': 'on-demand',
        'bare-metal': 'false',
        hypervisor: 'nitro',
        'burstable-performance-supported': String(shape.burst !== undefined),
      }),
    )
}

function describeType(shape: InstanceShape): Members {
  const cores = shape.architecture === 'arm64' ? shape.vcpus : shape.vcpus / 2
  return {
    InstanceType: shape.name,
    CurrentGeneration: shape.currentGeneration,
    FreeTierEligible: false,
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: 'nitro',
    ProcessorInfo: { SupportedArchitectures: [shape.architecture], Manufacturer: manufacturerOf(shape) },
    VCpuInfo: { DefaultVCpus: shape.vcpus, DefaultCores: cores, DefaultThreadsPerCore: shape.vcpus / cores },
    MemoryInfo: { SizeInMiB: shape.memoryGiB * 1024 },
    InstanceStorageSupported: false,
    EbsInfo: { EbsOptimizedSupport: 'default', EncryptionSupport: 'supported', NvmeSupport: 'required' },
    NetworkInfo: {
      NetworkPerformance: `Up to ${shape.networkPeakGbps} Gigabit`,
      MaximumNetworkInterfaces: 3,
      NetworkCards: [
        {
          NetworkCardIndex: 0,
          NetworkPerformance: `Up to ${shape.networkPeakGbps} Gigabit`,
          MaximumNetworkInterfaces: 3,
          BaselineBandwidthInGbps: shape.networkBaselineGbps,
          PeakBandwidthInGbps: shape.networkPeakGbps,
        },
      ],
      EnaSupport: 'required',
    },
    PlacementGroupInfo: { SupportedStrategies: ['partition', 'spread'] },
    HibernationSupported: false,
    BurstablePerformanceSupported: shape.burst !== undefined,
    DedicatedHostsSupported: false,
    AutoRecoverySupported: true,
  }
}

function manufacturerOf({ architecture, family }: InstanceShape): string {
  if (architecture === 'arm64') return 'AWS'
  return /\da/.test(family) ? 'AMD' : 'Intel'
}

/** The price in force at the start, then each change up to the end, newest first: prices change every six hours at most. */
function spotPrices(shape: InstanceShape, zone: string, span: { readonly fromMs: number; readonly untilMs: number }) {
  const sixHours = 6 * hourMs
  const first = Math.floor(span.fromMs / sixHours)
  const last = Math.floor(span.untilMs / sixHours)
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    InstanceType: shape.name,
    ProductDescription: 'Linux/UNIX',
    AvailabilityZone: zone,
    SpotPrice: spotPriceAt(shape, zone, last - index).toFixed(6),
    Timestamp: new Date((last - index) * sixHours),
  }))
}
