import type { ApplyFacts } from '../../core/decision/apply-facts.js'
import { known, unknown } from '../../core/model/fact.js'
import type { Group } from '../../core/model/group.js'
import type { Catalogue } from '../../core/model/instance-type.js'
import type { UsdPerHour } from '../../core/model/units.js'
import type { Deps } from '../deps.js'

/**
 * On-demand dollars an hour of every managed group of the environment, at its desired capacity and its dearest type:
 * never less than the bill. Unknown when one group or one price is.
 */
export async function hourlyCostOf(
  deps: Pick<Deps, 'fleet' | 'market' | 'selection'>,
  environment: string,
  group: Group,
): Promise<ApplyFacts['hourlyCost']> {
  const instanceUsd = instanceUsdOf(group, await deps.market.catalogue(group.region))
  if (instanceUsd === undefined) return unknown(`${group.name} has an instance type without a price`)
  let environmentUsd = askedFor(group) * instanceUsd
  try {
    for await (const listed of deps.fleet.list({ regions: deps.selection.regions, tags: deps.selection.tags })) {
      if (listed.kind === 'fault') return unknown(`${listed.scope} could not be listed: ${listed.error.message}`)
      const { group: other } = listed
      if (other.groupKey === group.groupKey || other.environment !== environment) continue
      const usd = instanceUsdOf(other, await deps.market.catalogue(other.region))
      if (usd === undefined && askedFor(other) > 0) {
        return unknown(`${other.name} of the same environment has an instance type without a price`)
      }
      environmentUsd += usd === undefined ? 0 : askedFor(other) * usd
    }
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error))
  }
  return known({ environmentUsd, counted: askedFor(group), instanceUsd })
}

/** A minimum that was raised a moment ago may not show in desired capacity yet. */
function askedFor({ desiredCapacity, minSize }: Group): number {
  return Math.max(desiredCapacity, minSize)
}

/** The dearest of the types that the group runs or may launch; undefined when one of them has no price. */
function instanceUsdOf({ launch, instances }: Group, { onDemand }: Catalogue): UsdPerHour | undefined {
  const { instanceType, mix } = launch.kind === 'known' ? launch.value : { instanceType: undefined, mix: undefined }
  const names = [instanceType, ...(mix?.overrides ?? []), ...instances.map((one) => one.instanceType)]
  const types = [...new Set(names.filter((name) => name !== undefined))]
  const prices = types.map((type) => onDemand.get(type)?.usdPerHour)
  if (prices.length === 0 || prices.some((price) => price === undefined)) return undefined
  return Math.max(...prices.filter((price) => price !== undefined))
}
