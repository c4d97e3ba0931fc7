/** What the sandbox knows of an instance type. Prices are Linux, shared tenancy, us-east-1. */
export interface InstanceShape {
  readonly name: string
  readonly family: string
  readonly vcpus: number
  readonly memoryGiB: number
  readonly networkBaselineGbps: number
  readonly networkPeakGbps: number
  readonly architecture: 'x86_64' | 'arm64'
  readonly currentGeneration: boolean
  readonly usdPerHour: number
  /** Burstable types: what a vCPU may use for ever, credits earned in an hour, credits kept at most. */
  readonly burst?: {
    readonly baselinePercentPerVcpu: number
    readonly creditsPerHour: number
    readonly maxCredits: number
  }
}

/**
 * Shapes: EC2 DescribeInstanceTypes answers published with moto (2026-08-02). Prices: AWS price list as generated for
 * karpenter-provider-aws (2026-07-20). Burst figures: EC2 User Guide, "CPU credits and baseline performance".
 */
export const priceListDate = '2026-07-20'

/** vCPUs, GiB, baseline and peak Gbit/s, USD an hour, older generation as EC2 says, and for burstables their figures. */
type Row = readonly [
  name: string,
  vcpus: number,
  memoryGiB: number,
  baseline: number,
  peak: number,
  usdPerHour: number,
  generation: 'current' | 'previous',
  burst?: readonly [baselinePercent: number, creditsPerHour: number, maxCredits: number],
]

