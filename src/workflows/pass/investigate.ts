import type { GroupKey } from '../../core/model/group.js'
import type { Deps } from '../deps.js'
import { investigatedBelow, lowScores } from '../monitor/low-scores.js'
import { type Answer, analyseNow } from './analyse-now.js'

/** Investigated in one run, the worst first: the analysis on schedule comes to the others. */
const mostAtOnce = 50

/**
 * Analyses every group whose last score is under 70, the worst first, and tells the performance topic what is found.
 * Where no monitoring run has looked lately, the scores of the last analysis count.
 */
export async function investigate(deps: Deps): Promise<Answer> {
  const noted = await lowScores(deps).read()
  const low = noted ?? (await reportedLow(deps))
  const keys = low.slice(0, mostAtOnce).map(([key]) => key)
  return analyseNow(deps, { keys, why: `Score under ${investigatedBelow}`, topic: 'performanceAlert' })
}

async function reportedLow({ reports }: Deps): Promise<readonly (readonly [GroupKey, number])[]> {
  const low: [GroupKey, number][] = []
  for await (const { group, scored } of reports.all()) {
    const score = scored.kind === 'scored' ? scored.scorecard.currentScore : undefined
    if (score !== undefined && score < investigatedBelow) low.push([group.groupKey, score])
  }
  return low.sort((a, b) => a[1] - b[1])
}
