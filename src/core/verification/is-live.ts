import type { Settings, SpotMix } from '../model/configuration.js'
import { factValue } from '../model/fact.js'
import type { Group } from '../model/group.js'

/** Whether every setting of `wanted` is live; one that cannot be read is not. */
export function isLive(group: Group, wanted: Settings): boolean {
  const { spotMix, ...rest } = wanted
  const live = liveSettings(group)
  const plain = Object.entries(rest).every(([key, value]) => live[key as keyof typeof live] === value)
  return plain && (spotMix === undefined || isMixed(group, spotMix))
}

function liveSettings(group: Group): Omit<Settings, 'spotMix'> {
  const instanceType = factValue(group.launch)?.instanceType
  const tracking = factValue(group.scalingPolicies)?.find(
    (policy) => policy.kind === 'target-tracking' && policy.metric === 'ASGAverageCPUUtilization',
  )
  return {
    minSize: group.minSize,
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    ...(instanceType !== undefined && { instanceType }),
    ...(tracking?.kind === 'target-tracking' && { targetValue: tracking.targetValue }),
  }
}

/** The same purchase and the same types, in whatever order; a strategy that AWS does not say is not it. */
function isMixed(group: Group, wanted: SpotMix): boolean {
  const mix = factValue(group.launch)?.mix
  if (!mix) return false
  const types = new Set(mix.overrides)
  return (
    mix.onDemandBaseCapacity === wanted.onDemandBaseCapacity &&
    mix.onDemandPercentageAboveBaseCapacity === wanted.onDemandPercentageAboveBaseCapacity &&
    mix.spotAllocationStrategy === wanted.spotAllocationStrategy &&
    types.size === new Set(wanted.overrides).size &&
    wanted.overrides.every((type) => types.has(type))
  )
}
