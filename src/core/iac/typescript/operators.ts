import type { CodeScalar } from '../../model/code.js'
import type { Place } from '../place.js'
import { joined } from '../values.js'
import { isNamedEnvironment } from './context.js'
import { allDependencies, type ProgramValue, plain, unknownValue } from './program-values.js'
import type { Run } from './run.js'

/** True, false, or undefined where the code does not decide it. */
export function truthOf(value: ProgramValue): boolean | undefined {
  if (value.kind === 'scalar') return Boolean(value.scalar)
  return value.kind === 'unknown' || value.kind === 'foreign' ? undefined : true
}

/** Whether a value is null or undefined; undefined where the code does not decide it. */
export function nullish(value: ProgramValue): boolean | undefined {
  if (value.kind === 'scalar') return value.scalar === undefined || value.scalar === null
  return value.kind === 'unknown' || value.kind === 'foreign' ? undefined : false
}

/** Whether two values are equal, also for an environment that only the caller knows. */
export function equal(run: Run, left: ProgramValue, right: ProgramValue): boolean | undefined {
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.scalar === right.scalar
  const [open, other] = left.kind === 'unknown' ? [left, right] : [right, left]
  if (open.kind === 'unknown')
    return other.kind === 'scalar' && other.scalar !== null && other.scalar !== undefined
      ? isNamedEnvironment(run, open, other.scalar)
      : undefined
  if (left.kind === 'foreign' || right.kind === 'foreign') return sameForeign(left, right)
  if (left.kind === 'scalar' || right.kind === 'scalar') return false
  return left === right ? true : undefined
}

/** Members of one enum of a library differ when their names do; anything else of a library may be equal. */
function sameForeign(left: ProgramValue, right: ProgramValue): boolean | undefined {
  if (left.kind !== 'foreign' || right.kind !== 'foreign' || left.path.length !== right.path.length) return undefined
  if (left.module !== right.module || left.path.slice(0, -1).join() !== right.path.slice(0, -1).join()) return undefined
  return left.path.at(-1) === right.path.at(-1)
}

/** The value of an operator on two operands. */
export function operate(
  run: Run,
  operator: string,
  left: ProgramValue,
  right: ProgramValue,
  place: Place,
): ProgramValue {
  const dependencies = joined([allDependencies(left), allDependencies(right)])
  if (['===', '==', '!==', '!='].includes(operator)) {
    const same = equal(run, left, right)
    return same === undefined
      ? unknownValue(reasonOf(left, right), [place], dependencies)
      : plain(operator.startsWith('!') ? !same : same, dependencies)
  }
  const made =
    left.kind === 'scalar' && right.kind === 'scalar' ? calculate(operator, left.scalar, right.scalar) : undefined
  if (made !== undefined) return { ...plain(made, dependencies), outside: 'computed', trail: [place] }
  const parts = operator === '+' ? [...shapeOf(left), ...shapeOf(right)] : undefined
  const shape = parts !== undefined && parts.length <= partsShown ? parts : undefined
  return { ...unknownValue(reasonOf(left, right), [place], dependencies), ...(shape === undefined ? {} : { shape }) }
}

/** Most parts of a text that is only partly known. */
const partsShown = 50

/** The text of a value as far as it is known. */
export function shapeOf(value: ProgramValue): readonly (string | undefined)[] {
  if (value.kind === 'scalar') return [String(value.scalar)]
  return value.kind === 'unknown' && value.shape !== undefined ? value.shape : [undefined]
}

/** Why something made of these values is not known: an operand's own reason, else that it is computed. */
export function reasonOf(...operands: readonly ProgramValue[]) {
  const open = operands.find((value) => value.kind === 'unknown')
  return open?.kind === 'unknown' ? open.reason : 'computed'
}

type Scalar = CodeScalar | null | undefined

function calculate(operator: string, left: Scalar, right: Scalar): CodeScalar | undefined {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    const text = String(left) + String(right)
    return text.length < 10_000 ? text : undefined
  }
  if (typeof left === 'string' && typeof right === 'string') return compare(operator, left, right)
  if (typeof left !== 'number' || typeof right !== 'number') return undefined
  return compare(operator, left, right) ?? arithmetic(operator, left, right)
}

function compare<T extends string | number>(operator: string, left: T, right: T): boolean | undefined {
  if (operator === '<') return left < right
  if (operator === '>') return left > right
  if (operator === '<=') return left <= right
  return operator === '>=' ? left >= right : undefined
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  const results: Readonly<Record<string, number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '%': left % right,
    '**': left ** right,
  }
  const result = results[operator]
  return result !== undefined && Number.isFinite(result) ? result : undefined
}
