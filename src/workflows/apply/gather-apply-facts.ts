import type { ApplyFacts } from '../../core/decision/apply-facts.js'
import { decideApply } from '../../core/decision/decide-apply.js'
import { type Fact, known, unknown } from '../../core/model/fact.js'
import { applyTag, type Group, healthyInServiceCount, inServiceCount } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { PlacedGroup } from '../analyse/place-group.js'
import { actionsKey, lastActionKey } from './action-notes.js'
import type { ApplyDeps } from './application-row.js'
import { freshNeed } from './fresh-need.js'
import { activityInProgress, cooldownEnd, refreshInProgress } from './group-activity.js'
import { hourlyCostOf } from './hourly-cost.js'

export type FactDeps = Pick<ApplyDeps, 'clock' | 'fleet' | 'signals' | 'market' | 'notebook' | 'capacity' | 'selection'>

/** The facts of the ladder, read now. Whatever fails is unknown with its reason; nothing is thrown, nothing written. */
export async function gatherApplyFacts(
  deps: FactDeps,
  placed: Pick<PlacedGroup, 'policy'>,
  recommendation: Recommendation,
): Promise<ApplyFacts> {
  return (await readApplyFacts(deps, placed, recommendation)).facts
}

/** `at` is the moment before the first read: whatever anyone asks for after it counts as asked since. */
export interface FreshFacts {
  readonly at: Date
  readonly facts: ApplyFacts
  readonly group: Group | undefined
}

/**
 * The facts, and the group they were read from. The lease is taken as held: a run that acts reads them under it. What
 * costs most (metrics, then a listing of the whole environment) is read last, and only where all else passes. `spent`
 * overrides what the very intent that is looked at has used up.
 */
export async function readApplyFacts(
  deps: FactDeps,
  { policy }: Pick<PlacedGroup, 'policy'>,
  recommendation: Recommendation,
  spent: Partial<Pick<ApplyFacts, 'lastActionAt' | 'actionsToday'>> = {},
): Promise<FreshFacts> {
  const now = deps.clock.now()
  const read = await asFact(() => deps.fleet.read(recommendation.groupKey))
  const asked = await askedFacts(deps, read, recommendation)
  const cheap = { ...policyFacts(policy, now), ...groupFacts(read), ...asked, ...spent }
  if (read.kind === 'unknown') return { at: now, facts: { ...cheap, need: read, hourlyCost: read }, group: undefined }

  const group = read.value
  const passes = (rest: Pick<ApplyFacts, 'need' | 'hourlyCost'>) =>
    decideApply({ recommendation, policy, now, facts: { ...cheap, ...rest } }).kind === 'apply'
  const need = passes({ need: anyNeed, hourlyCost: noCost }) ? await freshNeedOrWhy(deps, policy, group) : notRead
  const hourlyCost = passes({ need, hourlyCost: noCost })
    ? await hourlyCostOf(deps, policy.environment, group)
    : notRead
  return { at: now, facts: { ...cheap, need, hourlyCost }, group }
}

/** Stand-ins that let everything pass, to see whether the real fact is worth its price. They never leave this file. */
const anyNeed = known(Number.POSITIVE_INFINITY)
const noCost = known({ environmentUsd: 0, counted: 0, instanceUsd: 0 })
const notRead = unknown('not read, because another check holds')

async function freshNeedOrWhy(deps: FactDeps, policy: Policy, group: Group): Promise<ApplyFacts['need']> {
  return flat(await asFact(() => freshNeed(deps, policy, group)))
}

type PolicyFacts = Pick<ApplyFacts, 'mode' | 'deploymentEnabled' | 'killSwitch' | 'freeze' | 'leaseHeld'>

function policyFacts(policy: Policy, now: Date): PolicyFacts {
  const open = policy.freezes.find(({ from, until }) => {
    // A window that cannot be read is taken as open.
    const [start, end] = [Date.parse(from), Date.parse(until)]
    return !(now.getTime() < start || now.getTime() >= end)
  })
  return {
    mode: known(policy.mode),
    deploymentEnabled: known(policy.enableAutoScalingOptimization),
    killSwitch: known(policy.killSwitch),
    freeze: known(open),
    leaseHeld: known(true),
  }
}

type GroupFacts = Pick<
  ApplyFacts,
  | 'optInTag'
  | 'instances'
  | 'activityInProgress'
  | 'refreshInProgress'
  | 'suspendedProcesses'
  | 'groupCooldownEndsAt'
  | 'capacity'
>

function groupFacts(read: Fact<Group>): GroupFacts {
  return {
    optInTag: mapped(read, (group) => known(group.tags[applyTag.key])),
    instances: mapped(read, (group) =>
      known({ total: group.instances.length, healthyInService: healthyInServiceCount(group) }),
    ),
    activityInProgress: mapped(read, activityInProgress),
    refreshInProgress: mapped(read, refreshInProgress),
    suspendedProcesses: mapped(read, (group) => known(group.suspendedProcesses)),
    groupCooldownEndsAt: mapped(read, cooldownEnd),
    capacity: mapped(read, (group) =>
      known({ desired: group.desiredCapacity, inService: inServiceCount(group), max: group.maxSize }),
    ),
  }
}

type AskedFacts = Pick<ApplyFacts, 'stackUpdateInProgress' | 'lastActionAt' | 'actionsToday'>

async function askedFacts(
  { notebook, capacity, clock }: FactDeps,
  read: Fact<Group>,
  { groupKey }: Recommendation,
): Promise<AskedFacts> {
  const [lastActionAt, taken, stack] = await Promise.all([
    asFact(() => notebook.read<string>(lastActionKey(groupKey))),
    asFact(() => notebook.read<number>(actionsKey(groupKey, clock.now()))),
    asFact(async () => (read.kind === 'known' ? capacity.stackUpdateInProgress(read.value) : read)),
  ])
  const actionsToday = mapped(taken, (count) => known(count === undefined ? 0 : count))
  return { lastActionAt, actionsToday, stackUpdateInProgress: flat(stack) }
}

function flat<T>(fact: Fact<Fact<T>>): Fact<T> {
  return mapped(fact, (inner) => inner)
}

function mapped<A, B>(fact: Fact<A>, next: (value: A) => Fact<B>): Fact<B> {
  return fact.kind === 'known' ? next(fact.value) : fact
}

/** A read that fails makes its fact unknown: every fact of the ladder holds when it is. */
async function asFact<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await read())
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error))
  }
}
