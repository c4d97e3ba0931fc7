import type { Group } from '../model/group.js'
import type { Catalogue, InstanceType } from '../model/instance-type.js'

/** Types with more than this multiple of the present vCPUs stand in for it in no advice. */
const largestFactor = 2

/**
 * The part of a catalogue that planning for this group can look at, in the same order: its own types and those that
 * might stand in for them. A plan on it is the plan on the whole.
 */
export function relevantCatalogue(group: Group, catalogue: Catalogue): Catalogue {
  const names = ownTypes(group)
  const own = [...names].flatMap((name) => catalogue.types.get(name) ?? [])
  const relevant = new Map(
    [...catalogue.types].filter(([name, type]) => names.has(name) || own.some((base) => mayStandIn(type, base))),
  )
  const zones = group.availabilityZones
  return {
    ...catalogue,
    types: relevant,
    onDemand: new Map([...catalogue.onDemand].filter(([name]) => relevant.has(name) || names.has(name))),
    spot: new Map(
      [...catalogue.spot]
        .filter(([name]) => relevant.has(name))
        .map(([name, offers]) => [name, offers.filter(({ availabilityZone }) => zones.includes(availabilityZone))]),
    ),
  }
}

function ownTypes({ launch, instances }: Group): ReadonlySet<string> {
  const launched = launch.kind === 'known' ? [launch.value.instanceType, ...(launch.value.mix?.overrides ?? [])] : []
  return new Set(
    [...launched, ...instances.map(({ instanceType }) => instanceType)].filter((name) => name !== undefined),
  )
}

function mayStandIn(type: InstanceType, own: InstanceType): boolean {
  const shared = type.architectures.some((architecture) => own.architectures.includes(architecture))
  return shared && type.vcpus >= own.vcpus && type.vcpus <= own.vcpus * largestFactor
}
