import { cancelLaunch, endActivity, logLaunch, logTermination } from './activities.js'
import { activeInstances, type GroupState, type InstanceState } from './group-state.js'
import { causeTime, hexAt } from './identifiers.js'
import { shapeOfType } from './instance-shapes.js'
import type { LaunchCatalogue } from './launch-templates.js'

/** Draining and shutting down. */
const terminationMs = 120_000

/** Boots that have ended, terminations that have ended, and health checks, up to `atMs`. */
export function moveInstances(group: GroupState, atMs: number): void {
  for (const instance of group.instances) {
    if (instance.lifecycleState === 'Pending') finishBoot(group, instance, atMs)
    if (instance.lifecycleState === 'InService') checkHealth(group, instance, atMs)
    if (instance.lifecycleState === 'Terminating' && (instance.terminatesAtMs ?? atMs) <= atMs) {
      instance.lifecycleState = 'Terminated'
      endActivity(group, instance.instanceId, atMs)
    }
  }
  group.instances = group.instances.filter(({ lifecycleState }) => lifecycleState !== 'Terminated')
}

function finishBoot(group: GroupState, instance: InstanceState, atMs: number): void {
  const readyAtMs = instance.launchedAtMs + group.scenario.bootSeconds * 1000
  if (readyAtMs > atMs) return
  instance.lifecycleState = 'InService'
  instance.inServiceAtMs = readyAtMs
  endActivity(group, instance.instanceId, readyAtMs)
}

/** A failing instance is in service and counted as healthy until its grace period is over, as in AWS. */
function checkHealth(group: GroupState, instance: InstanceState, atMs: number): void {
  if (group.suspended.has('HealthCheck')) return
  const graceEndsMs = (instance.inServiceAtMs ?? atMs) + group.scenario.healthCheckGraceSeconds * 1000
  if (instance.failing && graceEndsMs <= atMs && instance.healthStatus === 'Healthy') {
    instance.healthStatus = 'Unhealthy'
    return
  }
  if (instance.healthStatus !== 'Unhealthy' || group.suspended.has('ReplaceUnhealthy')) return
  const check =
    group.scenario.healthCheckType === 'ELB'
      ? 'an ELB system health check failure.'
      : 'an EC2 health check indicating it has been terminated or stopped.'
  const cause = `At ${causeTime(atMs)} an instance was taken out of service in response to ${check}`
  beginTermination(group, instance, cause, atMs)
  group.cause = `At ${causeTime(atMs)} an instance was launched in response to an unhealthy instance needing to be replaced.`
}

/** Takes an instance out of service. One that was still booting has its launch cancelled. */
export function beginTermination(group: GroupState, instance: InstanceState, cause: string, atMs: number): void {
  if (instance.lifecycleState === 'Pending') {
    cancelLaunch(group, instance.instanceId, atMs, 'The instance was terminated before it came into service.')
  }
  instance.lifecycleState = 'Terminating'
  instance.terminatesAtMs = atMs + terminationMs
  logTermination(group, instance, cause, atMs)
}

/** Launches or terminates so that the active instances are as many as desired, and clears the cause once it is quoted. */
export function reconcile(group: GroupState, launches: LaunchCatalogue, failing: boolean, atMs: number): void {
  const active = activeInstances(group)
  const missing = group.desiredCapacity - active.length
  if (missing > 0 && !group.suspended.has('Launch')) {
    const reason = withCause(
      group,
      `At ${causeTime(atMs)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${active.length} to ${group.desiredCapacity}.`,
    )
    for (let index = 0; index < missing; index += 1) launch(group, launches, { failing, reason, atMs })
    group.cause = ''
  }
  if (missing < 0 && !group.suspended.has('Terminate')) {
    const reason = withCause(
      group,
      `At ${causeTime(atMs)} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${active.length} to ${group.desiredCapacity}.`,
    )
    for (const instance of chooseVictims(group, -missing)) {
      const selected = `  At ${causeTime(atMs)} instance ${instance.instanceId} was selected for termination.`
      beginTermination(group, instance, `${reason}${selected}`, atMs)
    }
    group.cause = ''
  }
}

