import type { Settings } from '../model/configuration.js'
import { factValue } from '../model/fact.js'
import type { Group } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import type { Catalogue } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Advice, Implementation } from '../model/recommendation.js'
import type { Scorecard } from '../model/scorecard.js'
import { valueAt } from '../model/series.js'
import type { SignalName, Signals } from '../model/signals.js'
import { hoursPerMonth } from '../model/units.js'
import { describe } from './describe.js'
import { evidenceOf } from './evidence.js'
import { memoryFollowsLoad } from './memory-model.js'
import { priorityOf } from './priority.js'
import { hasWorkingPolicy, suspendedForScaling } from './scaling-model.js'

export interface ScaleUpInput {
  readonly group: Group
  readonly signals: Signals
  readonly scorecard: Scorecard | undefined
  readonly policy: Policy
  readonly catalogue: Catalogue
}

/** What is short, and the use and target that size the answer. */
interface Shortage {
  readonly what: 'CPU' | 'memory'
  readonly why: string
  readonly usePercent: number
  readonly targetPercent: number
}

/** CPU this far over its target is a degradation by itself (DESIGN.md section 5). */
const cpuExcessPercent = 10
const lowScore = 70
/** The newest points of CloudWatch may be missing: a run of degraded steps may end this many steps before the window. */
const lateSteps = 2

/**
 * Advice to add instances when the group was degraded for `degradedMinutes` up to now and no policy can act; a hold
 * where it is degraded but may not be helped; undefined where nothing is wrong.
 */
export function scaleUp(input: ScaleUpInput): Advice | Hold | undefined {
  const { group, policy } = input
  const present = servingCount(group)
  const shortage = present > 0 ? shortageOf(input) : undefined
  if (!shortage) return undefined
  if (!policy.enableAutoScalingOptimization) {
    return hold('switched-off', `${shortage.why}; enableAutoScalingOptimization is off for ${policy.environment}`)
  }
  if (group.scalingPolicies.kind === 'unknown') return hold('fact-unknown', group.scalingPolicies.why)
  const base = Math.max(present, group.desiredCapacity)
  if (hasWorkingPolicy(group) && base < group.maxSize) return undefined
  const limit = Math.max(1, Math.floor((present * policy.scaleUp.maxStepPercent) / 100))
  const wanted = Math.min(present + limit, Math.ceil((present * shortage.usePercent) / shortage.targetPercent))
  if (wanted <= group.desiredCapacity) return undefined
  return adviceOf(input, shortage, wanted)
}

/** Unhealthy instances carry nothing: while they are counted in desired, more of them is no answer. */
function servingCount({ instances }: Group): number {
  return instances.filter(
    ({ lifecycleState, healthStatus }) => lifecycleState === 'InService' && healthStatus === 'Healthy',
  ).length
}

function adviceOf(input: ScaleUpInput, shortage: Shortage, wanted: number): Advice | Hold {
  const { group, policy, signals } = input
  const price = dearestPrice(group, input.catalogue)
  if (!price) return hold('no-price', `${shortage.why}; the price of its instances is unknown`)
  const atMax = group.desiredCapacity >= group.maxSize
  const desired = Math.min(wanted, atMax ? wanted : group.maxSize)
  const from: Settings = atMax ? { maxSize: group.maxSize } : { desiredCapacity: group.desiredCapacity }
  const to: Settings = atMax ? { maxSize: desired } : { desiredCapacity: desired }
  const added = desired - group.desiredCapacity
  const monthlyUsd = -added * price.usdPerHour * hoursPerMonth
  const property = atMax ? 'maxSize' : 'capacity'
  const base = evidenceOf(signals, group, to, 1)
  return {
    type: 'SCALE_UP',
    priority: priorityOf({ type: 'SCALE_UP', monthlyUsd, costSavingsPercent: 0, riskLevel: 'LOW', breaching: true }),
    property,
    groupKey: group.groupKey,
    environment: policy.environment,
    description: `${describe({ property, groupName: group.name, from, to })}: ${shortage.why}`,
    from,
    to,
    monthlyUsd,
    expectedImpact: { performanceImprovement: (added / desired) * 100, riskLevel: 'LOW' },
    implementation: implementationOf(input, atMax, desired),
    evidence: {
      ...base,
      priceSource: `${price.source}, ${price.asOf}`,
      notes: [
        `${group.desiredCapacity} × ${shortage.usePercent.toFixed(0)} % ${shortage.what} ÷ ${shortage.targetPercent} % target; a step adds at most ${policy.scaleUp.maxStepPercent} %.`,
        ...(suspendedForScaling(group).length > 0
          ? [`Suspended in this group: ${suspendedForScaling(group).join(', ')}.`]
          : []),
      ],
    },
  }
}

