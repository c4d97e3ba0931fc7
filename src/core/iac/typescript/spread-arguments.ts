import { joined, none } from '../values.js'
import type { Item } from './ast.js'
import { itemsOf } from './member.js'
import { allDependencies, itemsAllowed, type ProgramValue, type UnknownValue, unknownValue } from './program-values.js'
import type { Run } from './run.js'
import type { Scope } from './scope.js'

/** The items of a call or list, spreads laid out; `rest` stands for further items of unknown number. */
export function spreadItems(
  run: Run,
  scope: Scope,
  nodes: readonly Item[],
): { readonly items: readonly ProgramValue[]; readonly rest: UnknownValue | undefined } {
  const items: ProgramValue[] = []
  let rest: UnknownValue | undefined
  for (const node of nodes) {
    const value = run.steps.evaluate(run, scope, node.value)
    const inside = node.spread ? itemsOf(value) : { items: [value], rest: undefined }
    const fits = items.length + inside.items.length <= itemsAllowed
    if (rest === undefined && fits) items.push(...inside.items)
    else
      rest = unknownValue(
        rest?.reason ?? 'too-large',
        rest?.places ?? [],
        joined([rest?.dependencies ?? none, ...inside.items.map(allDependencies)]),
      )
    rest ??= inside.rest
  }
  return { items, rest }
}

/** The arguments of a call; further ones of unknown number count as one more. */
export function spreadArguments(run: Run, scope: Scope, nodes: readonly Item[]): readonly ProgramValue[] {
  const { items, rest } = spreadItems(run, scope, nodes)
  return rest === undefined ? items : [...items, rest]
}
