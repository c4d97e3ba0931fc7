import { analyse } from '../../core/analysis/analyse.js'
import { adviseCommitment } from '../../core/cost/commitments.js'
import { groupCost } from '../../core/cost/group-cost.js'
import { compareTypes } from '../../core/cost/type-comparison.js'
import { type Fact, factValue } from '../../core/model/fact.js'
import { hold } from '../../core/model/hold.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { Signals } from '../../core/model/signals.js'
import { plan } from '../../core/planning/plan.js'
import type { AnalysisDeps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import type { Basis, GroupAnalysis } from './group-analysis.js'
import { hiddenSettings, type PlacedGroup } from './place-group.js'
import { withSpotMarket } from './with-spot-market.js'

/** Scores and plans one group from its signals. Settings that are not certain give no advice. */
export async function analyseGroup(
  deps: Pick<AnalysisDeps, 'market'>,
  estate: Estate,
  { group, code, policy }: PlacedGroup,
  signals: Signals | undefined,
): Promise<{ readonly analysis: GroupAnalysis; readonly basis: Basis }> {
  if (!signals) throw new Error(`reading the metrics of ${group.groupKey}: the reader gave no answer for this group`)
  const catalogue = await deps.market.catalogue(group.region)
  const own = { ...signals, group }
  const type = factValue(group.launch)?.instanceType
  const scored = analyse(own, policy, type === undefined ? undefined : catalogue.types.get(type))
  const planned = plan({ signals: own, scored, catalogue, policy, group })
  const price = type === undefined ? undefined : catalogue.onDemand.get(type)
  const inService = factValue(own.series.inService)
  const priced = price && inService ? { price, inService } : undefined
  const hidden = hiddenSettings({ code }, estate)
  const analysis: GroupAnalysis = {
    group,
    policy,
    code,
    scored,
    advice: hidden === undefined ? await withSpotMarket(deps, group, planned.advice) : [],
    hold: hidden === undefined ? planned.hold : hold('fact-unknown', hidden),
    forecast: planned.forecast,
    cost: priced && groupCost(priced.inService, priced.price),
    commitment: priced && adviseCommitment({ ...priced, ...plannedFloor(planned.advice) }),
    types: type === undefined ? [] : compareTypes(type, catalogue, group.availabilityZones),
    unread: unreadOf(own),
  }
  return { analysis, basis: { signals: own, catalogue } }
}

/** Each sentence once: what failed for one series has often failed for all. */
function unreadOf({ group, series }: Signals): readonly string[] {
  const { launch, scalingPolicies, scheduledActions, activities, instanceRefreshes, lifecycleHooks, warmPool } = group
  const facts: readonly Fact<unknown>[] = [
    ...[launch, scalingPolicies, scheduledActions, activities, instanceRefreshes, lifecycleHooks, warmPool],
    ...Object.values(series),
  ]
  return [...new Set(facts.flatMap((fact) => (fact.kind === 'unknown' && fact.failed ? [fact.why] : [])))].sort()
}

/** The floor that open advice would leave: a commitment must not strand what is about to go. */
function plannedFloor(advice: readonly Advice[]): { readonly plannedFloor?: number } {
  const floors = advice.flatMap(({ to }) => to.minSize ?? [])
  return floors.length > 0 ? { plannedFloor: Math.min(...floors) } : {}
}
