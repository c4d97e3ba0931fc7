import { environmentNameOf } from '../config/environment-of.js'
import { TrimtabError } from '../core/model/errors.js'
import type { Fleet, GroupSelection, Listed } from '../ports.js'

export interface EnvironmentChoice {
  /** Only groups of this environment; aliases such as `prod` are understood. */
  readonly environment: string
  /** Where it is given and the group `<application>-<environment>-asg` exists, only that one is taken. */
  readonly application?: string
}

/**
 * The groups of one environment, by their `Environment` tag. An environment without any group is `not-found`, and the
 * fault lists the environments that were found.
 */
export function onlyEnvironment(fleet: Fleet, choice: EnvironmentChoice): Fleet {
  return {
    read: (groupKey) => fleet.read(groupKey),
    list: (selection) => list(fleet, choice, selection),
  }
}

/** `<application>-<environment>-asg`: the group's default name. */
export function defaultGroupName(application: string, environment: string): string {
  return `${application}-${environment}-asg`
}

async function* list(fleet: Fleet, choice: EnvironmentChoice, selection: GroupSelection): AsyncGenerator<Listed> {
  if (choice.application !== undefined && !selection.names) {
    const names = [defaultGroupName(choice.application, choice.environment)]
    const own: Listed[] = []
    for await (const listed of fleet.list({ ...selection, names })) if (listed.kind === 'group') own.push(listed)
    if (own.length > 0) return yield* own
  }
  const wanted = environmentNameOf(choice.environment)
  const met = new Map<string, number>()
  let faults = 0
  for await (const listed of fleet.list(selection)) {
    if (listed.kind === 'group') met.set(listed.group.environment, (met.get(listed.group.environment) ?? 0) + 1)
    else faults += 1
    if (listed.kind === 'fault' || listed.group.environment === wanted) yield listed
  }
  if (!met.has(wanted) && faults === 0 && !selection.keys)
    throw unknownEnvironment(choice.environment, selection.regions, met)
}

function unknownEnvironment(
  written: string,
  regions: readonly string[],
  met: ReadonlyMap<string, number>,
): TrimtabError {
  const found = [...met].sort().map(([name, count]) => `${name} (${count})`)
  const says = found.length > 0 ? `found ${found.join(', ')}` : 'there are no groups at all'
  return new TrimtabError('not-found', `No group of ${regions.join(', ')} belongs to environment ${written}; ${says}.`)
}
