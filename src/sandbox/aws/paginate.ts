import { AwsError } from './aws-error.js'

/** One page of a list, with the opaque token of the next one; no token on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken: string | undefined
}

/**
 * The page of `items` that a request asks for. The token says how many items came before, in a form that callers cannot
 * read or build; a token that was never given is refused (`InvalidNextToken`, or the code the operation passes).
 *
 * @example paginate(['a', 'b', 'c'], { token: undefined, limit: 2 }).items // ['a', 'b']
 */
export function paginate<Item>(
  items: readonly Item[],
  page: { readonly token: string | undefined; readonly limit: number; readonly badTokenCode?: string },
): Page<Item> {
  const start = page.token === undefined ? 0 : offsetOf(page.token)
  if (start === undefined || start > items.length) {
    throw new AwsError(page.badTokenCode ?? 'InvalidNextToken', 'The token is not valid.', 400)
  }
  const end = start + Math.max(1, Math.floor(page.limit))
  return { items: items.slice(start, end), nextToken: end < items.length ? tokenAt(end) : undefined }
}

const MARK = 'page-after:'

function tokenAt(offset: number): string {
  return Buffer.from(`${MARK}${offset}`).toString('base64url')
}

function offsetOf(token: string): number | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (!/^page-after:\d{1,9}$/.test(text)) return undefined
  return Number(text.slice(MARK.length))
}
