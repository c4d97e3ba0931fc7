import { TrimtabError } from '../../core/model/errors.js'

/**
 * All pages of a call, in order, each asked for when the one before was taken. A token that comes twice in a row would
 * never end: it is a fault (`unsupported`).
 */
export async function* pagesOf<P>(
  call: string,
  ask: (token: string | undefined) => Promise<P>,
  tokenOf: (page: P) => string | undefined,
): AsyncGenerator<P> {
  let token: string | undefined
  do {
    const page = await ask(token)
    yield page
    const next = tokenOf(page) || undefined
    if (next !== undefined && next === token) {
      throw new TrimtabError('unsupported', `${call} gave the same page token twice: its pages would never end.`, {
        call,
      })
    }
    token = next
  } while (token !== undefined)
}

/** Every item of every page. */
export async function itemsOf<P, T>(pages: AsyncIterable<P>, pick: (page: P) => readonly T[]): Promise<readonly T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...pick(page))
  return items
}

/** The list in runs of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size))
  return chunks
}
