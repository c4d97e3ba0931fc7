import type { z } from 'zod'
import { TrimtabError } from '../../core/model/errors.js'

/** The events that a function takes, and the words that say so. */
export interface Taken<E> {
  /** Of the function. */
  readonly name: string
  readonly event: z.ZodType<E>
  /** Follows "expected", such as `{"task":"optimize"}`. */
  readonly expects: string
}

/** The event of an invocation, checked. Throws one `usage` error with what was met and what is allowed. */
export function readEvent<E>({ name, event, expects }: Taken<E>, given: unknown): E {
  const parsed = event.safeParse(given)
  if (parsed.success) return parsed.data
  throw new TrimtabError('usage', `reading the event of ${name}: expected ${expects}, got ${shortened(given)}`)
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
