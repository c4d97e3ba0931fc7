import { isGap, type Series } from '../model/series.js'
import type { Percent } from '../model/units.js'

/** What an alarm on a group's CPU would say (S73, S74). */
export type CpuState = 'high' | 'low'

const highPercent: Percent = 85
/** Five-minute points in a row. */
const highPoints = 3
const lowPercent: Percent = 20
/** Quarters of an hour in a row, of three five-minute points each. */
const lowQuarters = 4
const pointsPerQuarter = 3

/**
 * High: CPU at or above 85 % in the last three 5-minute points. Low: at or below 20 % in the means of the last four
 * quarters of an hour. Undefined otherwise, and where a point is missing: an alarm waits for data too.
 */
export function cpuStateOf({ samples }: Pick<Series, 'samples'>): CpuState | undefined {
  const last = samples.slice(-lowQuarters * pointsPerQuarter)
  const newest = last.slice(-highPoints)
  if (newest.length === highPoints && newest.every((use) => !isGap(use) && use >= highPercent)) return 'high'
  if (last.length < lowQuarters * pointsPerQuarter || last.some(isGap)) return undefined
  const quarters = Array.from({ length: lowQuarters }, (_, at) => {
    const points = last.slice(at * pointsPerQuarter, (at + 1) * pointsPerQuarter)
    return points.reduce((sum, use) => sum + use, 0) / pointsPerQuarter
  })
  return quarters.every((mean) => mean <= lowPercent) ? 'low' : undefined
}
