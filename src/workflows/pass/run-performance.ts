import type { GroupReport } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { type AnalysedBatch, analyseInBatches } from '../analyse/analyse-in-batches.js'
import { type AnalysisFault, faultOf } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import type { Estate } from '../estate/estate.js'
import { leftUndone, stoppedOnce, timeIsUp } from '../time-up.js'
import { type Analysed, recordAdvice } from './record-advice.js'
import { reportOf } from './report-of.js'

/** What the analysis of some groups came to. A group that is in neither `reports` nor `faults` was not begun. */
export interface Performance {
  /** By group key; small enough to be held for a whole fleet. */
  readonly reports: readonly GroupReport[]
  /** Every stored row that this analysis advised. */
  readonly recommendations: readonly Recommendation[]
  readonly faults: readonly AnalysisFault[]
}

/**
 * Gathers, scores and plans the groups of the selection, and records what was found, batch by batch: of each only its
 * report is kept. A group that could not be recorded is a fault, and the others go on. Safe to run twice, at once, or
 * again after a crash.
 */
export async function runPerformance(deps: Deps, estate: Estate): Promise<Performance> {
  const at = deps.clock.now()
  const recorded: RecordedBatch[] = []
  for await (const batch of analyseInBatches(deps, estate)) recorded.push(await recordBatch(deps, at, batch))
  const reports = recorded.flatMap((one) => one.reports)
  return {
    reports: reports.sort((a, b) => (a.group.groupKey < b.group.groupKey ? -1 : 1)),
    recommendations: recorded.flatMap((one) => one.recommendations),
    faults: stoppedOnce(recorded.flatMap((one) => one.faults)),
  }
}

interface RecordedBatch {
  readonly reports: readonly GroupReport[]
  readonly recommendations: readonly Recommendation[]
  readonly faults: readonly AnalysisFault[]
}

async function recordBatch(deps: Deps, at: Date, { analysed, faults: unread }: AnalysedBatch): Promise<RecordedBatch> {
  const reports: GroupReport[] = []
  const recommendations: Recommendation[] = []
  const faults: AnalysisFault[] = [...unread]
  for (const [index, one] of analysed.entries()) {
    if (timeIsUp(deps)) {
      faults.push(leftUndone(`what was found about ${analysed.length - index} groups was not recorded`))
      break
    }
    const { rows, fault } = await tryRecord(deps, at, one)
    const report = reportOf(
      one.analysis,
      at,
      rows?.map(({ id }) => id),
    )
    await trySave(deps, report, faults)
    reports.push(report)
    recommendations.push(...(rows ?? []))
    if (fault) faults.push(fault)
  }
  return { reports, recommendations, faults }
}

async function tryRecord(
  deps: Deps,
  at: Date,
  one: Analysed,
): Promise<{ readonly rows?: readonly Recommendation[]; readonly fault?: AnalysisFault }> {
  try {
    return { rows: await recordAdvice(deps, at, one) }
  } catch (error) {
    const scope = one.analysis.group.groupKey
    deps.journal.failure('advice could not be recorded', error, { scope })
    return { fault: faultOf(scope, error) }
  }
}

async function trySave(deps: Deps, report: GroupReport, faults: AnalysisFault[]): Promise<void> {
  try {
    await deps.reports.save(report)
  } catch (error) {
    faults.push(faultOf(report.group.groupKey, error))
    deps.journal.failure('report could not be stored', error, { scope: report.group.groupKey })
  }
}
