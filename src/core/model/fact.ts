/**
 * Something that was asked of the outside world: known, or unknown with the reason a person can act on.
 * Unknown is never a default value: a check that meets it holds.
 */
export type Fact<T> = Known<T> | Unknown
export interface Known<T> {
  readonly kind: 'known'
  readonly value: T
}
export interface Unknown {
  readonly kind: 'unknown'
  /** What was asked and why there is no answer, e.g. `autoscaling:DescribePolicies was denied`. */
  readonly why: string
  /** Set where a question was asked and failed; absent where there was nothing to ask or to find. */
  readonly failed?: true
}

export function known<T>(value: T): Known<T> {
  return { kind: 'known', value }
}

export function unknown(why: string): Unknown {
  return { kind: 'unknown', why }
}

/** Unknown because asking failed: a reader of the result must be told. */
export function unread(why: string): Unknown {
  return { kind: 'unknown', why, failed: true }
}

/** The value, or undefined where it is unknown. */
export function factValue<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined
}
