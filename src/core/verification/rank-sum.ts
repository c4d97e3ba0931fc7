import { errorFunction } from 'simple-statistics'

/** How two samples differ: `higher` the second tends to be larger, `lower` smaller, `none` no difference at 95 %. */
export type Difference = 'higher' | 'lower' | 'none'

/** Smallest sample on each side for which the normal approximation is fair. */
export const smallestSample = 20

/**
 * Mann–Whitney U test, two-sided at 95 %, normal approximation with corrections for ties and continuity (Mann and
 * Whitney 1947). Undefined under 20 values on a side.
 */
export function rankSumDifference(before: readonly number[], after: readonly number[]): Difference | undefined {
  const [n, m] = [before.length, after.length]
  if (n < smallestSample || m < smallestSample) return undefined
  const { rankSum, ties } = ranksOf(before, after)
  const u = rankSum - (m * (m + 1)) / 2
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  const distance = u - (n * m) / 2
  if (variance <= 0) return 'none'
  const z = Math.max(Math.abs(distance) - 0.5, 0) / Math.sqrt(variance)
  const confidence = errorFunction(z / Math.SQRT2)
  if (confidence < 0.95) return 'none'
  return distance > 0 ? 'higher' : 'lower'
}

/** Sum of the second sample's mid-ranks, and Σ(t³ − t) over groups of equal values. */
function ranksOf(before: readonly number[], after: readonly number[]) {
  const all = [...before.map((value) => ({ value, late: false })), ...after.map((value) => ({ value, late: true }))]
  all.sort((a, b) => a.value - b.value)
  let rankSum = 0
  let ties = 0
  let start = 0
  while (start < all.length) {
    let end = start
    while (end + 1 < all.length && all[end + 1]?.value === all[start]?.value) end += 1
    const size = end - start + 1
    const midRank = (start + end) / 2 + 1
    rankSum += midRank * all.slice(start, end + 1).filter((item) => item.late).length
    ties += size ** 3 - size
    start = end + 1
  }
  return { rankSum, ties }
}
