import type { Configuration, Settings } from '../model/configuration.js'
import type { InstanceType } from '../model/instance-type.js'
import type { Property, RecommendationType } from '../model/recommendation.js'
import { type Evaluation, evaluate } from './evaluate.js'
import type { Study } from './study.js'

/** A configuration worth a replay: today's (or the best so far) with one property turned. */
export interface Candidate {
  readonly type: RecommendationType
  readonly property: Property
  readonly configuration: Configuration
  readonly shape: InstanceType
  /** The keys that differ from `from`, before and after. */
  readonly from: Settings
  readonly to: Settings
  /** Share of the instances replaced outside ordinary scaling, × the factor of a rolling replacement. */
  readonly disruptionShare: number
  /** The present generation and maker of processor: tried before wider choices. */
  readonly close: boolean
}

/** What candidates are drawn from: a configuration with its replay. */
export type Base = Pick<Evaluation, 'configuration' | 'shape' | 'recorded'>

/** Whether capacity follows load by a policy that the replay knows. */
export function scales({ model }: Study): boolean {
  return model.tracks.length + model.rules.length > 0
}

/** Lower floors for a group with a policy; fewer instances for one without. */
export function capacityCandidates(study: Study, base: Base): readonly Candidate[] {
  return scales(study) ? floors(base) : statics(study, base)
}

function floors({ configuration, shape }: Base): readonly Candidate[] {
  const lower = Array.from({ length: Math.max(0, configuration.minSize - 1) }, (_, index) => index + 1)
  return lower.map((minSize) => ({
    type: 'SCALE_DOWN',
    property: 'minSize',
    configuration: { ...configuration, minSize },
    shape,
    from: { minSize: configuration.minSize },
    to: { minSize },
    disruptionShare: 0,
    close: true,
  }))
}

/** From the percentile of five-minute maxima + headroom upwards; min follows where it would stand in the way. */
function statics(study: Study, { configuration, shape }: Base): readonly Candidate[] {
  const { desiredCapacity: present, minSize } = configuration
  const lowest = staticCapacity(study, shape)
  const counts = Array.from({ length: Math.max(0, present - lowest) }, (_, index) => lowest + index)
  return counts.map((desiredCapacity) => {
    const follows = minSize > desiredCapacity
    return {
      type: 'SCALE_DOWN',
      property: 'capacity',
      configuration: { ...configuration, desiredCapacity, minSize: Math.min(minSize, desiredCapacity) },
      shape,
      from: { desiredCapacity: present, ...(follows && { minSize }) },
      to: { desiredCapacity, ...(follows && { minSize: desiredCapacity }) },
      disruptionShare: 0,
      close: true,
    }
  })
}

/** Instances for `staticPercentile` of the five-minute maxima + `staticHeadroomPercent` (DESIGN.md section 5); at least 1. */
export function staticCapacity({ demand, policy }: Study, shape: InstanceType): number {
  const values = (demand.peakVcpus ?? demand.vcpus).filter((value) => !Number.isNaN(value)).sort()
  const rank = Math.max(1, Math.ceil((values.length * policy.sizing.staticPercentile) / 100))
  const value = values[rank - 1]
  if (value === undefined) return Number.POSITIVE_INFINITY
  return Math.max(1, Math.ceil((value * (1 + policy.sizing.staticHeadroomPercent / 100)) / shape.vcpus))
}

/** Higher CPU targets, in steps of five up to the environment's own target. */
export function targetCandidates({ policy }: Study, { configuration, shape }: Base): readonly Candidate[] {
  const present = configuration.targetValue
  if (present === undefined) return []
  const candidates: Candidate[] = []
  for (let target = Math.floor(present / 5) * 5 + 5; target <= policy.thresholds.cpuUtilizationTarget; target += 5) {
    candidates.push({
      type: 'COST_OPTIMIZATION',
      property: 'scalingPolicy',
      configuration: { ...configuration, targetValue: target },
      shape,
      from: { targetValue: present },
      to: { targetValue: target },
      disruptionShare: 0,
      close: true,
    })
  }
  return candidates
}

/**
 * Types with the same architecture and as many vCPUs, of the present or a newer generation; never GPU, bare metal,
 * local disks that the present type lacks, "flex" sizes, or burstable in place of steady ones.
 */
export function typeCandidates(study: Study, { configuration, shape }: Base): readonly Candidate[] {
  const suitable = [...study.catalogue.types.values()].filter((type) => isAlternative(shape, type))
  return suitable.map((type) => ({
    type: 'INSTANCE_TYPE_CHANGE',
    property: 'instanceType',
    configuration: { ...configuration, instanceType: type.name },
    shape: type,
    from: { instanceType: shape.name },
    to: { instanceType: type.name },
    disruptionShare: study.policy.saving.rollingDisruptionFactor,
    close: processorOf(type) === processorOf(shape),
  }))
}

/** Whether a type may stand in for the present one with the same number of instances. */
export function isAlternative(present: InstanceType, type: InstanceType): boolean {
  if (type.name === present.name || type.vcpus !== present.vcpus) return false
  if (!type.currentGeneration || type.bareMetal || type.family.includes('flex')) return false
  if (type.gpus !== undefined || present.gpus !== undefined) return false
  if ((type.localStorageGB === undefined) !== (present.localStorageGB === undefined)) return false
  if (type.burst !== undefined && present.burst === undefined) return false
  if (!present.architectures.some((architecture) => type.architectures.includes(architecture))) return false
  return /^[cmrt]\d/.test(type.family) && generationOf(type) >= generationOf(present)
}

/** The digit of a family's name: 6 of `m6i`. */
export function generationOf({ family }: InstanceType): number {
  const digits = /\d+/.exec(family)?.[0]
  return digits === undefined ? Number.NaN : Number(digits)
}

/** Generation and processor of a family's name: `6i` of `m6i`. */
function processorOf({ family }: InstanceType): string {
  return family.replace(/^[a-z]+/, '').replace(/[dn]/g, '')
}

/** A candidate with its replay. */
export interface Replayed {
  readonly candidate: Candidate
  readonly evaluation: Evaluation
}

export function replayAll(study: Study, candidates: readonly Candidate[]): readonly Replayed[] {
  return candidates.map((candidate) => ({
    candidate,
    evaluation: evaluate(study, candidate.configuration, candidate.shape),
  }))
}
