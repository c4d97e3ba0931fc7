import { median } from 'simple-statistics'
import type { SpotMix } from '../model/configuration.js'
import { type Hold, hold } from '../model/hold.js'
import type { Catalogue, InstanceType } from '../model/instance-type.js'
import type { Advice, Evidence } from '../model/recommendation.js'
import { hoursPerMonth, type UsdPerHour, type UsdPerMonth } from '../model/units.js'
import { generationOf } from './candidates.js'
import { describe } from './describe.js'
import type { Evaluation } from './evaluate.js'
import { evidenceOf, memoryBasis } from './evidence.js'
import { savingObjection } from './limits.js'
import { priorityOf } from './priority.js'
import type { Study } from './study.js'

/** Tag by which a team says that a group's work stands interruptions. */
export const faultTolerantTag = { key: 'trimtab:fault-tolerant', value: 'true' } as const
/** As many types as help price-capacity-optimized find spare capacity without going far from the present shape. */
const mostTypes = 20
const largestFactor = 2

interface Pool {
  readonly type: InstanceType
  /** Median over the group's zones. */
  readonly usdPerHour: UsdPerHour
  readonly asOf: string
  readonly source: string
}

/**
 * Advice to buy spot where the work stands interruptions and enough suitable types have a known spot price in the
 * group's zones. Never a number without a price. Undefined where spot is out of the question. `after` is the group
 * with the other advice applied: the change must be worth it alone and on top.
 */
export function spotAdvice(study: Study, today: Evaluation, after: Evaluation): Advice | Hold | undefined {
  if (!standsInterruptions(study) || study.demand.censoredSteps > 0) return undefined
  if (study.group.launch.kind === 'unknown' || study.group.launch.value.kind === 'launch-configuration')
    return undefined
  const { minTypes, minZones } = study.policy.spot
  const suitable = suitableTypes(study)
  const zones = study.group.availabilityZones
  if (suitable.length < minTypes || zones.length < minZones) return undefined
  const pools = pricedPools(suitable, study.catalogue, zones, minZones)
  if (pools.length < minTypes) {
    return hold(
      'no-price',
      `${pools.length} of ${suitable.length} suitable types have a spot price in ${minZones} zones, ${minTypes} are needed`,
    )
  }
  const mix = mixOf(study, pools)
  const spotUsd = median(pools.map(({ usdPerHour }) => usdPerHour))
  const worth = (base: Evaluation): number | undefined => {
    if (base.usdPerMonth === undefined || base.price === undefined) return undefined
    const usdAfter = costOnSpot(study, base, mix, { spotUsd, onDemandUsd: base.price.usdPerHour })
    const change = {
      usdBefore: base.usdPerMonth,
      usdAfter,
      disruptionShare: study.policy.saving.rollingDisruptionFactor,
    }
    return savingObjection(study.policy, change) === undefined ? usdAfter : undefined
  }
  const usdAfter = worth(today)
  if (usdAfter === undefined || worth(after) === undefined || today.usdPerMonth === undefined) return undefined
  return adviceOf(study, { usdBefore: today.usdPerMonth, usdAfter, mix, pools })
}

/** Whether the team itself said that the work stands interruptions. */
export function saidFaultTolerant({ group, policy }: Pick<Study, 'group' | 'policy'>): boolean {
  return policy.spot.faultTolerant || group.tags[faultTolerantTag.key] === faultTolerantTag.value
}

function standsInterruptions(study: Study): boolean {
  const { group, policy } = study
  if (saidFaultTolerant(study)) return true
  return policy.environment !== 'production' && group.environmentFrom !== 'default'
}

/** The present type and those with at least its vCPUs and memory, up to twice as many, of a like generation. */
function suitableTypes({ shape, catalogue }: Study): readonly InstanceType[] {
  return [...catalogue.types.values()].filter((type) => {
    if (!type.spotSupported || !type.currentGeneration || type.bareMetal || type.family.includes('flex')) return false
    if ((type.gpus === undefined) !== (shape.gpus === undefined)) return false
    if (shape.localStorageGB !== undefined && type.localStorageGB === undefined) return false
    if (type.burst !== undefined && shape.burst === undefined) return false
    if (!shape.architectures.some((architecture) => type.architectures.includes(architecture))) return false
    if (!/^[cmrt]\d/.test(type.family) || generationOf(type) < generationOf(shape) - 1) return false
    const within = (value: number, present: number) => value >= present && value <= present * largestFactor
    return within(type.vcpus, shape.vcpus) && within(type.memoryGiB, shape.memoryGiB)
  })
}

