import { TrimtabError } from '../../core/model/errors.js'
import type { Recommendation } from '../../core/model/recommendation.js'
import type { Deps } from '../../workflows/deps.js'

/** Most ids that an error names. */
const shownIds = 5

/** The recorded recommendation of an id or change id; undefined where there is none. */
export async function findRecorded(
  { recommendations }: Pick<Deps, 'recommendations'>,
  id: string,
): Promise<Recommendation | undefined> {
  const found = await recommendations.find(id)
  if (found) return found
  const rows = await recommendations.list({ limit: Number.POSITIVE_INFINITY })
  return rows.find(({ changeId }) => changeId === id)
}

/**
 * The change that an id names, whether or not its row is still there.
 * @example changeIdIn('down-1f3c9a0b77aa') // '1f3c9a0b77aa'
 */
export function changeIdIn(id: string): string | undefined {
  return /^(?:[a-z]+-)?([0-9a-f]{12})$/.exec(id)?.[1]
}

/** The fault of an id that names nothing, with some that do. */
export async function unknownId({ recommendations }: Pick<Deps, 'recommendations'>, id: string): Promise<TrimtabError> {
  const rows = await recommendations.list({ limit: Number.POSITIVE_INFINITY })
  const ids = rows.slice(0, shownIds).map((row) => row.id)
  const more = rows.length > shownIds ? ` and ${rows.length - shownIds} more` : ''
  const found = ids.length === 0 ? 'none is recorded' : `found ${ids.join(', ')}${more}`
  return new TrimtabError('not-found', `There is no recommendation ${id}; ${found}.`)
}
