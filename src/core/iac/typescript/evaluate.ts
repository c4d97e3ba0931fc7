import type { Place } from '../place.js'
import { joined } from '../values.js'
import type { Expression } from './ast.js'
import { evaluateCall } from './call.js'
import { classValue } from './classes.js'
import { informed } from './context.js'
import { literalValue, objectValue, templateValue } from './literals.js'
import { memberOf } from './member.js'
import { branch, merge } from './merge.js'
import { exportedValue } from './module-exports.js'
import { nullish, operate, reasonOf, truthOf } from './operators.js'
import {
  allDependencies,
  dependent,
  listOf,
  nothing,
  type ProgramValue,
  plain,
  type ScalarValue,
  unknownValue,
} from './program-values.js'
import { folderValue } from './read-data.js'
import type { Run } from './run.js'
import { cellOf, placeAt, type Scope, selfOf } from './scope.js'
import { spreadItems } from './spread-arguments.js'

/** What an expression is worth in a scope. Never throws; work without end becomes `too-large`. */
export function evaluate(run: Run, scope: Scope, node: Expression): ProgramValue {
  run.budget.left -= 1
  if (run.budget.left < 0) return unknownValue('too-large', [placeAt(scope, node)])
  switch (node.kind) {
    case 'literal':
      return literalValue(scope, node)
    case 'template':
      return templateValue(run, scope, node)
    case 'name':
      return nameValue(run, scope, node.name, placeAt(scope, node))
    case 'member':
      return memberValue(run, scope, node)
    case 'call':
      return evaluateCall(run, scope, node)
    case 'object':
      return objectValue(run, scope, node)
    case 'array': {
      const { items, rest } = spreadItems(run, scope, node.items)
      return listOf(items, rest)
    }
    case 'function': {
      const value = { kind: 'function', node, scope, self: undefined, home: undefined } as const
      run.declared.push(value)
      return value
    }
    case 'class':
      return classValue(run, scope, node)
    case 'choice': {
      const test = evaluate(run, scope, node.test)
      return either(run, scope, test, truthOf(test), node.yes, node.no)
    }
    case 'logic':
      return logicValue(run, scope, node)
    case 'binary':
      return operate(
        run,
        node.operator,
        evaluate(run, scope, node.left),
        evaluate(run, scope, node.right),
        placeAt(scope, node),
      )
    case 'unary':
      return unaryValue(run, scope, node)
    case 'assign':
      return assignValue(run, scope, node)
    case 'sequence':
      return node.items.map((item) => evaluate(run, scope, item)).at(-1) ?? nothing
    case 'await':
      return evaluate(run, scope, node.argument)
    case 'this':
      return selfOf(scope)?.value ?? unknownValue('computed', [placeAt(scope, node)])
    case 'super':
      return unknownValue('computed', [placeAt(scope, node)])
    case 'opaque': {
      const parts = node.parts.map((part) => evaluate(run, scope, part))
      return unknownValue('computed', [placeAt(scope, node)], joined(parts.map(allDependencies)))
    }
  }
}

function nameValue(run: Run, scope: Scope, name: string, place: Place): ProgramValue {
  const cell = cellOf(scope, name)
  if (cell !== undefined) {
    const value = cell.value ?? { ...unknownValue('computed', [place]), hint: name }
    return passed(value, place, 'constant')
  }
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const imported = at.imports.get(name)
    if (imported !== undefined) return passed(exportedValue(run, imported, place), place, 'constant')
  }
  if (name === 'undefined') return nothing
  if (name === '__dirname') return folderValue(place.file)
  if (name === '__filename') return unknownValue('computed', [place])
  return { kind: 'foreign', module: 'global', path: [name], place, dependencies: new Set() }
}

/** A scalar one step further on its way. */
function passed(value: ProgramValue, place: Place, where: string): ProgramValue {
  if (value.kind === 'unknown') return value
  if (value.kind !== 'scalar') return value
  const leaf = value.leaf?.where === 'literal' ? { ...value.leaf, where } : value.leaf
  return {
    ...value,
    trail: [place, ...value.trail.slice(0, 20)],
    ...(leaf === undefined ? {} : { leaf }),
  } satisfies ScalarValue
}

function memberValue(run: Run, scope: Scope, node: Expression & { readonly kind: 'member' }): ProgramValue {
  const object = node.object.kind === 'super' ? superValue(scope) : evaluate(run, scope, node.object)
  if (node.optional && nullish(object) === true) return nothing
  const { property } = node
  const dotted = property.kind === 'literal' && property.inner !== undefined && property.inner.start === property.start
  const key = dotted ? plain(property.value) : evaluate(run, scope, property)
  const place = dotted ? placeAt(scope, property) : placeAt(scope, node)
  const value = memberOf(run, object, key, { scope, span: node, ordinal: node.start }, place)
  return passed(value, placeAt(scope, node), key.kind === 'scalar' && dotted ? 'literal' : 'map-entry')
}

