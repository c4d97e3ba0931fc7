import { seedOf, uniformAt } from '../demand/random-at.js'
import type { InstanceShape } from '../world/instance-shapes.js'

/** Dollars an hour in one of the day's four quarters, counted from 1970: 0.3 to 0.42 of on-demand, moving slowly. */
export function spotPriceAt(shape: InstanceShape, zone: string, quarter: number): number {
  const seed = seedOf(7, `${shape.name}/${zone}`)
  const level = 0.3 + 0.1 * uniformAt(seed, 0, 0)
  const drift = 0.02 * uniformAt(seed, 1, Math.floor(quarter / 28))
  return shape.usdPerHour * (level + drift)
}
