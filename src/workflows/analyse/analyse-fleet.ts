import type { Estate } from '../estate/estate.js'
import { analyseInBatches, type FleetDeps } from './analyse-in-batches.js'
import type { AnalysisFault, GroupAnalysis, Witness } from './group-analysis.js'

export interface FleetAnalysis {
  /** By group key. */
  readonly analyses: readonly GroupAnalysis[]
  readonly faults: readonly AnalysisFault[]
}

/** The analysis of every group of the selection at once, for whoever shows them side by side. Writes nothing. */
export async function analyseFleet(
  deps: FleetDeps,
  estate: Estate,
  witness: Witness = () => {},
): Promise<FleetAnalysis> {
  const analyses: GroupAnalysis[] = []
  const faults: AnalysisFault[] = []
  for await (const batch of analyseInBatches(deps, estate)) {
    for (const { analysis, basis } of batch.analysed) {
      witness(analysis, basis)
      analyses.push(analysis)
    }
    faults.push(...batch.faults)
  }
  return { analyses: analyses.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1)), faults }
}
