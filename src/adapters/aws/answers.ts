import { TrimtabError } from '../../core/model/errors.js'
import { type Fact, known, unread } from '../../core/model/fact.js'

/**
 * A member that AWS always sends. An answer without it came from something else (an HTML page parses to an empty answer),
 * and must not pass for an empty list. Throws `unsupported`.
 */
export function expected<T>(call: string, member: string, value: T | undefined): T {
  if (value !== undefined) return value
  throw new TrimtabError('unsupported', `${call} was answered without ${member}: the endpoint does not support it.`, {
    call,
  })
}

/** What every answer of the SDK carries beside its members. */
interface Answered {
  readonly $metadata: { readonly requestId?: string | undefined }
}

/**
 * The list that an answer holds. Some implementations leave an empty list out: an answer with a request id is AWS's kind
 * of answer, so there the list is empty; without one it came from something else. Throws `unsupported`.
 */
export function listIn<A extends Answered, K extends keyof A & string>(
  call: string,
  answer: A,
  member: K,
): Extract<A[K], readonly unknown[]> {
  const empty = answer.$metadata.requestId === undefined ? undefined : []
  return expected(call, member, answer[member] ?? empty) as Extract<A[K], readonly unknown[]>
}

/** What the call gave, or unknown with the fault's sentence. Faults that are not `TrimtabError` are our bugs and pass. */
export async function factOf<T>(asked: Promise<T>): Promise<Fact<T>> {
  try {
    return known(await asked)
  } catch (error) {
    if (error instanceof TrimtabError) return unread(error.message)
    throw error
  }
}

type Present<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/**
 * The object without the keys whose value is undefined: an absent member of an answer becomes an absent key.
 * @example present({ a: 1, b: undefined }) // { a: 1 }
 */
export function present<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>
}
