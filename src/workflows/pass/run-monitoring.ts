import type { CpuState } from '../../core/analysis/cpu-rules.js'
import type { GroupKey } from '../../core/model/group.js'
import type { GroupFindings } from '../../core/model/group-report.js'
import type { AnalysisFault } from '../analyse/group-analysis.js'
import type { Deps } from '../deps.js'
import { publishScores } from '../engine/publish-metrics.js'
import { lowScores } from '../monitor/low-scores.js'
import { stateChanges } from '../monitor/state-changes.js'
import { type Watched, watchGroups } from '../monitor/watch-groups.js'
import { analyseNow } from './analyse-now.js'

export interface Monitoring {
  /** Groups whose last points could be scored. */
  readonly scored: number
  /** Groups that a CPU rule had analysed at once. */
  readonly analysed: number
  readonly faults: readonly AnalysisFault[]
}

/** Groups that the CPU rules have analysed in one run; more of them wait for the next. */
const mostAtOnce = 50

/**
 * The light run between two analyses: the scores of the last three points of every reported group, published, and the
 * groups under 70 noted for an investigation. `cpuRules`: for groups that no alarm can name, the two CPU rules are
 * applied too, and start the work that an alarm would.
 */
export async function runMonitoring(deps: Deps, { cpuRules }: { readonly cpuRules: boolean }): Promise<Monitoring> {
  const at = deps.clock.now()
  const findings: Pick<GroupFindings, 'policy' | 'scored'>[] = []
  const scores = new Map<GroupKey, number>()
  const states = new Map<GroupKey, CpuState>()
  const faults: AnalysisFault[] = []
  for await (const batch of watchGroups(deps)) {
    faults.push(...batch.faults)
    for (const one of batch.watched) {
      findings.push({ policy: one.report.policy, scored: withScore(one) })
      if (one.score !== undefined) scores.set(one.report.group.groupKey, one.score)
      if (one.cpu) states.set(one.report.group.groupKey, one.cpu)
    }
  }

  const rows = await deps.recommendations.list({ limit: Number.POSITIVE_INFINITY })
  await publishScores(deps, at, findings, rows)
  await lowScores(deps).note(scores)
  const called = cpuRules ? await applyCpuRules(deps, states) : { analysed: 0, faults: [] }
  return { scored: scores.size, analysed: called.analysed, faults: [...faults, ...called.faults] }
}

async function applyCpuRules(deps: Deps, states: ReadonlyMap<GroupKey, CpuState>) {
  const { changed, remember } = await stateChanges(deps, states, mostAtOnce)
  const inState = (state: CpuState) => [...changed].filter(([, its]) => its === state).map(([key]) => key)
  const high = await analyseNow(deps, {
    keys: inState('high'),
    why: 'CPU at or above 85 % for 15 minutes',
    topic: 'performanceAlert',
  })
  const low = await analyseNow(deps, {
    keys: inState('low'),
    why: 'CPU at or below 20 % for an hour',
    topic: 'costAlert',
  })
  await remember()
  return { analysed: high.analysed + low.analysed, faults: [...high.faults, ...low.faults] }
}

/** The report's card with the score of now in place of its own. */
function withScore({ report, score }: Watched): GroupFindings['scored'] {
  const { scored } = report
  return scored.kind === 'scored' ? { ...scored, scorecard: { ...scored.scorecard, currentScore: score } } : scored
}
