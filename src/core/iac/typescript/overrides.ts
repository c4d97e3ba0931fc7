import type { ScalarChange } from '../edit-request.js'
import type { Place } from '../place.js'
import type { Run } from './run.js'
import type { ProgramSource } from './source-at.js'

const attributes: Readonly<Record<string, readonly string[]>> = {
  minSize: ['minsize', 'mincapacity'],
  maxSize: ['maxsize', 'maxcapacity'],
  desiredCapacity: ['desiredcapacity', 'desiredsize'],
  instanceType: ['instancetype', 'launchtemplate', 'mixedinstancespolicy', 'launchconfiguration'],
  spotMix: ['mixedinstancespolicy'],
  targetValue: ['targetvalue', 'targettrackingconfiguration'],
}

/** A later assignment or override that may win over the source; undefined where there is none. */
export function isOverridden(run: Run, { owner }: ProgramSource, { property }: ScalarChange): Place | undefined {
  const words = Object.hasOwn(attributes, property) ? (attributes[property] ?? []) : []
  return run.overrides.find(({ resource, path }) => {
    const named = words.some((word) => path.toLowerCase().includes(word))
    if (resource === undefined) return named
    return resource === owner && (named || path.split('.').at(-1) === '*')
  })?.place
}
