import type { ApplyFacts } from '../../core/decision/apply-facts.js'
import { decideApply } from '../../core/decision/decide-apply.js'
import { type Fact, known, unknown } from '../../core/model/fact.js'
import { applyTag, type Group, healthyInServiceCount, inServiceCount } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import { actionsKey, lastActionKey } from './action-notes.js'
import type { ApplyDeps } from './application-row.js'
import { freshNeed } from './fresh-need.js'
import { activityInProgress, cooldownEnd, refreshInProgress } from './group-activity.js'
import { hourlyCostOf } from './hourly-cost.js'

export type FactDeps = Pick<ApplyDeps, 'clock' | 'fleet' | 'signals' | 'market' | 'notebook' | 'capacity' | 'selection'>

/** The facts of the ladder, read now. Whatever fails is unknown with its reason; nothing is thrown, nothing written. */
export async function gatherApplyFacts(
  deps: FactDeps,
  analysis: GroupAnalysis,
  recommendation: Recommendation,
): Promise<ApplyFacts> {
  return (await readApplyFacts(deps, analysis, recommendation)).facts
}

/**
 * The facts, and the group they were read from. The lease is taken as held: a run that acts reads them under it. The
 * environment's cost needs a listing of the whole environment, so it is read last, and only where all else passes.
 */
export async function readApplyFacts(
  deps: FactDeps,
  { policy }: GroupAnalysis,
  recommendation: Recommendation,
): Promise<{ readonly facts: ApplyFacts; readonly group: Group | undefined }> {
  const read = await asFact(() => deps.fleet.read(recommendation.groupKey))
  const facts = {
    ...policyFacts(policy, deps.clock.now()),
    ...groupFacts(read),
    ...(await askedFacts(deps, policy, read, recommendation)),
  }
  if (read.kind === 'unknown') return { facts: { ...facts, hourlyCost: read }, group: undefined }

  const group = read.value
  const free = known({ environmentUsd: 0, counted: 0, instanceUsd: 0 })
  const decision = decideApply({ recommendation, policy, now: deps.clock.now(), facts: { ...facts, hourlyCost: free } })
  const hourlyCost =
    decision.kind === 'apply'
      ? await hourlyCostOf(deps, policy.environment, group)
      : unknown('not read, because another check holds')
  return { facts: { ...facts, hourlyCost }, group }
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

type AskedFacts = Pick<ApplyFacts, 'stackUpdateInProgress' | 'lastActionAt' | 'actionsToday' | 'need'>

async function askedFacts(
  deps: FactDeps,
  policy: Policy,
  read: Fact<Group>,
  { groupKey }: Recommendation,
): Promise<AskedFacts> {
  const [lastActionAt, taken] = await Promise.all([
    asFact(() => deps.notebook.read<string>(lastActionKey(groupKey))),
    asFact(() => deps.notebook.read<number>(actionsKey(groupKey, deps.clock.now()))),
  ])
  const actionsToday = mapped(taken, (count) => known(count === undefined ? 0 : count))
  if (read.kind === 'unknown') return { lastActionAt, actionsToday, stackUpdateInProgress: read, need: read }
  const [stack, need] = await Promise.all([
    asFact(() => deps.capacity.stackUpdateInProgress(read.value)),
    asFact(() => freshNeed(deps, policy, read.value)),
  ])
  const same = <T>(fact: Fact<T>) => fact
  return { lastActionAt, actionsToday, stackUpdateInProgress: mapped(stack, same), need: mapped(need, same) }
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