function superValue(scope: Scope): ProgramValue {
  return selfOf(scope)?.value ?? nothing
}

function either(
  run: Run,
  scope: Scope,
  test: ProgramValue,
  truth: boolean | undefined,
  yes: Expression | ProgramValue,
  no: Expression | ProgramValue,
): ProgramValue {
  const control = allDependencies(test)
  const take = (side: Expression | ProgramValue, where: string): ProgramValue => {
    const value = isNode(side) ? evaluate(run, scope, side) : side
    return value.kind === 'scalar' && value.leaf?.where === 'literal'
      ? { ...value, leaf: { ...value.leaf, where } }
      : value
  }
  if (truth !== undefined) return dependent(take(truth ? yes : no, 'conditional-branch'), control)
  const values: ProgramValue[] = []
  branch(
    run,
    control,
    [yes, no].map((side) => () => {
      values.push(take(side, 'conditional-branch'))
      return { kind: 'on' as const }
    }),
  )
  return merge(values, control)
}

function isNode(side: Expression | ProgramValue): side is Expression {
  return 'start' in side
}

function logicValue(run: Run, scope: Scope, node: Expression & { readonly kind: 'logic' }): ProgramValue {
  const left = evaluate(run, scope, node.left)
  const missing =
    node.operator === '??' ? nullish(left) : node.operator === '||' ? negated(truthOf(left)) : truthOf(left)
  if (missing === false) return left
  if (missing === true) {
    const right = evaluate(run, scope, node.right)
    const fallback = right.kind === 'scalar' && right.leaf?.where === 'literal' && node.operator !== '&&'
    const value = fallback && right.leaf ? { ...right, leaf: { ...right.leaf, where: 'config-default' } } : right
    return dependent(value, allDependencies(left))
  }
  const skipped = node.operator === '&&' && left.kind === 'unknown' ? plain(false, left.dependencies) : left
  return either(run, scope, left, undefined, informed(run, skipped), node.right)
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth
}

function unaryValue(run: Run, scope: Scope, node: Expression & { readonly kind: 'unary' }): ProgramValue {
  const value = evaluate(run, scope, node.argument)
  const place = placeAt(scope, node)
  const dependencies = allDependencies(value)
  if (node.operator === 'void') return nothing
  if (node.operator === '!') {
    const truth = truthOf(value)
    return truth === undefined ? unknownValue(reasonOf(value), [place], dependencies) : plain(!truth, dependencies)
  }
  if (value.kind === 'unknown') return unknownValue(value.reason, [...value.places, place], dependencies)
  if (node.operator === 'typeof')
    return plain(
      value.kind === 'scalar'
        ? typeof value.scalar
        : value.kind === 'function' || value.kind === 'class'
          ? 'function'
          : 'object',
      dependencies,
    )
  if (value.kind !== 'scalar') return unknownValue('computed', [place], dependencies)
  const number = value.scalar === null ? 0 : Number(value.scalar)
  if (!Number.isFinite(number)) return unknownValue('computed', [place], dependencies)
  if (node.operator === '+') return { ...value, scalar: number }
  return node.operator === '-'
    ? { ...plain(-number, dependencies), outside: 'computed', trail: [place] }
    : unknownValue('computed', [place], dependencies)
}

function assignValue(run: Run, scope: Scope, node: Expression & { readonly kind: 'assign' }): ProgramValue {
  const { operator, target } = node
  if (operator === '') {
    const value = evaluate(run, scope, node.value)
    run.steps.bind(run, scope, target, value, 'assign')
    return value
  }
  const source: Expression | undefined =
    target.kind === 'place'
      ? target.target
      : target.kind === 'bind'
        ? { ...target, kind: 'name', name: target.name }
        : undefined
  if (source === undefined) return unknownValue('computed', [placeAt(scope, node)])
  const value = ['??', '||', '&&'].includes(operator)
    ? logicValue(run, scope, {
        kind: 'logic',
        operator,
        left: source,
        right: node.value,
        start: node.start,
        end: node.end,
      })
    : operate(run, operator, evaluate(run, scope, source), evaluate(run, scope, node.value), placeAt(scope, node))
  run.steps.bind(run, scope, target, value, 'assign')
  return value
}
