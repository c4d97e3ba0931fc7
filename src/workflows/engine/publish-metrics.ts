import { policyFor } from '../../config/policy-for.js'
import { savingsPotential } from '../../core/cost/ledger.js'
import type { GroupFindings, GroupReport } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { MetricPoint } from '../../ports.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import type { Applied } from '../pass/pass.js'
import { journalOpenAdvice } from './journal-open-advice.js'

/*
 * The metrics of DESIGN.md section 6, each published by the pass that knows it. A value that is unknown is not
 * published: a gap is visible, a zero would be a lie. Metrics that cannot be published are a fault of their own, not of
 * the pass.
 */

type PublishDeps = Pick<Deps, 'telemetry' | 'journal' | 'application' | 'deployment'>
type Point = Omit<MetricPoint, 'dimensions'>

/** Of each environment: the lowest score and efficiency, the sums of bottlenecks and breaches, how much advice is open. */
export async function publishScores(
  deps: PublishDeps,
  at: Date,
  groups: readonly Pick<GroupFindings, 'policy' | 'scored'>[],
  rows: readonly Recommendation[],
): Promise<void> {
  await forEachEnvironment(deps, at, groups, (own, environment) => {
    journalOpenAdvice(deps.journal, environment, rows)
    const open = rows.filter((row) => row.environment === environment && row.status === 'PENDING')
    return [...scorePoints(own), count('OptimizationRecommendations', open.length)]
  })
}

/** Of each environment: what the groups cost a month, and how much of it could be saved. */
export async function publishCosts(
  deps: PublishDeps,
  at: Date,
  groups: readonly Pick<GroupReport, 'group' | 'policy' | 'cost'>[],
  rows: readonly Recommendation[],
): Promise<void> {
  await forEachEnvironment(deps, at, groups, (own) => costPoints(own, rows))
}

/** What a pass acted on; the faults too: zero is a real figure there, and a gap means that no pass ran. */
export interface Work {
  readonly at: Date
  readonly estate: Estate
  readonly applied: readonly Applied[]
  readonly faults: readonly AnalysisFault[]
  /** All stored rows. */
  readonly recommendations: readonly Recommendation[]
}

/** Of each environment with advice: live changes that succeeded or failed, and the savings that were measured. */
export async function publishWork(deps: PublishDeps, work: Work): Promise<void> {
  const config = work.estate.home?.config
  for (const environment of new Set(work.recommendations.map((row) => row.environment))) {
    const { enablePerformanceMonitoring, metrics } = policyFor(config, environment, deps.deployment)
    const points = workPoints(work, environment).map(inEnvironment(deps, environment))
    if (enablePerformanceMonitoring) await tryPublish(deps, metrics.publishNamespace, work.at, points)
  }
  const { metrics } = policyFor(config, 'production', deps.deployment)
  const failures = { ...count('PassFailures', work.faults.length), dimensions: { Application: deps.application } }
  await tryPublish(deps, metrics.publishNamespace, work.at, [failures])
}

async function forEachEnvironment<G extends Pick<GroupFindings, 'policy'>>(
  deps: PublishDeps,
  at: Date,
  groups: readonly G[],
  pointsOf: (own: readonly G[], environment: string) => readonly Point[],
): Promise<void> {
  for (const environment of new Set(groups.map(({ policy }) => policy.environment))) {
    const own = groups.filter(({ policy }) => policy.environment === environment)
    const namespace = own[0]?.policy.metrics.publishNamespace
    const points = pointsOf(own, environment).map(inEnvironment(deps, environment))
    if (namespace === undefined || !own.some(({ policy }) => policy.enablePerformanceMonitoring)) continue
    await tryPublish(deps, namespace, at, points)
  }
}

function inEnvironment({ application }: PublishDeps, environment: string): (point: Point) => MetricPoint {
  return (point) => ({ ...point, dimensions: { Environment: environment, Application: application } })
}

async function tryPublish(
  deps: PublishDeps,
  namespace: string,
  at: Date,
  points: readonly MetricPoint[],
): Promise<void> {
  if (points.length === 0) return
  try {
    await deps.telemetry.publish(namespace, at, points)
  } catch (error) {
    deps.journal.failure('metrics could not be published', error, { namespace })
  }
}

function scorePoints(groups: readonly Pick<GroupFindings, 'policy' | 'scored'>[]): readonly Point[] {
  const cards = groups.flatMap(({ policy, scored }) =>
    policy.enablePerformanceMonitoring && scored.kind === 'scored' ? [scored.scorecard] : [],
  )
  const scores = cards.flatMap(({ currentScore }) => currentScore ?? [])
  const efficiencies = cards.flatMap(({ efficiency }) => efficiency ?? [])
  return [
    ...(scores.length > 0 ? [{ name: 'PerformanceScore', value: Math.min(...scores), unit: 'None' as const }] : []),
    ...(efficiencies.length > 0
      ? [{ name: 'EfficiencyRating', value: Math.min(...efficiencies), unit: 'Percent' as const }]
      : []),
    ...(cards.length > 0
      ? [
          count('PerformanceBottlenecks', sum(cards.map(({ bottlenecks }) => bottlenecks.length))),
          count('BreachMinutes', sum(cards.map(({ breachMinutes }) => breachMinutes))),
        ]
      : []),
  ]
}

/** Groups whose cost is unknown are in neither figure. */
function costPoints(
  groups: readonly Pick<GroupReport, 'group' | 'policy' | 'cost'>[],
  rows: readonly Recommendation[],
): readonly Point[] {
  const priced = groups.filter(({ policy }) => policy.enableCostOptimization)
  const monthly = new Map(
    priced.flatMap(({ group, cost }) => (cost ? [[group.groupKey, cost.usdPerMonth] as const] : [])),
  )
  const potential = savingsPotential(rows, monthly)
  return [
    ...(monthly.size > 0 ? [{ name: 'MonthlyCost', value: sum([...monthly.values()]), unit: 'None' as const }] : []),
    ...(potential === undefined ? [] : [{ name: 'CostSavingsPotential', value: potential, unit: 'Percent' as const }]),
  ]
}

function workPoints({ recommendations, applied }: Work, environment: string): readonly Point[] {
  const own = recommendations.filter((one) => one.environment === environment)
  const groups = new Set(own.map(({ groupKey }) => groupKey))
  const results = applied.filter(({ groupKey }) => groups.has(groupKey)).map(({ result }) => result)
  return [
    count('OptimizationSuccess', results.filter((result) => result === 'succeeded').length),
    count('OptimizationFailure', results.filter((result) => result !== 'succeeded').length),
    { name: 'VerifiedSavings', value: sum(own.map(verifiedUsd)), unit: 'None' },
  ]
}

function verifiedUsd({ change }: Recommendation): number {
  return change.verification?.savedUsdPerMonth === undefined ? 0 : change.verification.savedUsdPerMonth
}

function count(name: string, value: number): Point {
  return { name, value, unit: 'Count' }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