function pricedPools(
  types: readonly InstanceType[],
  catalogue: Catalogue,
  zones: readonly string[],
  minZones: number,
): readonly Pool[] {
  const pools = types.flatMap((type): Pool[] => {
    const offers = (catalogue.spot.get(type.name) ?? []).filter(({ availabilityZone }) =>
      zones.includes(availabilityZone),
    )
    const first = offers[0]
    if (!first || new Set(offers.map(({ availabilityZone }) => availabilityZone)).size < minZones) return []
    const usdPerHour = median(offers.map(({ price }) => price.usdPerHour))
    return [{ type, usdPerHour, asOf: first.price.asOf, source: first.price.source }]
  })
  return pools
    .sort((one, other) => one.usdPerHour - other.usdPerHour || (one.type.name < other.type.name ? -1 : 1))
    .slice(0, mostTypes)
}

function mixOf({ policy }: Study, pools: readonly Pool[]): SpotMix {
  const base = policy.spot.onDemandBaseCapacity
  return {
    onDemandBaseCapacity: policy.environment === 'production' ? Math.max(1, base) : base,
    onDemandPercentageAboveBaseCapacity: 0,
    spotAllocationStrategy: 'price-capacity-optimized',
    overrides: pools.map(({ type }) => type.name),
  }
}

/** The same instance-hours, all but the on-demand base at the median spot price of the chosen types. */
function costOnSpot(
  { demand }: Study,
  { recorded }: Evaluation,
  { onDemandBaseCapacity }: SpotMix,
  { spotUsd, onDemandUsd }: { readonly spotUsd: UsdPerHour; readonly onDemandUsd: UsdPerHour },
): UsdPerMonth {
  const hours = (recorded.steps * demand.span.periodSeconds) / 3600
  const instances = recorded.instanceHours / hours
  const onDemand = Math.min(instances, onDemandBaseCapacity)
  return (onDemand * onDemandUsd + (instances - onDemand) * spotUsd) * hoursPerMonth
}

interface SpotMove {
  readonly usdBefore: UsdPerMonth
  readonly usdAfter: UsdPerMonth
  readonly mix: SpotMix
  readonly pools: readonly Pool[]
}

function adviceOf(study: Study, { usdBefore, usdAfter, mix, pools }: SpotMove): Advice {
  const { group, policy, shape } = study
  const type = 'COST_OPTIMIZATION'
  const riskLevel = 'MEDIUM'
  const monthlyUsd = usdBefore - usdAfter
  const costSavings = (monthlyUsd / usdBefore) * 100
  const sentence = { property: 'spotMix', groupName: group.name, from: {}, to: {}, instanceType: shape.name } as const
  return {
    type,
    priority: priorityOf({ type, monthlyUsd, costSavingsPercent: costSavings, riskLevel, breaching: false }),
    property: 'spotMix',
    groupKey: group.groupKey,
    environment: policy.environment,
    description: describe({ ...sentence, costSavingsPercent: costSavings }),
    from: { spotMix: presentMix(study) },
    to: { spotMix: mix },
    monthlyUsd,
    expectedImpact: { costSavings, riskLevel },
    implementation: {
      automated: false,
      steps: [
        `Give the group a mixed-instances policy over its launch template with ${mix.overrides.length} types`,
        `Keep ${mix.onDemandBaseCapacity} on demand and buy the rest as spot, allocated price-capacity-optimized`,
        'Watch interruptions and launch failures for a week',
      ],
      estimatedDuration: '30-60 minutes',
    },
    evidence: evidence(study, mix, pools),
  }
}

function evidence(study: Study, mix: SpotMix, pools: readonly Pool[]): Evidence {
  const { signals, group, policy, shape } = study
  const first = pools[0]
  return {
    ...evidenceOf(signals, group, { spotMix: mix }, policy.sizing.demandMargin),
    memory: memoryBasis(study),
    ...(first && { priceSource: `${first.source}, ${first.asOf}` }),
    notes: [
      `Every chosen type has at least the vCPUs and memory of ${shape.name}; the price is the median of ${pools.length} types in the group's zones.`,
      'Spot prices move, and interruptions come with two minutes of notice. Capacity rebalancing is left off: it replaces instances at every warning, and with slow drains it can thrash.',
    ],
  }
}

function presentMix({ group, shape }: Study): SpotMix {
  const mix = group.launch.kind === 'known' ? group.launch.value.mix : undefined
  return {
    onDemandBaseCapacity: mix?.onDemandBaseCapacity ?? group.desiredCapacity,
    onDemandPercentageAboveBaseCapacity: 100,
    spotAllocationStrategy: mix?.spotAllocationStrategy ?? 'none',
    overrides: mix?.overrides ?? [shape.name],
  }
}
