import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Begun } from '../apply/begun.js'
import { carryOnTogether } from '../apply/carry-on-together.js'
import type { Deps } from '../deps.js'
import type { Applied } from '../pass/pass.js'
import { announceApplied } from './announce-applied.js'
import { turnFaults } from './turn.js'

export interface LiveChangesEnded {
  readonly applied: readonly Applied[]
  readonly faults: readonly AnalysisFault[]
}

/** Carries live changes to their ends side by side, and tells of each as it ends. One that fails fails alone. */
export async function endLiveChanges(deps: Deps, begun: readonly Begun[]): Promise<LiveChangesEnded> {
  const applied: Applied[] = []
  const faults: AnalysisFault[] = []
  await carryOnTogether(deps, begun, async ({ underway: { row } }, ending) => {
    try {
      if (ending.kind === 'fault') throw ending.error
      if (!ending.applied) return
      applied.push(ending.applied)
      await announceApplied(deps, row)
    } catch (error) {
      faults.push(...turnFaults(deps, row, error))
    }
  })
  return { applied, faults }
}
