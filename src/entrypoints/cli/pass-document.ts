import type { Settings } from '../../core/model/configuration.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { GroupFindings } from '../../core/model/group-report.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { AnalysisFault } from '../../workflows/analyse/group-analysis.js'
import type { Applied, DecidedGroup, Pass, ProposedPage } from '../../workflows/pass/pass.js'
import type { DecisionRow, GroupRow, PassDocument, RecommendationRow, UnreadRow } from './documents/analyze.js'
import { type FaultRow, rounded } from './documents/document.js'

/** The document of a pass: groups by groupKey, recommendations by groupKey and id, one decision for each of them. */
export function passDocument(pass: Pick<Pass, 'groups' | 'recommendations' | 'decisions' | 'faults'>): PassDocument {
  return {
    groups: sorted(pass.groups.map(groupRow), ({ groupKey }) => groupKey),
    recommendations: sorted(pass.recommendations.map(recommendationRow), ({ groupKey, id }) => `${groupKey}\n${id}`),
    decisions: sorted(pass.decisions, ({ groupKey, recommendationId }) => `${groupKey}\n${recommendationId ?? ''}`).map(
      decisionRow,
    ),
    unread: unreadRows(pass.groups),
    faults: sorted(pass.faults.map(faultRow), ({ scope, message }) => `${scope}\n${message}`),
  }
}

/** One live change; `from` and `to` hold only the key that changed, as those of a recommendation. */
export interface AppliedRow {
  readonly groupKey: string
  readonly from: Settings
  readonly to: Settings
  readonly result: Applied['result']
}

/** What a whole run prints with --json: the document, and what was done. */
export interface RunDocument extends PassDocument {
  readonly applied: readonly AppliedRow[]
  readonly proposed: readonly ProposedPage[]
}

/** The document of a run. */
export function runDocument(pass: Pass): RunDocument {
  return {
    ...passDocument(pass),
    applied: appliedRows(pass.applied),
    proposed: sorted(pass.proposed, ({ groupKey, recommendationId }) => `${groupKey}\n${recommendationId}`),
  }
}

/** Live changes by groupKey, those of one group in the order in which they were made. */
export function appliedRows(applied: readonly Applied[]): readonly AppliedRow[] {
  return sorted(
    applied.map(({ groupKey, from, to, result }) => ({
      groupKey,
      from: { desiredCapacity: from },
      to: { desiredCapacity: to },
      result,
    })),
    ({ groupKey }) => groupKey,
  )
}

/** One group's line; the figures are rounded as the pages print them, to one decimal. */
export function groupRow({ group, scored }: Pick<GroupFindings, 'group' | 'scored'>): GroupRow {
  const card = scored.kind === 'scored' ? scored.scorecard : undefined
  return {
    groupKey: group.groupKey,
    environment: group.environment,
    score: card ? rounded(card.score, 1) : null,
    efficiency: card?.efficiency === undefined ? null : rounded(card.efficiency, 1),
    diagnosis: card?.diagnosis ?? null,
  }
}

/** Each sentence once, with the groups that it concerns. */
export function unreadRows(groups: readonly Pick<GroupFindings, 'group' | 'unread'>[]): readonly UnreadRow[] {
  const keysOf = new Map<string, string[]>()
  for (const { group, unread } of groups) {
    for (const why of unread) keysOf.set(why, [...(keysOf.get(why) ?? []), group.groupKey])
  }
  const rows = [...keysOf].map(([why, keys]) => ({ why, groups: sorted(keys, (key) => key) }))
  return sorted(rows, ({ why }) => why)
}

export function recommendationRow(row: Recommendation): RecommendationRow {
  const { id, timestamp, type, priority, groupKey, from, to, status } = row
  return { id, timestamp, type, priority, groupKey, from, to, monthlyUsd: rounded(row.monthlyUsd, 2), status }
}

export function decisionRow({ groupKey, decision }: DecidedGroup): DecisionRow {
  return { groupKey, kind: decision.kind, reason: decision.reason }
}

export function faultRow({ scope, error }: AnalysisFault): FaultRow {
  return { scope, code: error instanceof TrimtabError ? error.code : 'internal', message: error.message }
}

function sorted<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return [...rows].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)]
    return left < right ? -1 : left > right ? 1 : 0
  })
}