const rows: readonly Row[] = [
  ['t3.medium', 2, 4, 0.256, 5, 0.0416, 'current', [20, 24, 576]],
  ['t3.large', 2, 8, 0.512, 5, 0.0832, 'current', [30, 36, 864]],
  ['t3.xlarge', 4, 16, 1.024, 5, 0.1664, 'current', [40, 96, 2304]],
  ['t3.2xlarge', 8, 32, 2.048, 5, 0.3328, 'current', [40, 192, 4608]],
  ['t3a.medium', 2, 4, 0.256, 5, 0.0376, 'current', [20, 24, 576]],
  ['t3a.large', 2, 8, 0.512, 5, 0.0752, 'current', [30, 36, 864]],
  ['t3a.xlarge', 4, 16, 1.024, 5, 0.1504, 'current', [40, 96, 2304]],
  ['t3a.2xlarge', 8, 32, 2.048, 5, 0.3008, 'current', [40, 192, 4608]],
  ['t4g.medium', 2, 4, 0.256, 5, 0.0336, 'current', [20, 24, 576]],
  ['t4g.large', 2, 8, 0.512, 5, 0.0672, 'current', [30, 36, 864]],
  ['t4g.xlarge', 4, 16, 1.024, 5, 0.1344, 'current', [40, 96, 2304]],
  ['t4g.2xlarge', 8, 32, 2.048, 5, 0.2688, 'current', [40, 192, 4608]],
  ['m5.large', 2, 8, 0.75, 10, 0.096, 'previous'],
  ['m5.xlarge', 4, 16, 1.25, 10, 0.192, 'previous'],
  ['m5.2xlarge', 8, 32, 2.5, 10, 0.384, 'previous'],
  ['m5.4xlarge', 16, 64, 5, 10, 0.768, 'previous'],
  ['m5a.large', 2, 8, 0.75, 10, 0.086, 'current'],
  ['m5a.xlarge', 4, 16, 1.25, 10, 0.172, 'current'],
  ['m5a.2xlarge', 8, 32, 2.5, 10, 0.344, 'current'],
  ['m5a.4xlarge', 16, 64, 5, 10, 0.688, 'current'],
  ['m6i.large', 2, 8, 0.781, 12.5, 0.096, 'previous'],
  ['m6i.xlarge', 4, 16, 1.562, 12.5, 0.192, 'previous'],
  ['m6i.2xlarge', 8, 32, 3.125, 12.5, 0.384, 'previous'],
  ['m6i.4xlarge', 16, 64, 6.25, 12.5, 0.768, 'previous'],
  ['m6a.large', 2, 8, 0.781, 12.5, 0.0864, 'current'],
  ['m6a.xlarge', 4, 16, 1.562, 12.5, 0.1728, 'current'],
  ['m6a.2xlarge', 8, 32, 3.125, 12.5, 0.3456, 'current'],
  ['m6a.4xlarge', 16, 64, 6.25, 12.5, 0.6912, 'current'],
  ['m6g.large', 2, 8, 0.75, 10, 0.077, 'current'],
  ['m6g.xlarge', 4, 16, 1.25, 10, 0.154, 'current'],
  ['m6g.2xlarge', 8, 32, 2.5, 10, 0.308, 'current'],
  ['m6g.4xlarge', 16, 64, 5, 10, 0.616, 'current'],
  ['m7i.large', 2, 8, 0.781, 12.5, 0.1008, 'current'],
  ['m7i.xlarge', 4, 16, 1.562, 12.5, 0.2016, 'current'],
  ['m7i.2xlarge', 8, 32, 3.125, 12.5, 0.4032, 'current'],
  ['m7i.4xlarge', 16, 64, 6.25, 12.5, 0.8064, 'current'],
  ['m7g.large', 2, 8, 0.937, 12.5, 0.0816, 'current'],
  ['m7g.xlarge', 4, 16, 1.876, 12.5, 0.1632, 'current'],
  ['m7g.2xlarge', 8, 32, 3.75, 15, 0.3264, 'current'],
  ['m7g.4xlarge', 16, 64, 7.5, 15, 0.6528, 'current'],
  ['m7i-flex.large', 2, 8, 0.39, 12.5, 0.09576, 'current'],
  ['m7i-flex.xlarge', 4, 16, 0.781, 12.5, 0.19152, 'current'],
  ['m7i-flex.2xlarge', 8, 32, 1.562, 12.5, 0.38304, 'current'],
  ['m7i-flex.4xlarge', 16, 64, 3.125, 12.5, 0.76608, 'current'],
  ['c5.large', 2, 4, 0.75, 10, 0.085, 'previous'],
  ['c5.xlarge', 4, 8, 1.25, 10, 0.17, 'previous'],
  ['c5.2xlarge', 8, 16, 2.5, 10, 0.34, 'previous'],
  ['c5.4xlarge', 16, 32, 5, 10, 0.68, 'previous'],
  ['c6i.large', 2, 4, 0.781, 12.5, 0.085, 'current'],
  ['c6i.xlarge', 4, 8, 1.562, 12.5, 0.17, 'current'],
  ['c6i.2xlarge', 8, 16, 3.125, 12.5, 0.34, 'current'],
  ['c6i.4xlarge', 16, 32, 6.25, 12.5, 0.68, 'current'],
  ['c6a.large', 2, 4, 0.781, 12.5, 0.0765, 'current'],
  ['c6a.xlarge', 4, 8, 1.562, 12.5, 0.153, 'current'],
  ['c6a.2xlarge', 8, 16, 3.125, 12.5, 0.306, 'current'],
  ['c6a.4xlarge', 16, 32, 6.25, 12.5, 0.612, 'current'],
  ['c6g.large', 2, 4, 0.75, 10, 0.068, 'current'],
  ['c6g.xlarge', 4, 8, 1.25, 10, 0.136, 'current'],
  ['c6g.2xlarge', 8, 16, 2.5, 10, 0.272, 'current'],
  ['c6g.4xlarge', 16, 32, 5, 10, 0.544, 'current'],
  ['c7i.large', 2, 4, 0.781, 12.5, 0.08925, 'current'],
  ['c7i.xlarge', 4, 8, 1.562, 12.5, 0.1785, 'current'],
  ['c7i.2xlarge', 8, 16, 3.125, 12.5, 0.357, 'current'],
  ['c7i.4xlarge', 16, 32, 6.25, 12.5, 0.714, 'current'],
  ['c7g.large', 2, 4, 0.937, 12.5, 0.0725, 'current'],
  ['c7g.xlarge', 4, 8, 1.876, 12.5, 0.145, 'current'],
  ['c7g.2xlarge', 8, 16, 3.75, 15, 0.29, 'current'],
  ['c7g.4xlarge', 16, 32, 7.5, 15, 0.58, 'current'],
  ['r5.large', 2, 16, 0.75, 10, 0.126, 'previous'],
  ['r5.xlarge', 4, 32, 1.25, 10, 0.252, 'previous'],
  ['r5.2xlarge', 8, 64, 2.5, 10, 0.504, 'previous'],
  ['r5.4xlarge', 16, 128, 5, 10, 1.008, 'previous'],
  ['r6i.large', 2, 16, 0.781, 12.5, 0.126, 'previous'],
  ['r6i.xlarge', 4, 32, 1.562, 12.5, 0.252, 'previous'],
  ['r6i.2xlarge', 8, 64, 3.125, 12.5, 0.504, 'previous'],
  ['r6i.4xlarge', 16, 128, 6.25, 12.5, 1.008, 'previous'],
  ['r6a.large', 2, 16, 0.781, 12.5, 0.1134, 'current'],
  ['r6a.xlarge', 4, 32, 1.562, 12.5, 0.2268, 'current'],
  ['r6a.2xlarge', 8, 64, 3.125, 12.5, 0.4536, 'current'],
  ['r6a.4xlarge', 16, 128, 6.25, 12.5, 0.9072, 'current'],
  ['r6g.large', 2, 16, 0.75, 10, 0.1008, 'current'],
  ['r6g.xlarge', 4, 32, 1.25, 10, 0.2016, 'current'],
  ['r6g.2xlarge', 8, 64, 2.5, 10, 0.4032, 'current'],
  ['r6g.4xlarge', 16, 128, 5, 10, 0.8064, 'current'],
  ['r7i.large', 2, 16, 0.781, 12.5, 0.1323, 'current'],
  ['r7i.xlarge', 4, 32, 1.562, 12.5, 0.2646, 'current'],
  ['r7i.2xlarge', 8, 64, 3.125, 12.5, 0.5292, 'current'],
  ['r7i.4xlarge', 16, 128, 6.25, 12.5, 1.0584, 'current'],
  ['r7g.large', 2, 16, 0.937, 12.5, 0.1071, 'current'],
  ['r7g.xlarge', 4, 32, 1.876, 12.5, 0.2142, 'current'],
  ['r7g.2xlarge', 8, 64, 3.75, 15, 0.4284, 'current'],
  ['r7g.4xlarge', 16, 128, 7.5, 15, 0.8568, 'current'],
]

