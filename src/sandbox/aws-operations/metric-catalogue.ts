import type { Place } from '../world/launch-templates.js'
import type { MetricColumn } from '../world/metric-store.js'
import type { GroupView, World } from '../world/world.js'
import { balancingOf } from './arns.js'
import { groupMetricNames } from './describe-groups.js'

/** What CloudWatch keeps of one stretch of time. */
export interface Datum {
  readonly atMs: number
  readonly sum: number
  readonly samples: number
  readonly minimum: number
  readonly maximum: number
  /** Spread of the log of single values, for percentiles; absent where the values are one number. */
  readonly logSpread?: number
}

/** One metric that can be asked for. `resolutionSeconds` is how often points exist. */
export interface Metric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly resolutionSeconds: 60 | 300
  readonly sumsUp: boolean
  /** Data of the five-minute steps that start in [fromMs, untilMs), in order; gaps are left out. */
  readonly read: (fromMs: number, untilMs: number) => readonly Datum[]
}

const stepMs = 300_000

/** Every metric that the groups of a place publish, those of absent agents and switched-off collections left out. */
export function metricsOf(world: World, place: Place): readonly Metric[] {
  return world
    .groups(place)
    .flatMap((group) => [
      ...instanceMetrics(group),
      ...agentMetrics(group),
      ...groupMetrics(group),
      ...balancerMetrics(group),
    ])
}

type Reader = (column: MetricColumn, atMs: number) => number | undefined
type DatumAt = (read: Reader, atMs: number) => Omit<Datum, 'atMs'> | undefined

function reading(group: GroupView, datumAt: DatumAt): Metric['read'] {
  return (fromMs, untilMs) => {
    const data: Datum[] = []
    const first = Math.max(group.store.startMs, Math.ceil(fromMs / stepMs) * stepMs)
    const end = Math.min(untilMs, group.store.endMs())
    for (let atMs = first; atMs < end; atMs += stepMs) {
      const datum = datumAt(group.store.read, atMs)
      if (datum !== undefined) data.push({ atMs, ...datum })
    }
    return data
  }
}

/** Basic monitoring: each instance in service gives one value every five minutes. */
function instanceMetrics(group: GroupView): readonly Metric[] {
  const base = {
    namespace: 'AWS/EC2',
    dimensions: { AutoScalingGroupName: group.scenario.name },
    resolutionSeconds: 300,
    sumsUp: false,
  } as const
  const credits = group.instances.some(({ credits }) => !Number.isNaN(credits))
  return [
    { ...base, name: 'CPUUtilization', read: reading(group, average('cpuAverage', 'cpuMinimum', 'cpuMaximum')) },
    { ...base, name: 'NetworkIn', read: reading(group, total('networkInBytes')) },
    { ...base, name: 'NetworkOut', read: reading(group, total('networkOutBytes')) },
    { ...base, name: 'StatusCheckFailed', read: reading(group, constant(0)) },
    ...(credits
      ? [{ ...base, name: 'CPUCreditBalance', read: reading(group, average('cpuCredits', 'cpuCredits', 'cpuCredits')) }]
      : []),
  ]
}

function agentMetrics(group: GroupView): readonly Metric[] {
  if (!group.scenario.memoryAgent) return []
  return [
    {
      namespace: 'CWAgent',
      name: 'mem_used_percent',
      dimensions: { AutoScalingGroupName: group.scenario.name },
      resolutionSeconds: 60,
      sumsUp: false,
      read: reading(group, average('memoryAverage', 'memoryAverage', 'memoryMaximum')),
    },
  ]
}

const gauges: Readonly<Record<(typeof groupMetricNames)[number], readonly MetricColumn[]>> = {
  GroupMinSize: ['minSize'],
  GroupMaxSize: ['maxSize'],
  GroupDesiredCapacity: ['desired'],
  GroupInServiceInstances: ['inService'],
  GroupPendingInstances: ['pending'],
  GroupStandbyInstances: [],
  GroupTerminatingInstances: ['terminating'],
  GroupTotalInstances: ['inService', 'pending', 'terminating'],
}

