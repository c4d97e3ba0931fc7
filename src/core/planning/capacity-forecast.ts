import { errorFunction, median, quantile } from 'simple-statistics'
import type { CapacityForecast } from '../model/capacity-forecast.js'
import { dayMs } from '../model/units.js'
import type { Study } from './study.js'

const fewestDays = 7
const neededConfidencePercent = 99
const farthestDays = 365

/**
 * The day on which the daily peak, kept at the CPU target, needs all instances that `maxSize` allows. Undefined for a
 * flat or falling group, one with too short a record, or a date more than a year away.
 */
export function capacityForecast(study: Study): CapacityForecast | undefined {
  const { demand, group, shape, policy } = study
  const target = study.today.targetValue ?? policy.thresholds.cpuUtilizationTarget
  const stepsPerDay = Math.round(86_400 / demand.span.periodSeconds)
  const peaks: (readonly [number, number])[] = []
  for (let day = 0; (day + 1) * stepsPerDay <= demand.span.steps; day++) {
    const peak = peakOf(demand.vcpus.subarray(day * stepsPerDay, (day + 1) * stepsPerDay))
    if (peak !== undefined) peaks.push([day, (peak * 100) / (target * shape.vcpus)])
  }
  if (peaks.length < fewestDays) return undefined
  const growthPerDay = theilSen(peaks)
  const confidencePercent = mannKendall(peaks.map(([, peak]) => peak))
  if (!(growthPerDay > 0) || confidencePercent < neededConfidencePercent) return undefined
  const lastDay = demand.span.steps / stepsPerDay
  const level = median(peaks.map(([day, peak]) => peak + growthPerDay * (lastDay - day)))
  const days = Math.max(0, (group.maxSize - level) / growthPerDay)
  if (days > farthestDays) return undefined
  const endMs = Date.parse(demand.span.startAt) + demand.span.steps * demand.span.periodSeconds * 1000
  return {
    reachesMaxAt: new Date(endMs + days * dayMs).toISOString(),
    neededNow: level,
    growthPerDay,
    confidencePercent,
  }
}

/** P99 of the day's known steps: what a start or a job of a few minutes takes is no growth. */
function peakOf(vcpus: Float64Array): number | undefined {
  const known = vcpus.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? undefined : quantile([...known], 0.99)
}

/** Median of the slopes between all pairs of points. */
function theilSen(points: readonly (readonly [number, number])[]): number {
  const slopes = points.flatMap(([x, y], index) =>
    points.slice(index + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
  )
  return median(slopes)
}

/** Two-sided confidence of a monotone trend by the normal approximation of Kendall's S, without correction for ties. */
function mannKendall(values: readonly number[]): number {
  const n = values.length
  let s = 0
  values.forEach((value, index) => {
    for (const later of values.slice(index + 1)) s += Math.sign(later - value)
  })
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const z = Math.max(Math.abs(s) - 1, 0) / deviation
  return errorFunction(z / Math.SQRT2) * 100
}
