import type { ZoneLoss } from '../model/back-test.js'
import type { Configuration } from '../model/configuration.js'
import type { InstanceType, Price } from '../model/instance-type.js'
import { hoursPerMonth, type UsdPerMonth } from '../model/units.js'
import { type Measured, measure } from './measure.js'
import { replay, type Trajectory, trajectoryOf } from './replay.js'
import { loadOf, needOf, type Study } from './study.js'
import { zoneLossOf } from './zone-loss.js'

/** One configuration replayed twice: on the recorded demand (what it costs) and on demand × margin (what it stands). */
export interface Evaluation {
  readonly configuration: Configuration
  readonly shape: InstanceType
  readonly price: Price | undefined
  readonly recorded: Measured
  readonly stressed: Measured
  readonly zoneLoss: ZoneLoss
  readonly usdPerMonth: UsdPerMonth | undefined
  /** Capacity at each step of the replay on the recorded demand. */
  readonly trajectory: Trajectory
}

/** Replays one configuration. Its instance type must be in the catalogue. */
export function evaluate(study: Study, configuration: Configuration, shape: InstanceType): Evaluation {
  const { demandMargin, strainPercent } = study.policy.sizing
  const { demand, model, group } = study
  const price = study.catalogue.onDemand.get(shape.name)
  const trajectory = run(study, configuration, shape, 1)
  const stressedTrajectory = run(study, configuration, shape, demandMargin)
  const recorded = measure({ demand, trajectory, shape, margin: 1, strainPercent })
  const stressed = measure({ demand, trajectory: stressedTrajectory, shape, margin: demandMargin, strainPercent })
  const zoneLoss = zoneLossOf({
    group,
    demand,
    trajectory: stressedTrajectory,
    vcpusPerInstance: shape.vcpus,
    margin: demandMargin,
    model,
  })
  const usdPerMonth = price && monthlyCost(recorded, demand.span.periodSeconds, price)
  return { configuration, shape, price, recorded, stressed, zoneLoss, usdPerMonth, trajectory }
}

/** Instance-hours per hour × 730 × price. */
export function monthlyCost(measured: Measured, periodSeconds: number, price: Price): UsdPerMonth {
  const hours = (measured.steps * periodSeconds) / 3600
  return (measured.instanceHours / hours) * hoursPerMonth * price.usdPerHour
}

function run(study: Study, configuration: Configuration, shape: InstanceType, margin: number): Trajectory {
  const { demand, model } = study
  const scales = model.tracks.length + model.rules.length > 0
  const cpuTarget = model.tracks.find(({ metric }) => metric === 'cpu')
  const target = configuration.targetValue ?? cpuTarget?.target
  const onlyCpu = model.tracks.every(({ metric }) => metric === 'cpu')
  const trajectory = trajectoryOf(demand.vcpus.length)
  replay(
    {
      need: needOf(study, configuration, shape, margin),
      load: model.rules.length > 0 ? loadOf(study, shape, margin) : demand.vcpus,
      model,
      minSize: configuration.minSize,
      maxSize: configuration.maxSize,
      start: scales ? study.start : configuration.desiredCapacity,
      needCeiling: onlyCpu && target !== undefined ? 100 / target : Number.POSITIVE_INFINITY,
    },
    demand.span.periodSeconds,
    trajectory,
  )
  return trajectory
}
