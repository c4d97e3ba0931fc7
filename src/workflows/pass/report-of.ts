import { unknown } from '../../core/model/fact.js'
import type { GroupReport } from '../../core/model/group-report.js'
import type { GroupAnalysis } from '../analyse/group-analysis.js'

/** What is kept of an analysis for the passes that follow. `advised` is undefined where the advice was not stored. */
export function reportOf(analysis: GroupAnalysis, at: Date, advised: readonly string[] | undefined): GroupReport {
  const { group, policy, code, scored, cost, forecast, commitment, types, hold, unread } = analysis
  return {
    at: at.toISOString(),
    group: { ...group, activities: unknown('activities are not kept in a report') },
    policy,
    scored: scored.kind === 'scored' ? { kind: 'scored', scorecard: withoutProfile(scored.scorecard) } : scored,
    cost,
    forecast,
    commitment,
    types,
    hold,
    unread,
    advised,
    ...(code.kind === 'missing' && { codeMissing: code.why }),
  }
}

type Scored = Extract<GroupAnalysis['scored'], { kind: 'scored' }>

function withoutProfile({ hourOfWeekCpu: _, ...rest }: Scored['scorecard']) {
  return rest
}
