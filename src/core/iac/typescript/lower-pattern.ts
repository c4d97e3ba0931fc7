import type { SyntaxNode } from '../syntax.js'
import type { Expression, Pattern } from './ast.js'
import { childOf, childrenOf, type Lowering, presentChildren, spanOf, textOf, wordLiteral } from './lower-node.js'

/** What a value is bound to: a name, a place, or parts of an object or list, with their fallbacks. */
export function lowerPattern(low: Lowering, node: SyntaxNode | undefined): Pattern {
  if (node === undefined) return { kind: 'bind', name: '', start: 0, end: 0 }
  if (node.type === 'Identifier') return { kind: 'bind', name: textOf(node, 'name'), ...spanOf(node) }
  if (node.type === 'AssignmentPattern') {
    const right = childOf(node, 'right')
    const pattern = lowerPattern(low, childOf(node, 'left'))
    return right === undefined ? pattern : { kind: 'fallback', pattern, value: low.expression(right), ...spanOf(node) }
  }
  if (node.type === 'ObjectPattern') return lowerTake(low, node)
  if (node.type === 'ArrayPattern') return lowerPick(low, node)
  const inner = childOf(node, 'expression')
  if (node.type.startsWith('TS') && inner !== undefined) return lowerPattern(low, inner)
  return { kind: 'place', target: low.expression(node), ...spanOf(node) }
}

function lowerTake(low: Lowering, node: SyntaxNode): Pattern {
  const properties = presentChildren(node, 'properties')
  const rest = properties.find((one) => one.type === 'RestElement')
  return {
    kind: 'take',
    entries: properties
      .filter((one) => one !== rest)
      .map((one) => ({ key: keyOf(low, one), pattern: lowerPattern(low, childOf(one, 'value')) })),
    rest: rest === undefined ? undefined : lowerPattern(low, childOf(rest, 'argument')),
    ...spanOf(node),
  }
}

function keyOf(low: Lowering, node: SyntaxNode): Expression {
  const key = childOf(node, 'key')
  if (key === undefined) return { kind: 'opaque', parts: [], ...spanOf(node) }
  return key.type === 'Identifier' && node.computed !== true
    ? wordLiteral(key, textOf(key, 'name'))
    : low.expression(key)
}

function lowerPick(low: Lowering, node: SyntaxNode): Pattern {
  const elements = childrenOf(node, 'elements')
  const rest = elements.find((one) => one?.type === 'RestElement')
  return {
    kind: 'pick',
    items: elements
      .filter((one) => one === undefined || one !== rest)
      .map((one) => (one === undefined ? undefined : lowerPattern(low, one))),
    rest: rest === undefined ? undefined : lowerPattern(low, childOf(rest, 'argument')),
    ...spanOf(node),
  }
}
