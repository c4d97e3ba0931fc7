import { TrimtabError } from '../../../core/model/errors.js'
import type { AnalysisFault } from '../../../workflows/analyse/group-analysis.js'
import type { GroupOptions, PlaceOptions } from '../options.js'
import { openEnvironment } from '../session.js'
import type { Terminal } from '../terminal.js'

/**
 * Why nothing is recorded under the names that were asked for: groups that are not there. Throws `not-found` for an
 * environment without any group. Where groups cannot be listed nothing is known of names, and nothing is said.
 */
export async function findUnknownNames(
  terminal: Terminal,
  options: PlaceOptions & GroupOptions,
): Promise<readonly AnalysisFault[]> {
  const unknown: AnalysisFault[] = []
  try {
    const deps = await openEnvironment(terminal, options, { table: 'memory' })
    for await (const listed of deps.fleet.list(deps.selection)) {
      if (listed.kind === 'fault' && isUnknown(listed.error)) unknown.push(listed)
    }
  } catch (error) {
    if (isUnknown(error)) throw error
  }
  return unknown
}

function isUnknown(error: unknown): boolean {
  return error instanceof TrimtabError && error.code === 'not-found'
}
