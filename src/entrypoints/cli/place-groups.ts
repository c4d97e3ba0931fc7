import type { AnalysisFault } from '../../workflows/analyse/group-analysis.js'
import { type PlacedGroup, placeGroup } from '../../workflows/analyse/place-group.js'
import type { Deps } from '../../workflows/deps.js'
import type { Estate } from '../../workflows/estate/estate.js'
import { readEstate } from '../../workflows/estate/read-estate.js'

export interface PlacedFleet {
  /** By groupKey. */
  readonly placed: readonly PlacedGroup[]
  readonly faults: readonly AnalysisFault[]
  readonly estate: Estate
}

/** The groups of the selection, each with its settings. What could not be listed is a fault of its own. */
export async function placeGroups(deps: Deps): Promise<PlacedFleet> {
  const estate = await readEstate(deps, deps.homeRepository)
  const placed: PlacedGroup[] = []
  const faults: AnalysisFault[] = []
  for await (const listed of deps.fleet.list(deps.selection)) {
    if (listed.kind === 'fault') faults.push({ scope: listed.scope, error: listed.error })
    else placed.push(await placeGroup(deps, estate, listed.group))
  }
  placed.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1))
  return { placed, faults, estate }
}