/** By type name, in the order of the price list's families. */
export const instanceShapes: ReadonlyMap<string, InstanceShape> = new Map(rows.map((row) => [row[0], shapeOf(row)]))

function shapeOf([name, vcpus, memoryGiB, baseline, peak, usdPerHour, generation, burst]: Row): InstanceShape {
  const family = name.slice(0, name.indexOf('.'))
  const shape: InstanceShape = {
    name,
    family,
    vcpus,
    memoryGiB,
    networkBaselineGbps: baseline,
    networkPeakGbps: peak,
    // Graviton families carry a g behind their generation's digit.
    architecture: /^[a-z]+\dg/.test(family) ? 'arm64' : 'x86_64',
    currentGeneration: generation === 'current',
    usdPerHour,
  }
  if (burst === undefined) return shape
  const [baselinePercentPerVcpu, creditsPerHour, maxCredits] = burst
  return { ...shape, burst: { baselinePercentPerVcpu, creditsPerHour, maxCredits } }
}

/** The shape of a type; throws where the sandbox does not have it, naming the ones it has. */
export function shapeOfType(name: string): InstanceShape {
  const shape = instanceShapes.get(name)
  if (shape !== undefined) return shape
  throw new Error(`building the sandbox: expected one of ${[...instanceShapes.keys()].join(', ')}, got "${name}"`)
}
