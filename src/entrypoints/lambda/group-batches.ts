import { environmentNameOf } from '../../config/environment-of.js'
import type { GroupKey } from '../../core/model/group.js'
import type { GroupSelection, Place, Roster } from '../../ports.js'

/** Groups that one call analyses: they share metric requests, and fit well into a function's time. */
export const batchSize = 25

/** AWS takes no more names than this in one request. */
const mostNames = 100

/** Groups of a place, some at a time; `token` gives more of them. */
export interface Batches {
  readonly batches: readonly (readonly GroupKey[])[]
  readonly token?: string
}

/** One page of the groups of a place in batches; of an environment where one is given. Named groups have no pages. */
export async function groupBatches(
  roster: Roster,
  { place, token }: { readonly place: Place; readonly token?: string | undefined },
  selection: GroupSelection,
  environmentName: string | undefined,
): Promise<Batches> {
  const { names } = selection
  const pages = names
    ? await Promise.all(inChunks(names, mostNames).map((some) => roster.page(place, { ...selection, names: some })))
    : [await roster.page(place, selection, token)]
  const wanted = environmentName === undefined ? undefined : environmentNameOf(environmentName)
  const keys = pages
    .flatMap(({ groups }) => groups)
    .filter(({ environment }) => wanted === undefined || environment === wanted)
    .map(({ groupKey }) => groupKey)
  const next = names ? undefined : pages[0]?.token
  return { batches: inChunks(keys, batchSize), ...(next !== undefined && { token: next }) }
}

function inChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
