import { demandFrom } from '../demand/demand-source.js'
import { seedOf } from '../demand/random-at.js'
import { endActivity } from './activities.js'
import type { GroupScenario, PolicyScenario } from './group-scenario.js'
import type { AlarmState, GroupState, PolicyState } from './group-state.js'
import { uuidAt } from './identifiers.js'
import { launch } from './instance-lifecycle.js'
import type { LaunchCatalogue } from './launch-templates.js'
import { createMetricStore } from './metric-store.js'

const dayMs = 86_400_000
/** Groups are older than their history: nobody creates one just for us. */
const ageMs = 200 * dayMs

/** A group at the start of its history, its instances in service for a day. `anchorMs` is where demand growth is one. */
export function createGroup(
  worldSeed: number,
  scenario: GroupScenario,
  launches: LaunchCatalogue,
  times: { readonly startMs: number; readonly anchorMs: number },
): GroupState {
  const seed = seedOf(worldSeed, `${scenario.account}/${scenario.region}/${scenario.name}`)
  launches.declare(scenario, scenario.launch)
  const group: GroupState = {
    scenario,
    seed,
    createdAtMs: times.startMs - ageMs,
    demand: demandFrom(scenario.load.cpu, times.anchorMs),
    store: createMetricStore(times.startMs),
    policies: scenario.policies.map((policy, index) => createPolicy(seed, scenario, policy, { index, ...times })),
    refreshes: [],
    activities: [],
    tags: new Map(Object.entries(scenario.tags)),
    suspended: new Set(scenario.suspendedProcesses),
    minutes: { cpu: [], requestsPerTarget: [] },
    usage: new Map(),
    instances: [],
    launch: referenceOf(scenario),
    minSize: scenario.minSize,
    desiredCapacity: scenario.desiredCapacity,
    maxSize: scenario.maxSize,
    cause: '',
    cooldownUntilMs: times.startMs,
    step: { at: Number.NEGATIVE_INFINITY, cpu: 0, gap: true },
    launched: 0,
    logged: 0,
  }
  for (let index = 0; index < scenario.desiredCapacity; index += 1)
    startInService(group, launches, times.startMs - dayMs)
  return group
}

function startInService(group: GroupState, launches: LaunchCatalogue, atMs: number): void {
  const instance = launch(group, launches, { failing: false, reason: '', atMs })
  instance.lifecycleState = 'InService'
  instance.inServiceAtMs = atMs
  endActivity(group, instance.instanceId, atMs)
  // Their launches happened before what is remembered.
  group.activities.length = 0
}

function referenceOf({ launch }: GroupScenario): GroupState['launch'] {
  const { kind, name } = launch
  if (kind === 'launch-configuration') return { kind, name, version: '', mix: undefined }
  return { kind, name, version: launch.version, mix: kind === 'mixed-instances' ? launch.mix : undefined }
}

function createPolicy(
  seed: number,
  scenario: GroupScenario,
  policy: PolicyScenario,
  at: { readonly index: number; readonly startMs: number },
): PolicyState {
  const alarm = (role: AlarmState['role'], name: string): AlarmState => ({
    role,
    name,
    state: 'INSUFFICIENT_DATA',
    changedAtMs: at.startMs,
  })
  const alarms =
    policy.kind === 'target-tracking'
      ? [
          alarm('high', `TargetTracking-${scenario.name}-AlarmHigh-${uuidAt(seed, 4, at.index)}`),
          alarm('low', `TargetTracking-${scenario.name}-AlarmLow-${uuidAt(seed, 5, at.index)}`),
        ]
      : [alarm('alarm', `${scenario.name}-${policy.name}-alarm`)]
  return { policy, policyId: uuidAt(seed, 6, at.index), alarms, warmUntilMs: at.startMs }
}
