import { policyFor } from '../../config/policy-for.js'
import { savingsPotential } from '../../core/cost/ledger.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { MetricPoint } from '../../ports.js'
import type { GroupAnalysis } from '../analyse/analyse-fleet.js'
import type { Deps } from '../deps.js'
import type { Pass } from '../pass/pass.js'
import { journalOpenAdvice } from './journal-open-advice.js'

/**
 * Publishes the environment's metrics of one pass (DESIGN.md section 6). A value that is unknown is not published: a
 * gap is visible, a zero would be a lie. Metrics that cannot be published are a fault of their own, not of the pass.
 */
export async function publishMetrics(deps: Deps, pass: Pass): Promise<void> {
  const environments = new Set(pass.groups.map(({ policy }) => policy.environment))
  for (const environment of environments) {
    journalOpenAdvice(deps.journal, environment, pass.recommendations)
    const groups = pass.groups.filter(
      ({ policy }) => policy.environment === environment && policy.enablePerformanceMonitoring,
    )
    const namespace = groups[0]?.policy.metrics.publishNamespace
    if (namespace === undefined) continue
    const dimensions = { Environment: environment, Application: deps.application }
    const points = [...scorePoints(groups), ...costPoints(pass, groups), ...workPoints(pass, environment)].map(
      (point) => ({ ...point, dimensions }),
    )
    await tryPublish(deps, namespace, pass.at, points)
  }
  await publishFaults(deps, pass)
}

/** How many groups or regions failed in this pass: zero is a real figure here, and a gap means that no pass ran. */
async function publishFaults(deps: Deps, { at, faults, groups }: Pass): Promise<void> {
  const namespace =
    groups[0]?.policy.metrics.publishNamespace ??
    policyFor(undefined, 'production', deps.deployment).metrics.publishNamespace
  const point = {
    name: 'PassFailures',
    value: faults.length,
    unit: 'Count' as const,
    dimensions: { Application: deps.application },
  }
  await tryPublish(deps, namespace, at, [point])
}

async function tryPublish(deps: Deps, namespace: string, at: Date, points: readonly MetricPoint[]): Promise<void> {
  try {
    await deps.telemetry.publish(namespace, at, points)
  } catch (error) {
    deps.journal.failure('metrics could not be published', error, { namespace })
  }
}

type Point = Omit<MetricPoint, 'dimensions'>

function scorePoints(groups: readonly GroupAnalysis[]): readonly Point[] {
  const cards = groups.flatMap(({ scored }) => (scored.kind === 'scored' ? [scored.scorecard] : []))
  const scores = cards.flatMap(({ currentScore }) => currentScore ?? [])
  const efficiencies = cards.flatMap(({ efficiency }) => efficiency ?? [])
  return [
    ...(scores.length > 0 ? [{ name: 'PerformanceScore', value: Math.min(...scores), unit: 'None' as const }] : []),
    ...(efficiencies.length > 0
      ? [{ name: 'EfficiencyRating', value: Math.min(...efficiencies), unit: 'Percent' as const }]
      : []),
    ...(cards.length > 0
      ? [
          {
            name: 'PerformanceBottlenecks',
            value: sum(cards.map(({ bottlenecks }) => bottlenecks.length)),
            unit: 'Count' as const,
          },
          {
            name: 'BreachMinutes',
            value: sum(cards.map(({ breachMinutes }) => breachMinutes)),
            unit: 'Count' as const,
          },
        ]
      : []),
  ]
}

/** What the groups cost a month and how much of it could be saved; groups whose cost is unknown are in neither. */
function costPoints(pass: Pass, groups: readonly GroupAnalysis[]): readonly Point[] {
  const priced = groups.filter(({ policy, cost }) => policy.enableCostOptimization && cost !== undefined)
  const monthly = new Map(
    priced.flatMap(({ group, cost }) => (cost ? [[group.groupKey, cost.usdPerMonth] as const] : [])),
  )
  const potential = savingsPotential(pass.recommendations, monthly)
  return [
    ...(monthly.size > 0 ? [{ name: 'MonthlyCost', value: sum([...monthly.values()]), unit: 'None' as const }] : []),
    ...(potential === undefined ? [] : [{ name: 'CostSavingsPotential', value: potential, unit: 'Percent' as const }]),
  ]
}

function workPoints(pass: Pass, environment: string): readonly Point[] {
  const own = pass.recommendations.filter((one) => one.environment === environment)
  const groups = new Set(own.map(({ groupKey }) => groupKey))
  const applied = pass.applied.filter(({ groupKey }) => groups.has(groupKey))
  return [
    {
      name: 'OptimizationRecommendations',
      value: own.filter(({ status }) => status === 'PENDING').length,
      unit: 'Count',
    },
    {
      name: 'OptimizationSuccess',
      value: applied.filter(({ result }) => result === 'succeeded').length,
      unit: 'Count',
    },
    {
      name: 'OptimizationFailure',
      value: applied.filter(({ result }) => result !== 'succeeded').length,
      unit: 'Count',
    },
    { name: 'VerifiedSavings', value: sum(own.map(verifiedUsd)), unit: 'None' },
  ]
}

function verifiedUsd({ change }: Recommendation): number {
  return change.verification?.savedUsdPerMonth === undefined ? 0 : change.verification.savedUsdPerMonth
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