function withCause(group: GroupState, sentence: string): string {
  return group.cause === '' ? sentence : `${group.cause}  ${sentence}`
}

interface LaunchOrder {
  readonly failing: boolean
  readonly reason: string
  readonly atMs: number
}

/** Launches one instance in the zone with the fewest, from what the group's launch reference means now. */
export function launch(group: GroupState, launches: LaunchCatalogue, order: LaunchOrder): InstanceState {
  const from = launchedFrom(group, launches)
  group.launched += 1
  const instance: InstanceState = {
    instanceId: `i-0${hexAt(group.seed, 2, group.launched, 16)}`,
    ...from,
    availabilityZone: emptiestZone(group),
    launchedAtMs: order.atMs,
    failing: order.failing,
    lifecycleState: 'Pending',
    healthStatus: 'Healthy',
    inServiceAtMs: undefined,
    terminatesAtMs: undefined,
    credits: shapeOfType(from.instanceType).burst === undefined ? Number.NaN : 0,
  }
  group.instances.push(instance)
  logLaunch(group, instance, order.reason, order.atMs)
  return instance
}

function launchedFrom(
  group: GroupState,
  launches: LaunchCatalogue,
): Pick<InstanceState, 'instanceType' | 'imageId' | 'launchVersion' | 'spot'> {
  const { kind, name, version, mix } = group.launch
  if (kind === 'launch-configuration') {
    const found = launches.configurations(group.scenario).find((configuration) => configuration.name === name)
    if (found === undefined) throw new Error(`launching an instance: launch configuration "${name}" is not there`)
    return { instanceType: found.instanceType, imageId: found.imageId, launchVersion: '', spot: false }
  }
  const resolved = launches.version(launches.template(group.scenario, name), version)
  const base = { imageId: resolved.imageId, launchVersion: String(resolved.versionNumber) }
  if (mix === undefined) return { ...base, instanceType: resolved.instanceType, spot: false }
  const types = mix.overrides.length === 0 ? [resolved.instanceType] : mix.overrides
  return {
    ...base,
    instanceType: types[group.launched % types.length] ?? resolved.instanceType,
    spot: nextIsSpot(group, mix.onDemandBaseCapacity, mix.onDemandPercentageAboveBaseCapacity),
  }
}

/** The base is on-demand; above it the given share is. */
function nextIsSpot(group: GroupState, base: number, percentAbove: number): boolean {
  const active = activeInstances(group)
  const onDemand = active.filter(({ spot }) => !spot).length
  const wanted = base + Math.ceil((Math.max(0, active.length + 1 - base) * percentAbove) / 100)
  return onDemand >= wanted
}

function emptiestZone(group: GroupState): string {
  const counts = zoneCounts(group)
  const [first] = [...counts].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0]))
  return first?.[0] ?? group.scenario.availabilityZones[0] ?? `${group.scenario.region}a`
}

function zoneCounts(group: GroupState): Map<string, number> {
  const counts = new Map(group.scenario.availabilityZones.map((zone) => [zone, 0]))
  for (const { availabilityZone } of activeInstances(group)) {
    counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1)
  }
  return counts
}

/**
 * AWS's default termination policy: the fullest zone first, there the oldest instance. Before them those that are
 * unhealthy or not yet in service.
 */
function chooseVictims(group: GroupState, count: number): readonly InstanceState[] {
  const chosen: InstanceState[] = []
  const counts = zoneCounts(group)
  const rest = [...activeInstances(group)]
  while (chosen.length < count && rest.length > 0) {
    rest.sort(
      (a, b) =>
        Number(carries(a)) - Number(carries(b)) ||
        (counts.get(b.availabilityZone) ?? 0) - (counts.get(a.availabilityZone) ?? 0) ||
        a.launchedAtMs - b.launchedAtMs ||
        a.instanceId.localeCompare(b.instanceId),
    )
    const [victim] = rest.splice(0, 1)
    if (victim === undefined) break
    chosen.push(victim)
    counts.set(victim.availabilityZone, (counts.get(victim.availabilityZone) ?? 1) - 1)
  }
  return chosen
}

function carries({ lifecycleState, healthStatus }: InstanceState): boolean {
  return lifecycleState === 'InService' && healthStatus === 'Healthy'
}
