import { normalAt, uniformAt } from '../demand/random-at.js'
import { activeInstances, type GroupState, type InstanceState, servingInstances } from './group-state.js'
import { shapeOfType } from './instance-shapes.js'
import type { MinuteValues } from './metric-store.js'

// Bound once: in a sandboxed context, as in tests, each look-up of a global is slow.
const { floor, max, min, sqrt } = Math
const isMissing = Number.isNaN

const stepMs = 300_000
/** How much a minute's demand differs from its five-minute step's, and the busiest instance from the mean. */
const minuteSpread = 0.03
/** As far back as an alarm may look. */
const keptMinutes = 120
const instanceSpread = 0.08
/** Spot discount assumed for the bill: prices of the two years to 2026 lie mostly between 0.3 and 0.4 of on-demand. */
export const spotPriceShare = 0.35

/**
 * The group's minute that starts at `atMs`: demand met by what serves, and every metric that follows from it. Demand
 * beyond the capacity is shed: processors stand at 100 %, responses take as long as clients wait.
 */
export function measureMinute(group: GroupState, atMs: number): MinuteValues {
  const { scenario } = group
  const serving = servingInstances(group, atMs)
  const wanted = demandOf(group, atMs)
  const capacity = serving.reduce((sum, { instanceType }) => sum + shapeOfType(instanceType).vcpus, 0)
  const done = min(wanted, capacity)
  const cpu = capacity > 0 ? (100 * done) / capacity : Number.NaN
  const latency = responseTime(scenario.latency, wanted, { capacity, instances: serving.length })
  const requests = wanted * scenario.load.requestsPerVcpuSecond * 60
  const memory = scenario.memoryAgent ? memoryPercent(group, serving, done) : Number.NaN
  const hidden = group.step.gap || inOutage(group, atMs)
  earnCredits(group, cpu)
  remember(group, cpu, serving.length > 0 ? requests / serving.length : Number.NaN)
  const shown = (value: number): number => (hidden ? Number.NaN : value)
  const spread = instanceSpread * uniformAt(group.seed, 20, floor(atMs / 60_000))
  return {
    cpuAverage: shown(cpu),
    cpuMaximum: shown(min(100, cpu * (1 + spread))),
    cpuMinimum: shown(cpu * (1 - spread)),
    memoryAverage: shown(memory),
    memoryMaximum: shown(min(100, memory * (1 + spread / 4))),
    networkInBytes: shown(done * scenario.load.networkInBytesPerVcpuSecond * 60),
    networkOutBytes: shown(done * scenario.load.networkOutBytesPerVcpuSecond * 60),
    requests: scenario.targetGroup === undefined ? Number.NaN : requests,
    responseMs: scenario.targetGroup === undefined ? Number.NaN : latency,
    responseMaximumMs: scenario.targetGroup === undefined ? Number.NaN : min(scenario.latency.maxMs, latency * 4),
    cpuCredits: shown(meanCredits(serving)),
    reporting: shown(serving.length),
    ...sizes(group),
    demandVcpus: wanted,
    usd: bill(group, atMs),
  }
}

function sizes(
  group: GroupState,
): Pick<MinuteValues, 'inService' | 'pending' | 'terminating' | 'desired' | 'minSize' | 'maxSize'> {
  let inService = 0
  let pending = 0
  for (const { lifecycleState } of group.instances) {
    if (lifecycleState === 'InService') inService += 1
    else if (lifecycleState === 'Pending') pending += 1
  }
  return {
    inService,
    pending,
    terminating: group.instances.length - inService - pending,
    desired: group.desiredCapacity,
    minSize: group.minSize,
    maxSize: group.maxSize,
  }
}

