import { type Fact, known, unknown } from '../../../src/core/model/fact.js'
import type { Group } from '../../../src/core/model/group.js'
import type { InstanceType } from '../../../src/core/model/instance-type.js'
import type { Series } from '../../../src/core/model/series.js'
import { type SignalName, type Signals, signalUnits } from '../../../src/core/model/signals.js'
import { groupWith } from '../../support/group.js'

export const twoWeeks = 4032
/** A Monday. */
export const startAt = '2026-11-09T00:00:00.000Z'

export type Shape = number | ((step: number) => number | undefined)

/** Signals with the given shapes; everything not named is unknown. Capacity defaults to 6 in service of at most 10. */
export function signalsOf(
  shapes: Partial<Record<SignalName, Shape>>,
  options: { readonly steps?: number; readonly group?: Partial<Group> } = {},
): Signals {
  const steps = options.steps ?? twoWeeks
  const names = Object.keys(signalUnits) as SignalName[]
  const series = Object.fromEntries(
    names.map((name) => {
      const shape = shapes[name]
      return [
        name,
        shape === undefined ? unknown(`${name} was not asked for`) : known(seriesOfShape(name, shape, steps)),
      ]
    }),
  ) as Record<SignalName, Fact<Series>>
  return { group: { ...group, ...options.group }, window: { startAt, periodSeconds: 300, steps }, series }
}

function seriesOfShape(name: SignalName, shape: Shape, steps: number): Series {
  const samples = Float32Array.from({ length: steps }, (_, step) =>
    typeof shape === 'number' ? shape : (shape(step) ?? Number.NaN),
  )
  return { startAt, periodSeconds: 300, unit: signalUnits[name], samples }
}

/** Six instances of at most ten, whose other facts nobody read. */
const group = groupWith({ desiredCapacity: 6, maxSize: 10, availabilityZones: ['us-east-1a', 'us-east-1b'] })

export const m5large: InstanceType = {
  name: 'm5.large',
  family: 'm5',
  vcpus: 2,
  memoryGiB: 8,
  architectures: ['x86_64'],
  networkBaselineGbps: 0.75,
  currentGeneration: true,
  bareMetal: false,
  spotSupported: true,
}
