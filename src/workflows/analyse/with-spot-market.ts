import type { Group } from '../../core/model/group.js'
import type { Advice } from '../../core/model/recommendation.js'
import type { AnalysisDeps } from '../deps.js'

/** Spot advice with what the market says of its types now; other advice asks nothing. */
export async function withSpotMarket(
  { market }: Pick<AnalysisDeps, 'market'>,
  group: Group,
  advice: readonly Advice[],
): Promise<readonly Advice[]> {
  return Promise.all(
    advice.map(async (one) => {
      const mix = one.to.spotMix
      if (!mix) return one
      const instances = Math.max(1, group.desiredCapacity - mix.onDemandBaseCapacity)
      const { region, availabilityZones: zones } = group
      const spotMarket = await market.spot({ region, zones, types: mix.overrides, instances })
      return { ...one, evidence: { ...one.evidence, spotMarket } }
    }),
  )
}
