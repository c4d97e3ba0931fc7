import { linearRegression, mean } from 'simple-statistics'

/** Demand of one hour and the instances that served it. */
export interface Served {
  readonly demand: number
  readonly instances: number
}

/**
 * Mean instances the old configuration would have run for the demand that came after the change: least squares of
 * instances on demand over the hours before, applied to the hours after. A group at its floor has slope 0, so demand
 * corrects nothing; an autoscaled one follows. Predictions stay within what was seen before, scaled by the growth of
 * demand. Needs one hour at least on each side.
 */
export function expectedInstances(before: readonly Served[], demandAfter: readonly number[]): number {
  const instances = before.map((hour) => hour.instances)
  const fit = linearRegression(before.map((hour) => [hour.demand, hour.instances]))
  const slope = Number.isFinite(fit.m) ? Math.max(fit.m, 0) : 0
  const demand = mean(before.map((hour) => hour.demand))
  const level = mean(instances)
  const growth = demand > 0 ? Math.max(mean(demandAfter) / demand, 1) : 1
  const lowest = Math.min(...instances)
  const highest = Math.max(...instances) * growth
  return mean(demandAfter.map((now) => Math.min(Math.max(level + slope * (now - demand), lowest), highest)))
}
