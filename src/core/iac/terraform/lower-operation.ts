import type { CstNode } from '../syntax.js'
import type { Expr } from './ast.js'
import { looseParts, lowerExpression, type Source } from './lower-hcl.js'

/**
 * Lowers conditionals and operators. The grammar nests `a ? b : c ? d : e` to the left and does not keep HCL's precedence
 * in every place, so both are built anew here from the flat order of the text.
 */
export function lowerOperation(source: Source, node: CstNode): Expr {
  if (node.type === 'conditional') return lowerConditional(source, node)
  const items = flatten(source, node)
  if (items === undefined)
    return {
      kind: 'opaque',
      place: { file: source.file, start: node.start, end: node.end },
      parts: looseParts(source, node),
    }
  return climb(items, { at: 0 }, 1)
}

function lowerConditional(source: Source, node: CstNode): Expr {
  const [test, yes, no] = node.children.filter((child) => child.type === 'expression')
  if (test === undefined || yes === undefined || no === undefined) {
    return {
      kind: 'opaque',
      place: { file: source.file, start: node.start, end: node.end },
      parts: looseParts(source, node),
    }
  }
  return rotate(source, test, lowerExpression(source, yes), lowerExpression(source, no), node.end)
}

/** `(a ? b : c) ? yes : no` without parentheses means `a ? b : (c ? yes : no)`. */
function rotate(source: Source, test: CstNode, yes: Expr, no: Expr, end: number): Expr {
  const [inside, more] = test.children
  const nested = inside?.type === 'conditional' && more === undefined ? inside : undefined
  const [first, second, third] = (nested?.children ?? []).filter((child) => child.type === 'expression')
  if (first === undefined || second === undefined || third === undefined) {
    return {
      kind: 'conditional',
      place: { file: source.file, start: test.start, end },
      test: lowerExpression(source, test),
      yes,
      no,
    }
  }
  const last = rotate(source, third, yes, no, end)
  return rotate(source, first, lowerExpression(source, second), last, end)
}

type Item = { readonly operator: string } | { readonly operand: Expr }

const precedences: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '>': 4,
  '>=': 4,
  '<': 4,
  '<=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
} // prettier-ignore

function flatten(source: Source, node: CstNode): readonly Item[] | undefined {
  const [operation] = node.type === 'operation' ? node.children : [node]
  if (operation?.type === 'unary_operation') return flattenUnary(source, operation)
  if (operation?.type !== 'binary_operation') return undefined
  const items: Item[] = []
  for (const group of operands(operation)) {
    if ('operator' in group) items.push(group)
    else {
      const inside = flattenOperand(source, group.nodes)
      if (inside === undefined) return undefined
      items.push(...inside)
    }
  }
  return items
}

function flattenOperand(source: Source, nodes: readonly CstNode[]): readonly Item[] | undefined {
  const [only, more] = nodes
  if (only === undefined) return undefined
  const bare = only.type === 'expression' && only.children.length === 1 ? only.children[0] : only
  if (more === undefined && bare?.type === 'operation') return flatten(source, bare)
  if (bare?.type === 'conditional') return undefined
  return [{ operand: operandOf(source, nodes) }]
}

function operandOf(source: Source, nodes: readonly CstNode[]): Expr {
  const [first] = nodes
  const last = nodes.at(-1)
  if (first !== undefined && nodes.length === 1) return lowerExpression(source, first)
  return lowerExpression(source, {
    type: 'expression',
    start: first?.start ?? -1,
    end: last?.end ?? -1,
    children: nodes,
  })
}

function flattenUnary(source: Source, node: CstNode): readonly Item[] | undefined {
  const [sign, ...rest] = node.children
  const inside = flattenOperand(source, rest)
  const [first, ...more] = inside ?? []
  if (sign?.type !== '!' || first === undefined || !('operand' in first)) return undefined
  const place = { file: source.file, start: sign.start, end: first.operand.place.end }
  return [{ operand: { kind: 'not', place, operand: first.operand } }, ...more]
}

function operands(node: CstNode): readonly ({ readonly operator: string } | { readonly nodes: readonly CstNode[] })[] {
  const at = node.children.findIndex((child) => child.type in precedences && child.children.length === 0)
  const operator = node.children[at]
  if (operator === undefined) return [{ nodes: [] }]
  return [{ nodes: node.children.slice(0, at) }, { operator: operator.type }, { nodes: node.children.slice(at + 1) }]
}

function climb(items: readonly Item[], cursor: { at: number }, lowest: number): Expr {
  let left = takeOperand(items, cursor)
  for (;;) {
    const next = items[cursor.at]
    const precedence = next !== undefined && 'operator' in next ? precedences[next.operator] : undefined
    if (next === undefined || !('operator' in next) || precedence === undefined || precedence < lowest) return left
    cursor.at += 1
    const right = climb(items, cursor, precedence + 1)
    const place = { file: left.place.file, start: left.place.start, end: right.place.end }
    left = { kind: 'binary', place, operator: next.operator, left, right }
  }
}

function takeOperand(items: readonly Item[], cursor: { at: number }): Expr {
  const item = items[cursor.at]
  cursor.at += 1
  if (item !== undefined && 'operand' in item) return item.operand
  return { kind: 'opaque', place: { file: '', start: -1, end: -1 }, parts: [] }
}
