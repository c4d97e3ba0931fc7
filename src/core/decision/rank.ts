import { priorities, type Recommendation, type RecommendationType } from '../model/recommendation.js'

/** Share of earlier promises of a type that were kept, 0–1; undefined where too few were measured. */
export type KeptShare = (type: RecommendationType) => number | undefined

/**
 * Best first: by priority, then by the dollars a month that are sure (the lower end of the range where there is one,
 * times the share of such promises that were kept), then oldest first, then by id. Total and independent of the order
 * it is given.
 */
export function rank(
  recommendations: readonly Recommendation[],
  keptShare: KeptShare = () => undefined,
): readonly Recommendation[] {
  const worth = (one: Recommendation) => weighted(sureUsd(one), keptShare(one.type))
  return [...recommendations].sort(
    (a, b) =>
      priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
      worth(b) - worth(a) ||
      compare(a.timestamp, b.timestamp) ||
      compare(a.id, b.id),
  )
}

function sureUsd({ monthlyUsd, monthlyUsdRange }: Recommendation): number {
  return monthlyUsdRange === undefined ? monthlyUsd : Math.min(monthlyUsd, monthlyUsdRange[0])
}

/** A cost is no promise that may be broken: only savings are weighted. */
function weighted(usd: number, share: number | undefined): number {
  return usd > 0 && share !== undefined ? usd * share : usd
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
