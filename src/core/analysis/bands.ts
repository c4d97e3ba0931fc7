import type { Band, CpuBand } from '../model/scorecard.js'
import type { Percent } from '../model/units.js'

type Rungs<T> = readonly (readonly [from: number, band: T])[]

const scoreRungs: Rungs<Band> = [
  [90, 'EXCELLENT'],
  [80, 'GOOD'],
  [70, 'FAIR'],
  [50, 'POOR'],
]

const efficiencyRungs: Rungs<Band> = [
  [90, 'EXCELLENT'],
  [75, 'GOOD'],
  [60, 'FAIR'],
  [40, 'POOR'],
]

const cpuRungs: Rungs<CpuBand> = [
  [90, 'CRITICAL'],
  [80, 'HIGH'],
  [60, 'OPTIMAL'],
  [20, 'LOW'],
]

/**
 * Band of a performance score (DESIGN.md section 5).
 * @example scoreBandOf(85.3) // 'GOOD'
 */
export function scoreBandOf(score: number): Band {
  return rungOf(scoreRungs, score, 'CRITICAL')
}

/**
 * Band of an efficiency rating; its rungs are lower than the score's.
 * @example efficiencyBandOf(78.9) // 'GOOD'
 */
export function efficiencyBandOf(efficiency: Percent): Band {
  return rungOf(efficiencyRungs, efficiency, 'CRITICAL')
}

/** Band of the mean of score and efficiency; of the score alone where there is no efficiency. */
export function overallBandOf(score: number, efficiency: Percent | undefined): Band {
  return scoreBandOf(efficiency === undefined ? score : (score + efficiency) / 2)
}

/**
 * Band of a CPU figure, mean or peak.
 * @example cpuBandOf(89.1) // 'HIGH'
 */
export function cpuBandOf(cpu: Percent): CpuBand {
  return rungOf(cpuRungs, cpu, 'VERY LOW')
}

function rungOf<T>(rungs: Rungs<T>, value: number, lowest: T): T {
  for (const [from, band] of rungs) if (value >= from) return band
  return lowest
}