function groupMetrics(group: GroupView): readonly Metric[] {
  if (!group.scenario.groupMetrics) return []
  return groupMetricNames.map((name) => ({
    namespace: 'AWS/AutoScaling',
    name,
    dimensions: { AutoScalingGroupName: group.scenario.name },
    resolutionSeconds: 60,
    sumsUp: false,
    read: reading(group, gauge(gauges[name])),
  }))
}

function balancerMetrics(group: GroupView): readonly Metric[] {
  const balancing = balancingOf(group)
  if (balancing === undefined) return []
  const [TargetGroup, LoadBalancer] = [balancing.targetGroupDimension, balancing.loadBalancerDimension]
  const both = { TargetGroup, LoadBalancer }
  const base = { namespace: 'AWS/ApplicationELB', resolutionSeconds: 60, sumsUp: false } as const
  return [
    ...[both, { LoadBalancer }].flatMap((dimensions) => [
      { ...base, name: 'TargetResponseTime', dimensions, read: reading(group, responseTime) },
      { ...base, name: 'RequestCount', dimensions, sumsUp: true, read: reading(group, requests) },
    ]),
    ...[both, { TargetGroup }].map((dimensions) => ({
      ...base,
      name: 'RequestCountPerTarget',
      dimensions,
      sumsUp: true,
      read: reading(group, requestsPerTarget),
    })),
    { ...base, name: 'HealthyHostCount', dimensions: both, read: reading(group, gauge(['inService'])) },
  ]
}

function average(mean: MetricColumn, low: MetricColumn, high: MetricColumn): DatumAt {
  return (read, atMs) => {
    const value = read(mean, atMs)
    const reporting = read('reporting', atMs)
    if (value === undefined || reporting === undefined) return undefined
    const samples = Math.max(1, Math.round(reporting))
    const [minimum, maximum] = [read(low, atMs) ?? value, read(high, atMs) ?? value]
    return { sum: value * samples, samples, minimum, maximum }
  }
}

function total(column: MetricColumn): DatumAt {
  return (read, atMs) => {
    const sum = read(column, atMs)
    const reporting = read('reporting', atMs)
    if (sum === undefined || reporting === undefined) return undefined
    const samples = Math.max(1, Math.round(reporting))
    return { sum, samples, minimum: (0.95 * sum) / samples, maximum: (1.05 * sum) / samples }
  }
}

function constant(value: number): DatumAt {
  return (read, atMs) =>
    read('reporting', atMs) === undefined ? undefined : { sum: value, samples: 1, minimum: value, maximum: value }
}

/** One value a minute. */
function gauge(columns: readonly MetricColumn[]): DatumAt {
  return (read, atMs) => {
    const values = columns.map((column) => read(column, atMs))
    if (values.includes(undefined)) return undefined
    const value = values.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    return { sum: value * 5, samples: 5, minimum: Math.floor(value), maximum: Math.ceil(value) }
  }
}

/** Seconds, one sample a request. Single responses are spread log-normally: P90 is 1.8 times, P99 3.4 times the mean. */
const responseTime: DatumAt = (read, atMs) => {
  const meanMs = read('responseMs', atMs)
  const count = read('requests', atMs)
  if (meanMs === undefined || count === undefined || count < 1) return undefined
  const maximum = (read('responseMaximumMs', atMs) ?? meanMs) / 1000
  const samples = Math.round(count)
  return { sum: (meanMs / 1000) * samples, samples, minimum: (0.3 * meanMs) / 1000, maximum, logSpread: 0.6 }
}

const requests: DatumAt = (read, atMs) => {
  const count = read('requests', atMs)
  if (count === undefined || count < 1) return undefined
  return { sum: Math.round(count), samples: Math.round(count), minimum: 1, maximum: 1 }
}

const requestsPerTarget: DatumAt = (read, atMs) => {
  const count = read('requests', atMs)
  const targets = read('inService', atMs)
  if (count === undefined || targets === undefined || targets === 0) return undefined
  return { sum: count / targets, samples: Math.round(count), minimum: 1, maximum: 1 }
}
