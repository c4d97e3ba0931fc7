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
}

export function known<T>(value: T): Known<T> {
  return { kind: 'known', value }
}

export function unknown(why: string): Unknown {
  return { kind: 'unknown', why }
}

/** The value, or undefined where it is unknown. */
export function factValue<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined
}
