import type { Configuration } from '../model/configuration.js'
import type { Group } from '../model/group.js'
import { type Hold, hold } from '../model/hold.js'
import type { Catalogue, InstanceType, Price } from '../model/instance-type.js'
import type { Policy } from '../model/policy.js'
import type { Signals } from '../model/signals.js'
import { type Demand, demandOf } from './demand.js'
import { shapeOf } from './instance-shape.js'
import { type ScalingModel, scalingModelOf } from './scaling-model.js'

/** Everything that the replays of one group rest on, read once. */
export interface Study {
  readonly group: Group
  readonly policy: Policy
  readonly catalogue: Catalogue
  readonly signals: Signals
  readonly shape: InstanceType
  readonly price: Price
  readonly demand: Demand
  readonly model: ScalingModel
  readonly today: Configuration
  /** Instances in service at the first known step. */
  readonly start: number
}

export interface StudyInput {
  readonly signals: Signals
  readonly catalogue: Catalogue
  readonly policy: Policy
  readonly group: Group
}

/** The study of a group, or the one reason why it cannot be replayed. */
export function studyOf({ signals, catalogue, policy, group }: StudyInput): Study | Hold {
  if (group.desiredCapacity === 0 && group.instances.length === 0) {
    return hold('empty-group', `${group.name} has a desired capacity of 0`)
  }
  if (group.availabilityZones.length === 0) return hold('fact-unknown', 'no availability zone of the group is known')
  const shape = shapeOf(group, catalogue)
  if ('kind' in shape) return shape
  const demand = demandOf(signals, shape)
  if ('kind' in demand) return demand
  const model = scalingModelOf(group, signals.window.periodSeconds)
  if ('kind' in model) return model
  const scheduled = group.scheduledActions
  if (scheduled.kind === 'unknown') return hold('fact-unknown', scheduled.why)
  if (scheduled.value.length > 0) {
    return hold('unsupported-group', `its ${scheduled.value.length} scheduled actions are not replayed yet`)
  }
  const price = catalogue.onDemand.get(shape.name)
  if (!price) return hold('no-price', `${shape.name} has no price in ${catalogue.region}`)
  const first = demand.inService.find((count) => !Number.isNaN(count))
  const start = model.tracks.length + model.rules.length > 0 ? first && Math.round(first) : group.desiredCapacity
  if (start === undefined) return hold('no-cpu-data', 'no step of the window has instances in service')
  return { group, policy, catalogue, signals, shape, price, demand, model, today: todayOf(group, shape, model), start }
}

function todayOf(group: Group, shape: InstanceType, model: ScalingModel): Configuration {
  const track = model.tracks.length === 1 && model.tracks[0]?.metric === 'cpu' ? model.tracks[0] : undefined
  return {
    instanceType: shape.name,
    minSize: group.minSize,
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    ...(track && { targetValue: track.target }),
  }
}

/** Load of every step in instances of full use. */
export function loadOf({ demand }: Study, shape: InstanceType, margin: number): Float64Array {
  return scaled(demand.vcpus, margin / shape.vcpus)
}

/**
 * Instances that the tracked metrics ask for at each step: the largest over the group's target-tracking policies of
 * load ÷ target per instance. A gap where the first metric (CPU before requests) has one.
 */
export function needOf(study: Study, configuration: Configuration, shape: InstanceType, margin: number): Float64Array {
  const { demand, model } = study
  let need: Float64Array | undefined
  for (const track of model.tracks) {
    const cpu = track.metric === 'cpu'
    const target = cpu ? (configuration.targetValue ?? track.target) : track.target
    const load = cpu ? demand.vcpus : demand.requestsPerSecond
    if (!load) continue
    const scale = cpu ? (margin * 100) / (shape.vcpus * target) : (margin * 60) / target
    need = need ? larger(need, load, scale) : scaled(load, scale)
  }
  return need ?? new Float64Array(model.tracks.length > 0 ? demand.vcpus.length : 0).fill(Number.NaN)
}

function scaled(load: Float64Array, scale: number): Float64Array {
  const out = new Float64Array(load.length)
  for (let step = 0; step < load.length; step++) out[step] = (load[step] as number) * scale
  return out
}

function larger(need: Float64Array, load: Float64Array, scale: number): Float64Array {
  for (let step = 0; step < need.length; step++) {
    const wanted = (load[step] as number) * scale
    if (wanted > (need[step] as number)) need[step] = wanted
  }
  return need
}
