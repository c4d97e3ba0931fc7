import type { Dependencies } from '../values.js'
import type { ProgramValue } from './program-values.js'

/** How statements end; `maybe`: in one of these ways, or, where it says so, not at all. */
export type Completion =
  | { readonly kind: 'on' }
  | Abrupt
  | { readonly kind: 'maybe'; readonly ways: readonly Abrupt[]; readonly goesOn: boolean }

/** An end before the last statement. */
export type Abrupt =
  | { readonly kind: 'return'; readonly value: ProgramValue; readonly control: Dependencies }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined; readonly control: Dependencies }
  | { readonly kind: 'throw' }

/** The statements go on. */
export const on: Completion = { kind: 'on' }

/** What several ways of which one is taken come to. A way that throws is not taken: the program that is deployed ran. */
export function oneOf(ways: readonly Completion[]): Completion {
  const taken = ways.filter((way) => way.kind !== 'throw')
  if (taken.length === 0) return ways[0] ?? on
  const abrupt = taken.flatMap((way) => (way.kind === 'maybe' ? way.ways : way.kind === 'on' ? [] : [way]))
  const goesOn = taken.some((way) => way.kind === 'on' || (way.kind === 'maybe' && way.goesOn))
  const [first, second] = abrupt
  if (first === undefined) return on
  return !goesOn && second === undefined ? first : { kind: 'maybe', ways: abrupt, goesOn }
}

/** The values that a function may return when its body ends so; undefined stands for no value. */
export function returned(completion: Completion): readonly (ProgramValue | undefined)[] {
  if (completion.kind === 'return') return [completion.value]
  if (completion.kind !== 'maybe') return [undefined]
  const values = completion.ways.flatMap((way) => (way.kind === 'return' ? [way.value] : []))
  return completion.goesOn ? [...values, undefined] : values
}
