import { factValue } from '../model/fact.js'
import { valueAt } from '../model/series.js'
import type { Signals } from '../model/signals.js'

/** Correlation from which memory counts as following the load of an instance. */
const followingCorrelation = 0.5
const fewestPairs = 24

/**
 * Whether memory per instance rises and falls with CPU per instance: only then do more instances help it. Judged by
 * the correlation over the window; false where either is unknown or hardly moves.
 */
export function memoryFollowsLoad({ series, window }: Signals): boolean {
  const cpu = factValue(series.cpuAverage)
  const memory = factValue(series.memory)
  if (!cpu || !memory) return false
  const pairs: (readonly [number, number])[] = []
  for (let step = 0; step < window.steps; step++) {
    const load = valueAt(cpu, step)
    const held = valueAt(memory, step)
    if (load !== undefined && held !== undefined) pairs.push([load, held])
  }
  return pairs.length >= fewestPairs && correlation(pairs) >= followingCorrelation
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length
  let cross = 0
  let squareX = 0
  let squareY = 0
  for (const [x, y] of pairs) {
    cross += (x - meanX) * (y - meanY)
    squareX += (x - meanX) ** 2
    squareY += (y - meanY) ** 2
  }
  const scale = Math.sqrt(squareX * squareY)
  return scale > 0 ? cross / scale : Number.NEGATIVE_INFINITY
}
