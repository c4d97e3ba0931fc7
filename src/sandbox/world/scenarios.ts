import type { DemandFigures, DemandShape } from '../demand/demand-figures.js'
import type { DemandSource } from '../demand/demand-source.js'
import { seedOf, uniformAt } from '../demand/random-at.js'
import type { GroupScenario, LoadScenario } from './group-scenario.js'
import { shapeOfType } from './instance-shapes.js'

const account = '123456789012'
const region = 'us-east-1'
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c']
const intelImage = 'ami-0f3c9b8d7e6a51420'
const gravitonImage = 'ami-0a91d5c7be2f34860'

/** The kinds of outcome that the demo's fleet has one group for, in the order of `fleet`. */
export const fleetRoles = [
  'overProvisioned',
  'saturated',
  'wrongFamily',
  'faultTolerant',
  'noMemoryMetric',
  'gappy',
  'memoryBound',
  'computedValue',
  'wellSized',
  'failingScaleUp',
] as const
export type FleetRole = (typeof fleetRoles)[number]

/** The fleet of Kestrel & Co., who rent bicycles: a group for each kind of outcome. The seed moves levels by ±3 %. */
export function fleet(seed: number): readonly GroupScenario[] {
  return fleetRoles.map((role) => groupFor(role, seed))
}

/** One group of the demo's fleet. */
export function groupFor(role: FleetRole, seed: number): GroupScenario {
  return builders[role](seed)
}

interface Sketch {
  readonly name: string
  readonly environment: 'production' | 'staging' | 'development'
  readonly team: string
  readonly instanceType: string
  readonly sizes: readonly [minSize: number, desiredCapacity: number, maxSize: number]
  readonly load: LoadScenario
}

function group(sketch: Sketch, rest: Partial<GroupScenario> = {}): GroupScenario {
  const [minSize, desiredCapacity, maxSize] = sketch.sizes
  const { architecture } = shapeOfType(sketch.instanceType)
  return {
    account,
    region,
    name: sketch.name,
    tags: { Name: sketch.name, Environment: sketch.environment, Team: sketch.team, ManagedBy: 'terraform' },
    launch: {
      kind: 'launch-template',
      name: sketch.name,
      version: '$Latest',
      instanceType: sketch.instanceType,
      imageId: architecture === 'arm64' ? gravitonImage : intelImage,
    },
    minSize,
    desiredCapacity,
    maxSize,
    availabilityZones: zones,
    policies: [],
    load: sketch.load,
    bootSeconds: 90,
    warmupSeconds: 60,
    defaultCooldownSeconds: 300,
    healthCheckType: 'EC2',
    healthCheckGraceSeconds: 120,
    latency: { baseMs: 45, maxMs: 5000 },
    memoryAgent: true,
    groupMetrics: true,
    ...rest,
  }
}

/** P99 in vCPUs, moved by up to ±3 % by the seed. */
function demand(
  seed: number,
  name: string,
  shape: DemandShape,
  p99: number,
  figures?: Partial<DemandFigures>,
): DemandSource {
  const own = seedOf(seed, name)
  const level = p99 * (0.97 + 0.06 * uniformAt(own, 90, 0))
  return { kind: 'generated', shape, seed: own, p99: level, ...(figures === undefined ? {} : { figures }) }
}

function load(cpu: DemandSource, memory: LoadScenario['memory'], requestsPerVcpuSecond = 40): LoadScenario {
  return {
    cpu,
    memory,
    networkInBytesPerVcpuSecond: 180_000,
    networkOutBytesPerVcpuSecond: 650_000,
    requestsPerVcpuSecond,
  }
}

function tracking(targetValue: number): GroupScenario['policies'] {
  return [
    {
      kind: 'target-tracking',
      name: 'cpu-target',
      metric: 'ASGAverageCPUUtilization',
      targetValue,
      warmupSeconds: 150,
    },
  ]
}

function web(name: string): Partial<GroupScenario> {
  return {
    targetGroup: { name: `${name}-tg`.slice(0, 32), loadBalancerName: `${name}-alb`.slice(0, 32) },
    healthCheckType: 'ELB',
  }
}

/** Calm enough that a level near saturation stays there all day. */
const steady: Partial<DemandFigures> = {
  harmonics: [{ cosine: -0.02, sine: 0.01 }],
  weekendFactor: 1,
  noise: { ar1: 0.9, sigma: 0.012 },
  bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
}

/** A day much like the one before: half of the noise that was fitted, so that no seed has a day of its own. */
const regular: Partial<DemandFigures> = { noise: { ar1: 0.919, sigma: 0.07 } }

/** One long rise and one long fall a day, nights at a quarter of the peak. */
const smooth: Partial<DemandFigures> = {
  ...regular,
  harmonics: [
    { cosine: -0.38, sine: 0.5 },
    { cosine: 0.055, sine: -0.058 },
    { cosine: 0.08, sine: 0.06 },
  ],
}

