import { TrimtabError } from '../../core/model/errors.js'

/** More pages than any account has (200,000 groups, two million prices): whoever gives them never ends. */
const MOST_PAGES = 2_000

/**
 * All pages of a call, in order, each asked for when the one before was taken. A token that comes a second time, or ever
 * new tokens, would never end: a fault (`unsupported`), after the pages that were taken.
 */
export async function* pagesOf<P>(
  call: string,
  ask: (token: string | undefined) => Promise<P>,
  tokenOf: (page: P) => string | undefined,
): AsyncGenerator<P> {
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const page = await ask(token)
    yield page
    token = tokenOf(page) || undefined
    if (token === undefined) return
    if (seen.has(token)) throw endless(call, 'gave the same page token twice')
    seen.add(token)
  } while (seen.size < MOST_PAGES)
  throw endless(call, `gave ${MOST_PAGES} pages and a token for more`)
}

function endless(call: string, what: string): TrimtabError {
  const message = `${call} ${what}: its pages would never end; use an endpoint that supports paging.`
  return new TrimtabError('unsupported', message, { call })
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
