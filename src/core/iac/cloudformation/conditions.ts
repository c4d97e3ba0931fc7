import type { Place } from '../place.js'
import type { DataNode } from '../syntax.js'
import { asText, computed, deepDependencies, joined, unknown, type Value } from '../values.js'
import { evaluateNode, placeOf } from './evaluate.js'
import type { Stack, StackWorld } from './stack.js'
import { entryOf, type Intrinsic, intrinsicOf, textOf } from './template.js'

/** A named condition of the template: true, false or unknown. */
export function conditionNamed(world: StackWorld, stack: Stack, name: string, place: Place): Value {
  const key = `${stack.path}#condition.${name}`
  const node = entryOf(entryOf(stack.template.root, 'Conditions'), name)
  if (node === undefined || world.active.has(key)) return unknown('unparseable', [place])
  world.active.add(key)
  const value = conditionValue(world, stack, node)
  world.active.delete(key)
  return value
}

function conditionValue(world: StackWorld, stack: Stack, node: DataNode): Value {
  const place = placeOf(stack, node)
  const intrinsic = conditionIntrinsic(node)
  const items = intrinsic?.argument.kind === 'list' ? intrinsic.argument.items : []
  if (intrinsic?.name === 'Condition') return conditionNamed(world, stack, textOf(intrinsic.argument) ?? '', place)
  if (intrinsic?.name === 'Equals') {
    const sides = items.map((item) => evaluateNode(world, stack, item))
    const dependencies = joined(sides.map((side) => deepDependencies(side)))
    const [left, right] = sides.map((side) => (side.kind === 'known' ? asText(side.scalar) : undefined))
    return left === undefined || right === undefined
      ? unknown('several-candidates', [place], dependencies)
      : computed(left === right, dependencies)
  }
  const parts = items.map((item) => conditionValue(world, stack, item))
  const dependencies = joined(parts.map((part) => deepDependencies(part)))
  const truths = parts.map((part) => (part.kind === 'known' ? part.scalar : undefined))
  const answer = combined(intrinsic?.name, truths)
  return answer === undefined ? unknown('several-candidates', [place], dependencies) : computed(answer, dependencies)
}

/** Inside conditions, `Condition: name` refers to another condition. */
function conditionIntrinsic(node: DataNode): Intrinsic | undefined {
  const [entry, second] = node.kind === 'map' ? node.entries : []
  if (entry?.key === 'Condition' && second === undefined) return { name: 'Condition', argument: entry.value }
  return intrinsicOf(node)
}

function combined(name: string | undefined, truths: readonly unknown[]): boolean | undefined {
  if (name === 'Not' && truths.length === 1) return typeof truths[0] === 'boolean' ? !truths[0] : undefined
  if ((name !== 'And' && name !== 'Or') || truths.length === 0) return undefined
  const deciding = name === 'Or'
  if (truths.includes(deciding)) return deciding
  return truths.every((truth) => truth === !deciding) ? !deciding : undefined
}
