import type { IsoTime } from '../../core/model/units.js'
import { AwsError } from '../aws/aws-error.js'
import { advanceGroup, launchesFail } from './advance-group.js'
import { type GroupUpdate, setDesired, updateSizes } from './change-group.js'
import { createGroup } from './create-group.js'
import { type GroupScenario, tracksCpu } from './group-scenario.js'
import type { GroupState, InstanceState, RefreshState } from './group-state.js'
import { reconcile } from './instance-lifecycle.js'
import { startRefresh } from './instance-refresh.js'
import { createLaunchCatalogue, type LaunchCatalogue, type Place } from './launch-templates.js'
import type { MetricColumn } from './metric-store.js'

/** A group as others may look at it; it changes as the world goes on. */
export type GroupView = Readonly<Omit<GroupState, 'instances'>> & {
  readonly instances: readonly Readonly<InstanceState>[]
}

export interface WorldOptions {
  readonly seed: number
  /** Where the history ends and the world's first now is. */
  readonly nowAt: IsoTime
  readonly groups: readonly GroupScenario[]
  readonly historyDays: number
}

/**
 * A closed loop in virtual time: groups with demand, instances and policies. Nothing moves but by `advance`; requests
 * take effect at once (an instance is pending right after). Same options and same requests at the same times give the
 * same world. Refusals are `AwsError`s in AWS's words.
 */
export interface World {
  readonly seed: number
  readonly startMs: number
  readonly historyEndMs: number
  readonly launches: LaunchCatalogue
  /** Milliseconds since 1970. */
  now(): number
  /** Lets time pass, minute by minute. Throws for a negative time. */
  advance(ms: number): void
  /** All groups in the order of their keys, or those of one account and region. */
  groups(place?: Place): readonly GroupView[]
  /** Undefined where there is none. */
  find(place: Place, name: string): GroupView | undefined
  /** Five-minute points of a group's column in [fromMs, untilMs); gaps are left out. */
  points(
    group: GroupView,
    column: MetricColumn,
    span: Span,
  ): readonly { readonly atMs: number; readonly value: number }[]
  setDesiredCapacity(place: Place, name: string, desired: number, honorCooldown: boolean): void
  updateGroup(place: Place, name: string, update: GroupUpdate): void
  /** Gives the group's CPU target tracking another target; nothing where it has none. */
  setCpuTarget(place: Place, name: string, targetValue: number): void
  /** Replaces all instances, keeping the given share in service; gives the refresh's id. */
  startInstanceRefresh(place: Place, name: string, minHealthyPercentage: number): RefreshState['instanceRefreshId']
  tag(place: Place, name: string, tags: Readonly<Record<string, string>>): void
  removeGroup(place: Place, name: string): void
}

export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

const minuteMs = 60_000
const stepMs = 300_000
const dayMs = 86_400_000

export function createWorld(options: WorldOptions): World {
  const historyEndMs = Date.parse(options.nowAt)
  const startMs = Math.floor((historyEndMs - options.historyDays * dayMs) / stepMs) * stepMs
  let nowMs = startMs
  let nextMinuteMs = startMs
  const launches = createLaunchCatalogue(options.seed, startMs - 100 * dayMs, () => nowMs)
  const times = { startMs, anchorMs: Math.floor(historyEndMs / stepMs) * stepMs }
  const groups = new Map<string, GroupState>()
  for (const scenario of options.groups) {
    const key = keyOf(scenario, scenario.name)
    if (groups.has(key)) throw new Error(`building the sandbox: two groups are called ${key}`)
    groups.set(key, createGroup(options.seed, scenario, launches, times))
  }
  const groupAt = (place: Place, name: string): GroupState => {
    const group = groups.get(keyOf(place, name))
    if (group === undefined) throw new AwsError('ValidationError', 'AutoScalingGroup name not found - null')
    return group
  }
  const settle = (group: GroupState): void =>
    reconcile(group, launches, launchesFail(group, historyEndMs, nowMs), nowMs)
  const world: World = {
    seed: options.seed,
    startMs,
    historyEndMs,
    launches,
    now: () => nowMs,
    advance(ms) {
      if (!(ms >= 0)) throw new Error(`moving the world on: expected a time not below 0 ms, got ${ms}`)
      nowMs += ms
      for (; nextMinuteMs + minuteMs <= nowMs; nextMinuteMs += minuteMs) {
        for (const group of groups.values()) advanceGroup(group, launches, historyEndMs, nextMinuteMs)
      }
    },
    groups: (place) =>
      [...groups]
        .filter(([, { scenario }]) => place === undefined || samePlace(scenario, place))
        .sort((a, b) => (a[0] < b[0] ? -1 : 1))
        .map(([, group]) => group),
    find: (place, name) => groups.get(keyOf(place, name)),
    points: pointsOf,
    setDesiredCapacity(place, name, desired, honorCooldown) {
      const group = groupAt(place, name)
      setDesired(group, desired, honorCooldown, nowMs)
      settle(group)
    },
    updateGroup(place, name, update) {
      const group = groupAt(place, name)
      if (update.launch !== undefined) refuseUnknownLaunch(launches, place, update.launch)
      updateSizes(group, update, nowMs)
      settle(group)
    },
    setCpuTarget(place, name, targetValue) {
      for (const state of groupAt(place, name).policies) {
        if (tracksCpu(state.policy)) state.policy = { ...state.policy, targetValue }
      }
    },
    startInstanceRefresh: (place, name, minHealthyPercentage) =>
      startRefresh(groupAt(place, name), minHealthyPercentage, nowMs),
    tag(place, name, tags) {
      const group = groupAt(place, name)
      for (const [key, value] of Object.entries(tags)) group.tags.set(key, value)
    },
    removeGroup(place, name) {
      groupAt(place, name)
      groups.delete(keyOf(place, name))
    },
  }
  world.advance(historyEndMs - startMs)
  return world
}

function keyOf(place: Place, name: string): string {
  return `${place.account}/${place.region}/${name}`
}

function samePlace(a: Place, b: Place): boolean {
  return a.account === b.account && a.region === b.region
}

function refuseUnknownLaunch(launches: LaunchCatalogue, place: Place, launch: GroupState['launch']): void {
  if (launch.kind !== 'launch-configuration') {
    launches.version(launches.template(place, launch.name), launch.version)
  } else if (!launches.configurations(place).some(({ name }) => name === launch.name)) {
    throw new AwsError('ValidationError', 'Launch configuration name not found - null')
  }
}

function pointsOf(
  group: GroupView,
  column: MetricColumn,
  { fromMs, untilMs }: Span,
): readonly { readonly atMs: number; readonly value: number }[] {
  const points: { atMs: number; value: number }[] = []
  const first = Math.max(group.store.startMs, Math.ceil(fromMs / stepMs) * stepMs)
  const end = Math.min(untilMs, group.store.endMs())
  for (let atMs = first; atMs < end; atMs += stepMs) {
    const value = group.store.read(column, atMs)
    if (value !== undefined) points.push({ atMs, value })
  }
  return points
}
