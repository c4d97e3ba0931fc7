import type { Recommendation } from '../../../core/model/recommendation.js'
import { rounded } from '../documents/document.js'
import type { StoredRecommendation } from '../documents/recommendations.js'

/** A recorded recommendation as documents show it. What another tool's row lacks is null. */
export function storedRow(row: Recommendation): StoredRecommendation {
  const { id, timestamp, type, priority, groupKey, from, to, status, environment, change } = row
  const monthlyUsd: unknown = row.monthlyUsd
  return {
    id,
    timestamp,
    type,
    priority,
    groupKey,
    from,
    to,
    monthlyUsd: typeof monthlyUsd === 'number' ? rounded(monthlyUsd, 2) : null,
    status,
    environment,
    description: row.description ?? '',
    changeState: change.state,
    why: change.why ?? null,
    page: pageOf(row) ?? null,
  }
}

/** `owner/name#number` of the newest page about a change. */
export function pageOf({ change }: Pick<Recommendation, 'change'>): string | undefined {
  const page = change.writeBack ?? change.pullRequest ?? change.issue
  return page && `${page.repository}#${page.number}`
}
