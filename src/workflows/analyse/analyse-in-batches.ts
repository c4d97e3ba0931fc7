import { TrimtabError } from '../../core/model/errors.js'
import type { Group, GroupKey } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { SeriesSpan } from '../../core/model/series.js'
import type { Signals } from '../../core/model/signals.js'
import type { AnalysisDeps, CodeParsers, Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import { leftUndone, timeIsUp } from '../time-up.js'
import { analyseGroup } from './analyse-group.js'
import { type AnalysisFault, type Basis, faultOf, type GroupAnalysis } from './group-analysis.js'
import { placeGroup } from './place-group.js'
import { windowUntil } from './windows.js'

export type FleetDeps = AnalysisDeps & CodeParsers & Pick<Deps, 'deployment'>

/** The analyses of some groups, each with what it rests on, and what failed among them. */
export interface AnalysedBatch {
  readonly analysed: readonly { readonly analysis: GroupAnalysis; readonly basis: Basis }[]
  readonly faults: readonly AnalysisFault[]
}

/** Groups whose series are asked for together: several groups fit into one metric request. */
const batchSize = 25

/**
 * Gathers, scores and plans every group of the selection, some at a time: a batch is let go before the next is read,
 * so that no run holds the whole fleet. Writes nothing. One bad group never stops the others.
 */
export async function* analyseInBatches(deps: FleetDeps, estate: Estate): AsyncGenerator<AnalysedBatch> {
  const said: AnalysisFault[] = []
  const told = ({ analysed, faults }: AnalysedBatch): AnalysedBatch => {
    const fresh = faults.filter((fault) => !said.some((earlier) => isSame(earlier, fault)))
    said.push(...fresh)
    for (const { scope, error } of fresh) deps.journal.failure('group could not be analysed', error, { scope })
    return { analysed, faults: fresh }
  }
  let batch: Group[] = []
  for await (const listed of deps.fleet.list(deps.selection)) {
    if (timeIsUp(deps)) break
    if (listed.kind === 'fault') yield told({ analysed: [], faults: [listed] })
    else batch.push(listed.group)
    if (batch.length < batchSize) continue
    yield told(await analyseBatch(deps, estate, batch))
    batch = []
  }
  if (timeIsUp(deps)) yield told({ analysed: [], faults: [leftUndone('not every group was analysed')] })
  else if (batch.length > 0) yield told(await analyseBatch(deps, estate, batch))
}

async function analyseBatch(deps: FleetDeps, estate: Estate, groups: readonly Group[]): Promise<AnalysedBatch> {
  const placed = await Promise.all(groups.map((group) => placeGroup(deps, estate, group)))
  const policies = new Map(placed.map(({ group, policy }) => [group.groupKey, policy]))
  const window = windowUntil(deps.clock.now(), Math.max(...placed.map(({ policy }) => policy.window.lookbackDays)))
  const { signals, faults } = await readSignals(deps, window, policies, groups)

  const analysed: AnalysedBatch['analysed'][number][] = []
  for (const [index, place] of placed.entries()) {
    if (timeIsUp(deps)) {
      faults.push(leftUndone(`${placed.length - index} of ${placed.length} groups were not analysed`))
      break
    }
    const own = signals.get(place.group.groupKey)
    if (own === undefined && faults.some(({ scope }) => scope === place.group.region)) continue
    try {
      analysed.push(await analyseGroup(deps, estate, place, own))
    } catch (error) {
      faults.push(faultOf(place.group.groupKey, error))
    }
  }
  return { analysed, faults }
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