const builders: Readonly<Record<FleetRole, (seed: number) => GroupScenario>> = {
  // A floor of eight where the nights need two: target tracking sits on min most of the day.
  overProvisioned: (seed) => {
    const name = 'kestrel-storefront'
    const sketch = {
      name,
      environment: 'production',
      team: 'storefront',
      instanceType: 'm6i.large',
      sizes: [8, 8, 16],
      load: load(demand(seed, name, 'diurnal', 5.2), { fixedGiBPerInstance: 2.4, gibPerBusyVcpu: 0.9 }),
    } as const
    return group(sketch, { ...web(name), policies: tracking(50) })
  },
  // No policy, always near 90 %: room below max, and open to live action.
  saturated: (seed) => {
    const name = 'kestrel-checkout-api'
    const sketch = {
      name,
      environment: 'production',
      team: 'payments',
      instanceType: 'c6i.large',
      sizes: [4, 4, 10],
      load: load(demand(seed, name, 'flat', 7.6, steady), { fixedGiBPerInstance: 1.4, gibPerBusyVcpu: 0.6 }),
    } as const
    const base = group(sketch, web(name))
    return { ...base, tags: { ...base.tags, 'trimtab:apply': 'true' } }
  },
  // Memory-rich machines for work that needs processors.
  wrongFamily: (seed) => {
    const name = 'kestrel-route-planner'
    const sketch = {
      name,
      environment: 'production',
      team: 'routing',
      instanceType: 'r6i.xlarge',
      sizes: [2, 5, 12],
      load: load(demand(seed, name, 'diurnal', 15, regular), { fixedGiBPerInstance: 1.6, gibPerBusyVcpu: 0.4 }),
    } as const
    return group(sketch, { policies: tracking(60) })
  },
  faultTolerant: (seed) => {
    const name = 'kestrel-staging-encoders'
    const sketch = {
      name,
      environment: 'staging',
      team: 'media',
      instanceType: 'm6i.xlarge',
      sizes: [6, 6, 9],
      load: load(demand(seed, name, 'flat', 16.5, steady), { fixedGiBPerInstance: 3, gibPerBusyVcpu: 2 }),
    } as const
    const base = group(sketch)
    return { ...base, tags: { ...base.tags, 'trimtab:fault-tolerant': 'true' } }
  },
  // Runs without the agent: what it survived is the only evidence about memory.
  noMemoryMetric: (seed) => {
    const name = 'kestrel-search'
    const sketch = {
      name,
      environment: 'production',
      team: 'search',
      instanceType: 'm6i.large',
      sizes: [9, 9, 15],
      load: load(demand(seed, name, 'diurnal', 19.5, smooth), { fixedGiBPerInstance: 2, gibPerBusyVcpu: 1.2 }),
    } as const
    return group(sketch, { ...web(name), policies: tracking(50), memoryAgent: false })
  },
  // Its metrics come and go: fewer than seven full days in a fortnight.
  gappy: (seed) => {
    const name = 'kestrel-telemetry-intake'
    const sketch = {
      name,
      environment: 'production',
      team: 'platform',
      instanceType: 'm6i.large',
      sizes: [6, 6, 10],
      load: load(demand(seed, name, 'bursty', 5), { fixedGiBPerInstance: 2, gibPerBusyVcpu: 0.5 }),
    } as const
    return group(sketch, { policies: tracking(60), gaps: { share: 0.62, hours: 3 } })
  },
  // Idle processors, full memory: the caches are the work.
  memoryBound: (seed) => {
    const name = 'kestrel-session-cache'
    const sketch = {
      name,
      environment: 'production',
      team: 'platform',
      instanceType: 'r6g.large',
      sizes: [6, 6, 8],
      load: load(demand(seed, name, 'diurnal', 2.6), { fixedGiBPerInstance: 12.6, gibPerBusyVcpu: 0.4 }),
    } as const
    return group(sketch)
  },
  computedValue: (seed) => {
    const name = 'kestrel-pricing'
    const sketch = {
      name,
      environment: 'production',
      team: 'pricing',
      instanceType: 'c6i.xlarge',
      sizes: [6, 6, 12],
      load: load(demand(seed, name, 'diurnal', 8), { fixedGiBPerInstance: 2.2, gibPerBusyVcpu: 0.5 }),
    } as const
    return group(sketch, { policies: tracking(50) })
  },
  // Small floor, a policy that follows the day.
  wellSized: (seed) => {
    const name = 'kestrel-bookings'
    const sketch = {
      name,
      environment: 'production',
      team: 'bookings',
      instanceType: 'm6i.large',
      sizes: [3, 4, 12],
      load: load(demand(seed, name, 'diurnal', 9, regular), { fixedGiBPerInstance: 3.4, gibPerBusyVcpu: 1.6 }),
    } as const
    return group(sketch, { ...web(name), policies: tracking(62) })
  },
  // Saturated like the checkout, but its image no longer passes the load balancer's check.
  failingScaleUp: (seed) => {
    const name = 'kestrel-notifications'
    const sketch = {
      name,
      environment: 'production',
      team: 'messaging',
      instanceType: 'c6i.large',
      sizes: [3, 3, 8],
      load: load(demand(seed, name, 'flat', 5.7, steady), { fixedGiBPerInstance: 1.2, gibPerBusyVcpu: 0.5 }),
    } as const
    const base = group(sketch, {
      ...web(name),
      healthCheckGraceSeconds: 0,
      health: { kind: 'newInstancesFail', from: 'historyEnd' },
    })
    return { ...base, tags: { ...base.tags, 'trimtab:apply': 'true' } }
  },
}
