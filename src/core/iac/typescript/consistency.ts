import type { Place } from '../place.js'
import { programSource } from './property.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'

/** The sizes of a group that contradict one another, undefined when minimum ≤ desired ≤ maximum as far as they are known. */
export function contradictingSizes(run: Run, group: Resource): readonly Place[] | undefined {
  const { schedule: _, ...context } = run.context
  const plainRun: Run = { ...run, context }
  const [min, desired, max] = (['minSize', 'desiredCapacity', 'maxSize'] as const).map((property) => {
    const source = programSource({ run: plainRun, group, property })
    if (source.kind === 'refused' || source.value.kind !== 'scalar') return undefined
    const number = Number(source.value.scalar)
    return Number.isFinite(number) ? { number, place: source.place } : undefined
  })
  const wrong = (
    [
      [min, max],
      [min, desired],
      [desired, max],
    ] as const
  ).find(([low, high]) => low !== undefined && high !== undefined && low.number > high.number)
  return wrong?.flatMap((size) => (size === undefined ? [] : [size.place]))
}