/** A gap in a recording hides the metrics; the work itself goes on as it was. */
function demandOf(group: GroupState, atMs: number): number {
  const step = floor(atMs / stepMs)
  if (group.step.at !== step) {
    const cpu = group.demand(atMs)
    group.step = isMissing(cpu) ? { ...group.step, at: step, gap: true } : { at: step, cpu, gap: false }
  }
  return max(0, group.step.cpu * (1 + minuteSpread * normalAt(group.seed, 19, floor(atMs / 60_000))))
}

/** Outages begin at whole multiples of their length and take the given share of them. */
function inOutage(group: GroupState, atMs: number): boolean {
  const { gaps } = group.scenario
  if (gaps === undefined) return false
  return uniformAt(group.seed, 23, floor(atMs / (gaps.hours * 3_600_000))) < gaps.share
}

/**
 * Waiting of an M/M/c queue in Sakasegawa's approximation, one queue an instance:
 * W = s × (1 + ρ^(√(2(c+1)) − 1) ÷ (c × (1 − ρ))), never longer than clients wait.
 */
function responseTime(
  latency: { readonly baseMs: number; readonly maxMs: number },
  wanted: number,
  { capacity, instances }: { readonly capacity: number; readonly instances: number },
): number {
  if (capacity === 0 || wanted >= capacity) return latency.maxMs
  const servers = capacity / instances
  const use = wanted / capacity
  const waiting = use ** (sqrt(2 * (servers + 1)) - 1) / (servers * (1 - use))
  return min(latency.maxMs, latency.baseMs * (1 + waiting))
}

function memoryPercent(group: GroupState, serving: readonly InstanceState[], done: number): number {
  if (serving.length === 0) return Number.NaN
  const { fixedGiBPerInstance, gibPerBusyVcpu } = group.scenario.load.memory
  const usedGiB = fixedGiBPerInstance + (gibPerBusyVcpu * done) / serving.length
  let sum = 0
  for (const { instanceType } of serving) sum += min(99, (100 * usedGiB) / shapeOfType(instanceType).memoryGiB)
  return sum / serving.length
}

/** A credit is one vCPU at 100 % for a minute. Types start with none and are in unlimited mode, as EC2's default is. */
function earnCredits(group: GroupState, cpu: number): void {
  for (const instance of activeInstances(group)) {
    const { burst, vcpus } = shapeOfType(instance.instanceType)
    if (burst === undefined) continue
    const spent = isMissing(cpu) ? 0 : (vcpus * cpu) / 100
    const balance = instance.credits + burst.creditsPerHour / 60 - spent
    instance.credits = max(0, min(burst.maxCredits, balance))
  }
}

function meanCredits(serving: readonly InstanceState[]): number {
  const known = serving.map(({ credits }) => credits).filter((credits) => !isMissing(credits))
  return known.reduce((sum, credits) => sum + credits, 0) / known.length
}

function remember(group: GroupState, cpu: number, requestsPerTarget: number): void {
  if (group.policies.length === 0) return
  group.minutes.cpu.push(cpu)
  group.minutes.requestsPerTarget.push(requestsPerTarget)
  if (group.minutes.cpu.length <= keptMinutes) return
  group.minutes.cpu.shift()
  group.minutes.requestsPerTarget.shift()
}

/** Dollars of this minute, and (on every fifth) the hours by type that Cost Explorer shows. */
function bill(group: GroupState, atMs: number): number {
  let usd = 0
  for (const { instanceType, spot } of group.instances) {
    usd += (shapeOfType(instanceType).usdPerHour * (spot ? spotPriceShare : 1)) / 60
  }
  if (atMs % stepMs === 0) countHours(group, atMs)
  return usd
}

function countHours(group: GroupState, atMs: number): void {
  const day = new Date(atMs).toISOString().slice(0, 10)
  const hours = group.usage.get(day) ?? new Map<string, number>()
  group.usage.set(day, hours)
  for (const { instanceType, spot } of group.instances) {
    const kind = spot ? `${instanceType}:spot` : instanceType
    hours.set(kind, (hours.get(kind) ?? 0) + 1 / 12)
  }
}