function implementationOf({ group, policy }: ScaleUpInput, atMax: boolean, desired: number): Implementation {
  if (atMax) {
    return {
      automated: false,
      steps: ['Raise the maximum in the infrastructure code', 'Deploy the change'],
      estimatedDuration: '10-20 minutes',
    }
  }
  return {
    automated: true,
    steps: [
      `Raise the desired capacity from ${group.desiredCapacity} to ${desired}`,
      `Watch that the new instances become healthy within ${policy.scaleUp.healthTimeoutMinutes} minutes`,
      'Write the new capacity back to the infrastructure code',
    ],
    estimatedDuration: `up to ${policy.scaleUp.healthTimeoutMinutes} minutes`,
  }
}

function dearestPrice(group: Group, catalogue: Catalogue) {
  const launch = factValue(group.launch)
  const names = [
    launch?.instanceType,
    ...(launch?.mix?.overrides ?? []),
    ...group.instances.map((one) => one.instanceType),
  ]
  const prices = names.flatMap((name) => {
    const price = name === undefined ? undefined : catalogue.onDemand.get(name)
    return price ? [price] : []
  })
  return prices.sort((one, other) => other.usdPerHour - one.usdPerHour)[0]
}

function shortageOf(input: ScaleUpInput): Shortage | undefined {
  const { signals, policy, scorecard } = input
  const steps = Math.max(1, Math.ceil((policy.scaleUp.degradedMinutes * 60) / signals.window.periodSeconds))
  const cpu = lastRun(signals, 'cpuAverage', steps)
  if (!cpu || capacityIsNew(input, steps)) return undefined
  const { cpuUtilizationTarget, memoryUtilizationTarget, responseTimeTargetMs } = policy.thresholds
  const minutes = policy.scaleUp.degradedMinutes
  const cpuShortage = (why: string): Shortage => ({
    what: 'CPU',
    why,
    usePercent: mean(cpu),
    targetPercent: cpuUtilizationTarget,
  })
  const [lowest] = [Math.min(...cpu)]
  if (lowest >= cpuUtilizationTarget + cpuExcessPercent) {
    return cpuShortage(
      `CPU was at ${lowest.toFixed(0)} % or more for ${minutes} minutes (target ${cpuUtilizationTarget} %)`,
    )
  }
  const response = lastRun(signals, 'responseTime', steps)
  if (response && Math.min(...response) > responseTimeTargetMs && lowest >= cpuUtilizationTarget) {
    return cpuShortage(
      `responses took ${Math.min(...response).toFixed(0)} ms or more for ${minutes} minutes (target ${responseTimeTargetMs} ms) with CPU over its target`,
    )
  }
  const memory = lastRun(signals, 'memory', steps)
  if (memory && Math.min(...memory) > memoryUtilizationTarget && memoryFollowsLoad(signals)) {
    const why = `memory was at ${Math.min(...memory).toFixed(0)} % or more for ${minutes} minutes (target ${memoryUtilizationTarget} %) and follows the load`
    return { what: 'memory', why, usePercent: mean(memory), targetPercent: memoryUtilizationTarget }
  }
  const score = scorecard?.currentScore
  if (
    score !== undefined &&
    score < lowScore &&
    scorecard?.diagnosis === 'saturated' &&
    lowest >= cpuUtilizationTarget
  ) {
    return cpuShortage(
      `the score is ${score.toFixed(0)} and the group saturated, with CPU over its target for ${minutes} minutes`,
    )
  }
  return undefined
}

/** Steps that fewer instances served say nothing about the present ones: an addition is judged on its own steps. */
function capacityIsNew({ signals, group }: ScaleUpInput, steps: number): boolean {
  const served = lastRun(signals, 'inService', steps)
  return served !== undefined && Math.min(...served) < servingCount(group)
}

/** The newest `steps` values in a row, none missing; undefined where the series or one of them is unknown. */
function lastRun(signals: Signals, name: SignalName, steps: number): readonly number[] | undefined {
  const series = factValue(signals.series[name])
  if (!series) return undefined
  for (let late = 0; late <= lateSteps; late++) {
    const end = signals.window.steps - late
    const values: number[] = []
    for (let step = end - steps; step < end; step++) {
      const value = valueAt(series, step)
      if (value !== undefined) values.push(value)
    }
    if (values.length === steps) return values
    if (valueAt(series, end - 1) !== undefined) return undefined
  }
  return undefined
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
