import type { GroupReport } from '../../core/model/group-report.js'
import { hold } from '../../core/model/hold.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import { isCurrent } from '../../core/model/report-rules.js'
import { hiddenSettings, placeGroup } from '../analyse/place-group.js'
import type { Deps } from '../deps.js'
import type { Turn } from '../engine/turn.js'
import type { Estate } from '../estate/estate.js'
import type { DecidedGroup } from './pass.js'

export interface Turns {
  readonly turns: readonly Turn[]
  /** Recommendations of groups about which too little is known to decide. */
  readonly held: readonly DecidedGroup[]
}

/**
 * The recommendations that the reports advise, each with its group as its report knows it. Where the report is too old,
 * or the settings are hidden in a repository that cannot be read, they are held.
 */
export async function turnsOf(
  deps: Deps,
  estate: Estate,
  reports: readonly GroupReport[],
  rows: readonly Recommendation[],
): Promise<Turns> {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const turns: Turn[] = []
  const held: DecidedGroup[] = []
  for (const report of reports) {
    const own = (report.advised ?? []).flatMap((id) => byId.get(id) ?? [])
    if (own.length === 0) continue
    const placed = await placeGroup(deps, estate, report.group)
    const why = isCurrent(report, deps.clock.now())
      ? hiddenSettings(placed, estate)
      : `the newest analysis of the group is of ${report.at}`
    if (why === undefined) turns.push(...own.map((recommendation) => ({ recommendation, placed })))
    else held.push(...own.map(({ id, groupKey }) => heldRow(groupKey, id, why)))
  }
  return { turns, held }
}

function heldRow(groupKey: string, recommendationId: string, why: string): DecidedGroup {
  return { groupKey, recommendationId, decision: hold('fact-unknown', why) }
}
