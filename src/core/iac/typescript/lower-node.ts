import type { SyntaxNode } from '../syntax.js'
import type { Expression, LiteralNode, Span } from './ast.js'

/** Carries the text, the number of calls met so far, and the lowerings that call one another. */
export interface Lowering {
  readonly text: string
  readonly count: { calls: number }
  readonly expression: (node: SyntaxNode) => Expression
}

/** Thrown inside the lowering only, at a tree too deep to walk. */
export class TooDeep extends Error {
  constructor() {
    super('nested too deeply')
  }
}

/** A child node under a field, undefined where there is none. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field]
  return isNode(value) ? value : undefined
}

/** The child nodes of a list field; holes are undefined. */
export function childrenOf(node: SyntaxNode, field: string): readonly (SyntaxNode | undefined)[] {
  const value = node[field]
  return Array.isArray(value) ? value.map((one) => (isNode(one) ? one : undefined)) : []
}

/** The child nodes of a list field that are there. */
export function presentChildren(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return childrenOf(node, field).filter((one) => one !== undefined)
}

/** A text field. */
export function textOf(node: SyntaxNode, field: string): string {
  const value = node[field]
  return typeof value === 'string' ? value : ''
}

/** Where a node stands. */
export function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end }
}

/** A word that stands for itself, such as a dotted property's name. */
export function wordLiteral(node: SyntaxNode, value: string): LiteralNode {
  return { kind: 'literal', value, inner: spanOf(node), ...spanOf(node) }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
