import type { Percent } from '../model/units.js'

/** What the efficiency rating is computed from. `memory` undefined: the resource share is CPU alone. */
export interface EfficiencyInput {
  readonly cpu: Percent
  readonly memory: Percent | undefined
  readonly instances: number
  readonly maxSize: number
}

/**
 * The efficiency rating, 0–100, as the specification writes it: resource = mean(CPU, memory), capacity = instances ÷
 * maximum × 100, a = mean of both; 60–80 gives 100, below a ÷ 60 × 100, above max(100 − (a − 80), 0).
 * Undefined where the maximum size is 0: such a group has no rating.
 * @example efficiencyOf({ cpu: 30, memory: 50, instances: 2, maxSize: 10 }) // 50
 */
export function efficiencyOf(input: EfficiencyInput): Percent | undefined {
  if (input.maxSize <= 0) return undefined
  const resource = input.memory === undefined ? input.cpu : (input.cpu + input.memory) / 2
  const capacity = (input.instances / input.maxSize) * 100
  const average = (resource + capacity) / 2
  if (average < 60) return (average / 60) * 100
  if (average > 80) return Math.max(100 - (average - 80), 0)
  return 100
}
