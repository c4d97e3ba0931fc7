import type { GroupKey } from '../../core/model/group.js'
import type { Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import type { AnalysisFault } from './group-analysis.js'
import { type PlacedGroup, placeGroup } from './place-group.js'

export interface PlacedGroups {
  readonly byKey: ReadonlyMap<GroupKey, PlacedGroup>
  readonly faults: readonly AnalysisFault[]
}

/** A fresh read of some groups with the settings that hold for them; one that is gone or not of this run is left out. */
export async function readPlaced(
  deps: Pick<Deps, 'fleet' | 'selection' | 'syntax' | 'valuesOf' | 'deployment' | 'journal'>,
  estate: Estate,
  keys: readonly GroupKey[],
): Promise<PlacedGroups> {
  const byKey = new Map<GroupKey, PlacedGroup>()
  const faults: AnalysisFault[] = []
  if (keys.length === 0) return { byKey, faults }
  for await (const listed of deps.fleet.list({ ...deps.selection, keys: [...new Set(keys)] })) {
    if (listed.kind === 'group') byKey.set(listed.group.groupKey, await placeGroup(deps, estate, listed.group))
    else faults.push(listed)
  }
  for (const { scope, error } of faults) deps.journal.failure('group could not be read', error, { scope })
  return { byKey, faults }
}
