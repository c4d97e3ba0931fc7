import type { Recommendation } from '../model/recommendation.js'
import type { SpotMarket } from '../model/spot-market.js'
import { count, dateOf, percent } from './figures.js'
import { code, escaped, type Markdown, md, own } from './markdown.js'

/** Availability and interruption risk of spot advice, each with source and date; undefined for other advice. */
export function spotMarketLine({ evidence, groupKey }: Recommendation): Markdown | undefined {
  const { spotMarket } = evidence
  if (!spotMarket) return undefined
  return md`**Availability:** ${placementWords(spotMarket, groupKey)} **Interruption risk:** ${moveWords(spotMarket)} Neither says how often AWS interrupts: plan for a notice of two minutes at any time.`
}

function placementWords({ placement }: SpotMarket, groupKey: string): Markdown {
  if (placement.kind === 'unknown') return md`the placement score is unknown: ${escaped(placement.why)}`
  const { score, instances, seenAt } = placement.value
  const where = code(groupKey.split('/')[1] ?? groupKey)
  return md`placement score ${count(score)} of 10 for ${count(instances)} instances of these types in ${where} (EC2 GetSpotPlacementScores, ${dateOf(seenAt)}).`
}

function moveWords({ priceMoves }: SpotMarket): Markdown {
  if (priceMoves.kind === 'unknown') return md`how steady the prices are is unknown: ${escaped(priceMoves.why)}`
  const { pools, days, medianPercent, largestPercent, largestIn, seenAt } = priceMoves.value
  const largest = md`${percent(largestPercent)} in the pool that moved most, ${code(largestIn)}`
  return md`in ${count(days)} days the prices of these ${count(pools)} pools moved by ${percent(medianPercent)} in the median, ${largest} (EC2 DescribeSpotPriceHistory, ${dateOf(seenAt)})${own('.')}`
}
