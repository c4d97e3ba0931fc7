import { priorities, type Recommendation } from '../model/recommendation.js'

/**
 * Best first: by priority, then by the dollars a month that are sure (the lower end of the range where there is one),
 * then oldest first, then by id. Total and independent of the order it is given.
 */
export function rank(recommendations: readonly Recommendation[]): readonly Recommendation[] {
  return [...recommendations].sort(
    (a, b) =>
      priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
      sureUsd(b) - sureUsd(a) ||
      compare(a.timestamp, b.timestamp) ||
      compare(a.id, b.id),
  )
}

function sureUsd({ monthlyUsd, monthlyUsdRange }: Recommendation): number {
  return monthlyUsdRange === undefined ? monthlyUsd : Math.min(monthlyUsd, monthlyUsdRange[0])
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
