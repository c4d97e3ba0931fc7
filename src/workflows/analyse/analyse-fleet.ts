import { environmentOf } from '../../config/environment-of.js'
import { analyse } from '../../core/analysis/analyse.js'
import { adviseCommitment, type CommitmentAdvice } from '../../core/cost/commitments.js'
import { type GroupCost, groupCost } from '../../core/cost/group-cost.js'
import { compareTypes, type TypeRow } from '../../core/cost/type-comparison.js'
import { TrimtabError } from '../../core/model/errors.js'
import { type Fact, factValue } from '../../core/model/fact.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import { type Hold, hold } from '../../core/model/hold.js'
import type { Catalogue } from '../../core/model/instance-type.js'
import type { Policy } from '../../core/model/policy.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { Scored } from '../../core/model/scorecard.js'
import type { SeriesSpan } from '../../core/model/series.js'
import type { Signals } from '../../core/model/signals.js'
import { hourMs } from '../../core/model/units.js'
import type { CapacityForecast } from '../../core/planning/capacity-forecast.js'
import { plan } from '../../core/planning/plan.js'
import type { AnalysisDeps, CodeParsers, Deps } from '../deps.js'
import { type CodeOfGroup, codeOfGroup, type Estate, policyOfGroup } from '../estate/estate.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import { withSpotMarket } from './with-spot-market.js'

/** What one pass found out about one group, before anything is stored or done. */
export interface GroupAnalysis {
  readonly group: Group
  readonly policy: Policy
  readonly code: CodeOfGroup
  readonly scored: Scored
  readonly advice: readonly Advice[]
  /** Undefined where the price or the instances in service are unknown. */
  readonly cost: GroupCost | undefined
  /** When growth meets the maximum; undefined where there is no such growth. */
  readonly forecast: CapacityForecast | undefined
  /** What of the group's floor commitments could cover: for the report only. */
  readonly commitment: CommitmentAdvice | undefined
  /** The group's type beside its cheapest alternatives; empty where it is unknown. */
  readonly types: readonly TypeRow[]
  /** Why there is no advice; absent where there is some. */
  readonly hold: Hold | undefined
  /** What was asked about the group and could not be read, a sentence each. */
  readonly unread: readonly string[]
}

/** A group or region that failed; the others went on. */
export interface AnalysisFault {
  readonly scope: string
  readonly error: Error
}

/** What an analysis rests on. */
export interface Basis {
  readonly signals: Signals
  readonly catalogue: Catalogue
}

/** Sees each analysis with its basis, once. Series are large: whoever keeps one keeps it for one group. */
export type Witness = (analysis: GroupAnalysis, basis: Basis) => void

export interface FleetAnalysis {
  readonly analyses: readonly GroupAnalysis[]
  readonly faults: readonly AnalysisFault[]
}

/** Groups whose series are asked for together: several groups fit into one metric request. */
const batchSize = 25
const stepSeconds = 300

/** Gathers, scores and plans every group. Writes nothing. One bad group never stops the others. */
export async function analyseFleet(
  deps: AnalysisDeps & CodeParsers & Pick<Deps, 'deployment'>,
  estate: Estate,
  witness: Witness = () => {},
): Promise<FleetAnalysis> {
  const analyses: GroupAnalysis[] = []
  const faults: AnalysisFault[] = []
  let batch: Group[] = []
  const flush = async () => {
    const answer = await analyseBatch(deps, estate, { groups: batch, witness })
    analyses.push(...answer.analyses)
    faults.push(...answer.faults.filter((fault) => !faults.some((earlier) => isSame(earlier, fault))))
    batch = []
  }
  for await (const listed of deps.fleet.list(deps.selection)) {
    if (timeIsUp(deps)) break
    if (listed.kind === 'fault') faults.push({ scope: listed.scope, error: listed.error })
    else batch.push(listed.group)
    if (batch.length === batchSize) await flush()
  }
  if (timeIsUp(deps)) faults.push(leftUndone('not every group was analysed'))
  else if (batch.length > 0) await flush()
  for (const { scope, error } of faults) deps.journal.failure('group could not be analysed', error, { scope })
  return { analyses: analyses.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1)), faults }
}

