import type { GroupReport } from '../../core/model/group-report.js'
import { isCurrent } from '../../core/model/report-rules.js'
import { type AnalysisFault, faultOf } from '../analyse/group-analysis.js'
import { writeCostIssue } from '../cost/write-cost-issue.js'
import type { Deps } from '../deps.js'
import { publishCosts } from '../engine/publish-metrics.js'
import { readEstate } from '../estate/read-estate.js'

/** The looks at cost that a schedule asks for; each writes its part of the week's issue. */
export const costTasks = ['daily', 'weekly', 'monthly', 'quarterly'] as const
export type CostTask = (typeof costTasks)[number]

/**
 * The cost stage on the newest reports: Cost Explorer once a day, the cost metrics, the week's issue. A group whose
 * report is old is a blind spot of the page, not a figure in it.
 */
export async function runCost(deps: Deps, task: CostTask): Promise<{ readonly faults: readonly AnalysisFault[] }> {
  const at = deps.clock.now()
  const estate = await readEstate(deps, deps.homeRepository)
  const groups: GroupReport[] = []
  const faults: AnalysisFault[] = []
  for await (const report of deps.reports.all()) {
    if (isCurrent(report, at)) groups.push(report)
    else faults.push(faultOf(report.group.groupKey, new Error(`not analysed since ${report.at}`)))
  }
  groups.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1))

  const recommendations = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  await publishCosts(deps, at, groups, recommendations)
  await writeCostIssue(deps, { at, estate, groups, recommendations, faults }, { again: task !== 'daily' })
  return { faults }
}
