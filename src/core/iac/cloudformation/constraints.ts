import type { CodeScalar } from '../../model/code.js'
import type { Place } from '../place.js'
import type { DataNode } from '../syntax.js'
import type { Leaf } from '../values.js'
import { placeOf } from './evaluate.js'
import { parameterOf } from './parameters.js'
import type { Stack } from './stack.js'
import { entryOf, textOf } from './template.js'

/** The declaration of a parameter on the way that forbids a value, or whose pattern cannot be tried safely. */
export function violatedConstraint(stacks: readonly Stack[], leaf: Leaf, wanted: CodeScalar): Place | undefined {
  for (const { instancePath, name } of leaf.variables) {
    const stack = stacks.find((one) => one.path === instancePath)
    const parameter = stack === undefined ? undefined : parameterOf(stack, name)
    const node = parameter === undefined ? undefined : forbidding(parameter, wanted)
    if (stack !== undefined && node !== undefined) return placeOf(stack, node)
  }
  return undefined
}

function forbidding(parameter: DataNode, wanted: CodeScalar): DataNode | undefined {
  const text = String(wanted)
  const allowed = entryOf(parameter, 'AllowedValues')
  if (allowed !== undefined && !(allowed.kind === 'list' && allowed.items.some((item) => sameText(item, text))))
    return allowed
  const [least, most] = [entryOf(parameter, 'MinValue'), entryOf(parameter, 'MaxValue')]
  if (least !== undefined && !(Number(text) >= Number(textOf(least)))) return least
  if (most !== undefined && !(Number(text) <= Number(textOf(most)))) return most
  const [shortest, longest] = [entryOf(parameter, 'MinLength'), entryOf(parameter, 'MaxLength')]
  if (shortest !== undefined && !(text.length >= Number(textOf(shortest)))) return shortest
  if (longest !== undefined && !(text.length <= Number(textOf(longest)))) return longest
  const pattern = entryOf(parameter, 'AllowedPattern')
  return pattern !== undefined && !matches(textOf(pattern), text) ? pattern : undefined
}

function sameText(node: DataNode, text: string): boolean {
  return node.kind === 'scalar' && (node.text === text || String(node.value) === text)
}

/** Tries a pattern on a short text; false for patterns that could take long or that JavaScript reads differently. */
function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern.length > 200 || text.length > 64) return false
  const repeats = pattern.split(/[*+?{]/).length - 1
  if (repeats > 4 || /\)[*+{]|\\[1-9pP]|\(\?|\[\[|&&/.test(pattern)) return false
  try {
    return new RegExp(`^(?:${pattern})$`).test(text)
  } catch {
    return false
  }
}
