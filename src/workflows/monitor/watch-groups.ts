import { analyse } from '../../core/analysis/analyse.js'
import { type CpuState, cpuStateOf } from '../../core/analysis/cpu-rules.js'
import type { GroupReport } from '../../core/model/group-report.js'
import { isCurrent } from '../../core/model/report-rules.js'
import type { SignalName } from '../../core/model/signals.js'
import { type AnalysisFault, faultOf } from '../analyse/group-analysis.js'
import { lastHours } from '../analyse/windows.js'
import type { Deps } from '../deps.js'
import { timeIsUp } from '../time-up.js'

/** A reported group as its last points show it. */
export interface Watched {
  readonly report: GroupReport
  /** Of the last three complete points; undefined where they lack CPU. */
  readonly score: number | undefined
  readonly cpu: CpuState | undefined
}

export interface WatchedBatch {
  readonly watched: readonly Watched[]
  readonly faults: readonly AnalysisFault[]
}

/** What the score is made of, and no more: each series asked for costs money. */
const scoredBy: readonly SignalName[] = ['cpuAverage', 'memory', 'inService', 'responseTime']

/** About as many groups as fit into one metric request. */
const batchSize = 100

/**
 * The last hour of every group that was analysed lately and whose performance is watched, some groups at a time. A
 * region whose metrics cannot be read is a fault, and the others go on.
 */
export async function* watchGroups(
  deps: Pick<Deps, 'clock' | 'reports' | 'signals' | 'deadline' | 'journal'>,
): AsyncGenerator<WatchedBatch> {
  let batch: GroupReport[] = []
  for await (const report of deps.reports.all()) {
    if (timeIsUp(deps)) return
    if (report.policy.enablePerformanceMonitoring && isCurrent(report, deps.clock.now())) batch.push(report)
    if (batch.length < batchSize) continue
    yield await watch(deps, batch)
    batch = []
  }
  if (batch.length > 0) yield await watch(deps, batch)
}

async function watch(
  deps: Pick<Deps, 'clock' | 'signals' | 'journal'>,
  reports: readonly GroupReport[],
): Promise<WatchedBatch> {
  const watched: Watched[] = []
  const faults: AnalysisFault[] = []
  const policies = new Map(reports.map(({ group, policy }) => [group.groupKey, policy]))
  const window = lastHours(deps.clock.now(), 1)
  for (const region of new Set(reports.map(({ group }) => group.region))) {
    const its = reports.filter(({ group }) => group.region === region)
    const groups = its.map(({ group }) => group)
    try {
      const policyOf = ({ groupKey }: { readonly groupKey: string }) => policies.get(groupKey) as GroupReport['policy']
      const signals = await deps.signals.read(groups, window, policyOf, scoredBy)
      for (const report of its) {
        const own = signals.get(report.group.groupKey)
        if (!own) continue
        const scored = analyse({ ...own, group: report.group }, report.policy)
        const { cpuAverage } = own.series
        watched.push({
          report,
          score: scored.kind === 'scored' ? scored.scorecard.currentScore : undefined,
          cpu: cpuAverage.kind === 'known' ? cpuStateOf(cpuAverage.value) : undefined,
        })
      }
    } catch (error) {
      faults.push(faultOf(region, error))
      deps.journal.failure('metrics could not be read', error, { scope: region })
    }
  }
  return { watched, faults }
}