async function analyseBatch(
  deps: AnalysisDeps & CodeParsers & Pick<Deps, 'deployment'>,
  estate: Estate,
  { groups, witness }: { readonly groups: readonly Group[]; readonly witness: Witness },
): Promise<FleetAnalysis> {
  const placed = await Promise.all(groups.map((group) => placeGroup(deps, estate, group)))
  const policies = new Map(placed.map(({ group, policy }) => [group.groupKey, policy]))
  const window = windowUntil(deps.clock.now(), Math.max(...placed.map(({ policy }) => policy.window.lookbackDays)))
  const { signals, faults } = await readSignals(deps, window, policies, groups)

  const analyses: GroupAnalysis[] = []
  for (const place of placed) {
    const own = signals.get(place.group.groupKey)
    if (own === undefined && faults.some(({ scope }) => scope === place.group.region)) continue
    try {
      const { analysis, basis } = await analyseGroup(deps, place, own)
      const seen = withoutHiddenSettings(analysis, estate)
      analyses.push(seen)
      witness(seen, basis)
    } catch (error) {
      faults.push({ scope: place.group.groupKey, error: error instanceof Error ? error : new Error(String(error)) })
    }
  }
  return { analyses, faults }
}

interface ReadSignals {
  readonly signals: ReadonlyMap<GroupKey, Signals>
  readonly faults: AnalysisFault[]
}

/** Region by region: where one's metrics cannot be read at all, the others' can. Wrong credentials are wrong everywhere. */
async function readSignals(
  deps: AnalysisDeps,
  window: SeriesSpan,
  policies: ReadonlyMap<GroupKey, Policy>,
  groups: readonly Group[],
): Promise<ReadSignals> {
  const signals = new Map<GroupKey, Signals>()
  const faults: AnalysisFault[] = []
  for (const region of new Set(groups.map((group) => group.region))) {
    const ofRegion = groups.filter((group) => group.region === region)
    try {
      const read = await deps.signals.read(ofRegion, window, (group) => policies.get(group.groupKey) as Policy)
      for (const [groupKey, one] of read) signals.set(groupKey, one)
    } catch (error) {
      if (!(error instanceof TrimtabError) || error.code === 'credentials') throw error
      faults.push({ scope: region, error })
    }
  }
  return { signals, faults }
}

function isSame(one: AnalysisFault, other: AnalysisFault): boolean {
  return one.scope === other.scope && one.error.message === other.error.message
}

/** A group with the settings that hold for it. */
export interface PlacedGroup {
  readonly group: Group
  readonly code: CodeOfGroup
  readonly policy: Policy
}

/** The group as configuration names its environment, where its code is, and its settings. */
export async function placeGroup(
  deps: CodeParsers & Pick<Deps, 'deployment'>,
  estate: Estate,
  listed: Group,
): Promise<PlacedGroup> {
  const code = await codeOfGroup(deps, estate, listed)
  const config = code.kind === 'found' ? code.repository.config : estate.home?.config
  const { environment, from } = environmentOf(listed.tags, config?.groups?.[listed.name])
  const group: Group = { ...listed, environment, environmentFrom: from }
  return { group, code, policy: policyOfGroup(estate, deps.deployment, group, code) }
}

async function analyseGroup(
  deps: AnalysisDeps,
  { group, code, policy }: PlacedGroup,
  signals: Signals | undefined,
): Promise<{ readonly analysis: GroupAnalysis; readonly basis: Basis }> {
  if (!signals) throw new Error(`reading the metrics of ${group.groupKey}: the reader gave no answer for this group`)
  const catalogue = await deps.market.catalogue(group.region)
  const own = { ...signals, group }
  const type = group.launch.kind === 'known' ? group.launch.value.instanceType : undefined
  const scored = analyse(own, policy, type === undefined ? undefined : catalogue.types.get(type))
  const planned = plan({ signals: own, scored, catalogue, policy, group })
  const advised = await withSpotMarket(deps, group, planned.advice)
  const price = type === undefined ? undefined : catalogue.onDemand.get(type)
  const inService = factValue(own.series.inService)
  const priced = price && inService ? { price, inService } : undefined
  const analysis: GroupAnalysis = {
    group,
    policy,
    code,
    scored,
    advice: advised,
    hold: planned.hold,
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

/**
 * A repository that could not be read may hold this group's settings: advice by other settings would be a guess, so
 * there is none until it can be read again.
 */
function withoutHiddenSettings(analysis: GroupAnalysis, { unreadable }: Estate): GroupAnalysis {
  const [hidden] = unreadable
  if (analysis.code.kind === 'found' || !hidden) return analysis
  const why = `the settings may be in ${hidden.repository}, which could not be read: ${hidden.why}`
  return { ...analysis, advice: [], hold: hold('fact-unknown', why) }
}

/** The last `days` whole days up to the last complete step. */
export function windowUntil(now: Date, days: number): SeriesSpan {
  return lastHours(now, days * 24)
}

/** The last `hours` whole hours up to the last complete step. */
export function lastHours(now: Date, hours: number): SeriesSpan {
  const end = Math.floor(now.getTime() / (stepSeconds * 1000)) * stepSeconds * 1000
  const steps = (hours * hourMs) / (stepSeconds * 1000)
  return { startAt: new Date(end - hours * hourMs).toISOString(), periodSeconds: stepSeconds, steps }
}
