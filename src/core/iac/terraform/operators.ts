import type { Place } from '../place.js'
import { computed, deepDependencies, joined, type KnownValue, unknown, type Value } from '../values.js'
import type { Expr } from './ast.js'
import { evaluate } from './evaluate.js'
import type { Scope, World } from './world.js'

/** `!operand`. */
export function notValue(operand: Value, place: Place): Value {
  if (operand.kind === 'known' && typeof operand.scalar === 'boolean')
    return computed(!operand.scalar, operand.dependencies)
  return unknown(operand.kind === 'unknown' ? operand.reason : 'computed', [place], deepDependencies(operand))
}

const compare: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
}

/** Comparisons and logic are decided where both sides are known; arithmetic is always computed. */
export function binaryValue(world: World, scope: Scope, expression: Expr & { kind: 'binary' }): Value {
  const { operator, place } = expression
  const left = evaluate(world, scope, expression.left)
  const right = evaluate(world, scope, expression.right)
  const nullness = comparedToNull(operator, left, right)
  if (nullness !== undefined) return nullness
  const dependencies = joined([deepDependencies(left), deepDependencies(right)])
  const answer = logical(operator, left, right) ?? comparison(operator, left, right)
  if (answer !== undefined) return computed(answer, dependencies)
  const blocking = [left, right].find((side) => side.kind === 'unknown')
  const arithmetic = ['+', '-', '*', '/', '%'].includes(operator)
  return unknown(blocking?.kind === 'unknown' && !arithmetic ? blocking.reason : 'computed', [place], dependencies)
}

function logical(operator: string, left: Value, right: Value): boolean | undefined {
  if (operator !== '&&' && operator !== '||') return undefined
  const deciding = operator === '||'
  const scalars = [left, right].map((side) => (side.kind === 'known' ? side.scalar : undefined))
  if (scalars.includes(deciding)) return deciding
  return scalars.every((scalar) => scalar === !deciding) ? !deciding : undefined
}

/** A map, a list, a resource or a written scalar is never null, whatever an edit puts there: its content does not matter. */
function comparedToNull(operator: string, left: Value, right: Value): Value | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  const [other, ...more] = [left, right].filter((side) => !(side.kind === 'known' && side.scalar === null))
  if (other === undefined || more.length > 0 || other.kind === 'unknown') return undefined
  const own = other.kind === 'known' ? other.leaf?.id : undefined
  return computed(operator === '!=', new Set([...other.dependencies].filter((id) => id !== own)))
}

function comparison(operator: string, left: Value, right: Value): boolean | undefined {
  if (left.kind !== 'known' || right.kind !== 'known') return undefined
  if (operator === '==' || operator === '!=') {
    const same =
      left.scalar === right.scalar || (left.scalar !== null && right.scalar !== null && sameAcrossTypes(left, right))
    return operator === '==' ? same : !same
  }
  const test = compare[operator]
  const numbers = [left, right].map((side) =>
    side.scalar === null || side.scalar === '' ? Number.NaN : Number(side.scalar),
  )
  const [first, second] = numbers
  if (test === undefined || first === undefined || second === undefined || numbers.some(Number.isNaN)) return undefined
  return test(first, second)
}

/** A variable typed as text may hold a bare number: Terraform has converted it, we compare as text. */
function sameAcrossTypes(left: KnownValue, right: KnownValue): boolean {
  return String(left.scalar) === String(right.scalar)
}
