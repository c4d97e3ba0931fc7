import type { EmulatedGitHub } from './emulated-github.js'

/** All entries of a list of `emulate`, page by page; `path` may have a query. */
export async function everyPage<T>(github: EmulatedGitHub, path: string): Promise<readonly T[]> {
  const found: T[] = []
  for (let page = 1; ; page += 1) {
    const entries = await github.asOwner<T[]>(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`,
    )
    found.push(...entries)
    if (entries.length < 100) return found
  }
}
