import type { Catalogue, InstanceType, TypeRow } from '../model/instance-type.js'

const alternatives = 4
/** Larger shapes are another capacity plan, not another price for this one. */
const largestFactor = 2

/**
 * The group's type and its cheapest alternatives of the same size or up to twice as large, cheapest first. Types
 * without a price, bare metal, GPUs, burstable and old generations are left out; the own type always comes first.
 */
export function compareTypes(own: string, catalogue: Catalogue, zones: readonly string[]): readonly TypeRow[] {
  const base = catalogue.types.get(own)
  if (!base) return []
  const rows = [...catalogue.types.values()]
    .filter((type) => type.name !== own && isAlternative(type, base))
    .flatMap((type) => rowOf(type, catalogue, zones) ?? [])
    .sort((a, b) => a.onDemandUsdPerHour - b.onDemandUsdPerHour || (a.name < b.name ? -1 : 1))
  const ownRow = rowOf(base, catalogue, zones)
  return ownRow ? [ownRow, ...rows.slice(0, alternatives)] : []
}

function isAlternative(type: InstanceType, own: InstanceType): boolean {
  const plain = type.currentGeneration && !type.bareMetal && type.burst === undefined && type.gpus === undefined
  const shared = type.architectures.some((architecture) => own.architectures.includes(architecture))
  const sized = type.vcpus >= own.vcpus && type.vcpus <= own.vcpus * largestFactor && type.memoryGiB >= own.memoryGiB
  return plain && shared && sized && type.memoryGiB <= own.memoryGiB * largestFactor
}

function rowOf(type: InstanceType, catalogue: Catalogue, zones: readonly string[]): TypeRow | undefined {
  const price = catalogue.onDemand.get(type.name)
  if (!price) return undefined
  const offers = catalogue.spot.get(type.name)?.filter(({ availabilityZone }) => zones.includes(availabilityZone))
  const spot = offers && offers.length > 0 ? Math.max(...offers.map((offer) => offer.price.usdPerHour)) : undefined
  return {
    name: type.name,
    vcpus: type.vcpus,
    memoryGiB: type.memoryGiB,
    onDemandUsdPerHour: price.usdPerHour,
    ...(spot !== undefined && { spotUsdPerHour: spot, spotSavingPercent: (1 - spot / price.usdPerHour) * 100 }),
    priceSource: `${price.source}, ${price.asOf}`,
  }
}
