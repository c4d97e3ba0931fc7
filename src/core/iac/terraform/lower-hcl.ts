import type { CstNode } from '../syntax.js'
import type { Attribute, Block, Body, Expr, Step } from './ast.js'
import { lowerCollection, lowerFor } from './lower-collection.js'
import { lowerOperation } from './lower-operation.js'

/** Turns the concrete tree of an HCL file into blocks, attributes and expressions. */
export function lowerHcl(file: string, text: string, tree: CstNode): Body {
  const source = { file, text }
  const body = tree.type === 'body' ? tree : tree.children.find((child) => child.type === 'body')
  return body === undefined ? { attributes: [], blocks: [] } : lowerBody(source, body)
}

/** The file that is being lowered. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** The place of a node. */
export function place(source: Source, node: CstNode) {
  return { file: source.file, start: node.start, end: node.end }
}

/** The text of a node. */
export function textOf(source: Source, node: CstNode): string {
  return source.text.slice(node.start, node.end)
}

/** The first child of a type. */
export function childOf(node: CstNode, type: string): CstNode | undefined {
  return node.children.find((child) => child.type === type)
}

function lowerBody(source: Source, node: CstNode): Body {
  const attributes: Attribute[] = []
  const blocks: Block[] = []
  for (const child of node.children) {
    if (child.type === 'attribute') attributes.push(lowerAttribute(source, child))
    if (child.type === 'block') blocks.push(lowerBlock(source, child))
  }
  return { attributes, blocks }
}

function lowerAttribute(source: Source, node: CstNode): Attribute {
  const name = childOf(node, 'identifier')
  const value = childOf(node, 'expression')
  return {
    name: name === undefined ? '' : textOf(source, name),
    place: place(source, node),
    value: value === undefined ? opaque(source, node) : lowerExpression(source, value),
  }
}

function lowerBlock(source: Source, node: CstNode): Block {
  const [type, ...labels] = node.children.filter((child) => child.type === 'identifier' || child.type === 'string_lit')
  const body = childOf(node, 'body')
  return {
    type: type === undefined ? '' : textOf(source, type),
    labels: labels.map((label) => textOf(source, label).replace(/^"|"$/g, '')),
    place: place(source, node),
    body: body === undefined ? { attributes: [], blocks: [] } : lowerBody(source, body),
  }
}

/** What is not understood, with everything inside it. */
export function opaque(source: Source, node: CstNode): Expr {
  return {
    kind: 'opaque',
    place: place(source, node),
    parts: looseParts(source, node),
  }
}

/** Every expression inside a node that is not understood, so that what it depends on is never missed. */
export function looseParts(source: Source, node: CstNode): readonly Expr[] {
  return node.children.flatMap((child, at) => {
    if (child.type === 'expression') return [lowerExpression(source, child)]
    if (child.type !== 'variable_expr') return looseParts(source, child)
    const after = node.children.slice(at + 1)
    const stop = after.findIndex((next) => !['get_attr', 'index', 'splat'].includes(next.type))
    return [lowerOperand(source, child, child, stop < 0 ? after : after.slice(0, stop))]
  })
}

/** Lowers one `expression` node, or one operand that stands without such a node around it. */
export function lowerExpression(source: Source, node: CstNode): Expr {
  const parts = node.type === 'expression' ? node.children : [node]
  const [head, ...rest] = parts
  if (head === undefined) return opaque(source, node)
  return lowerOperand(source, node, head, rest)
}

/** Lowers a head with the steps that follow it (`var` `.a` `["k"]`). */
export function lowerOperand(source: Source, node: CstNode, head: CstNode, rest: readonly CstNode[]): Expr {
  const here = { file: source.file, start: head.start, end: node.end }
  if (head.type === '(') return withSteps(source, here, lowerParens(source, rest), rest.slice(2))
  const steps = lowerSteps(source, rest)
  if (steps === undefined) return opaque(source, node)
  if (head.type === 'variable_expr') return { kind: 'reference', place: here, root: textOf(source, head), steps }
  return steps.length === 0
    ? lowerHead(source, head)
    : { kind: 'traversal', place: here, target: lowerHead(source, head), steps }
}

function lowerParens(source: Source, rest: readonly CstNode[]): Expr {
  const [inside] = rest
  if (inside === undefined) return { kind: 'opaque', place: { file: source.file, start: 0, end: 0 }, parts: [] }
  return lowerExpression(source, inside)
}

function withSteps(source: Source, here: Expr['place'], target: Expr, rest: readonly CstNode[]): Expr {
  const steps = lowerSteps(source, rest)
  if (steps === undefined) return { kind: 'opaque', place: here, parts: [target] }
  return steps.length === 0 ? target : { kind: 'traversal', place: here, target, steps }
}

function lowerSteps(source: Source, nodes: readonly CstNode[]): readonly Step[] | undefined {
  const steps: Step[] = []
  for (const node of nodes) {
    const step = lowerStep(source, node)
    if (step === undefined) return undefined
    steps.push(...step)
  }
  return steps
}

function lowerStep(source: Source, node: CstNode): readonly Step[] | undefined {
  if (node.type === 'get_attr') {
    const name = childOf(node, 'identifier')
    return name === undefined ? undefined : [{ kind: 'attribute', name: textOf(source, name) }]
  }
  if (node.type === 'index') return lowerIndex(source, node)
  if (node.type !== 'splat') return undefined
  const inside = node.children.flatMap((child) => child.children).filter((child) => child.children.length > 0)
  const after = lowerSteps(source, inside)
  return after === undefined ? undefined : [{ kind: 'splat' }, ...after]
}

function lowerIndex(source: Source, node: CstNode): readonly Step[] | undefined {
  const [index] = node.children
  if (index?.type === 'new_index') {
    const key = childOf(index, 'expression')
    return key === undefined ? undefined : [{ kind: 'index', key: lowerExpression(source, key) }]
  }
  const digits = index === undefined ? '' : textOf(source, index).replace('.', '').trim()
  if (index === undefined || !/^\d+$/.test(digits)) return undefined
  const key: Expr = { kind: 'literal', place: place(source, index), value: Number(digits), quoted: false }
  return [{ kind: 'index', key }]
}

function lowerHead(source: Source, node: CstNode): Expr {
  if (node.type === 'literal_value') return lowerLiteral(source, node)
  if (node.type === 'template_expr') return lowerTemplate(source, node)
  if (node.type === 'function_call') return lowerCall(source, node)
  if (node.type === 'collection_value') return lowerCollection(source, node)
  if (node.type === 'conditional' || node.type === 'operation') return lowerOperation(source, node)
  if (node.type === 'for_expr') return lowerFor(source, node)
  if (node.type === 'expression') return lowerExpression(source, node)
  if (node.type === 'variable_expr') return lowerOperand(source, node, node, [])
  return opaque(source, node)
}

function lowerLiteral(source: Source, node: CstNode): Expr {
  const [inside] = node.children
  if (inside === undefined) return opaque(source, node)
  if (inside.type === 'string_lit') return lowerString(source, inside)
  const text = textOf(source, inside)
  const literal = (value: number | boolean | null): Expr => ({
    kind: 'literal',
    place: place(source, inside),
    value,
    quoted: false,
  })
  if (inside.type === 'numeric_lit') return literal(Number(text))
  if (inside.type === 'bool_lit') return literal(text === 'true')
  return inside.type === 'null_lit' ? literal(null) : opaque(source, node)
}

function lowerString(source: Source, node: CstNode): Expr {
  const written = source.text.slice(node.start + 1, node.end - 1)
  const here = { file: source.file, start: node.start + 1, end: node.end - 1 }
  if (/[\\]|\$\$\{|%%\{/.test(written))
    return { kind: 'template', place: place(source, node), parts: [unescaped(written)] }
  return { kind: 'literal', place: here, value: written, quoted: true }
}

/** Escapes as HCL reads them, as far as they can stand in names; a string with escapes is never edited. */
function unescaped(written: string): string {
  return written
    .replace(/\\(["\\])/g, '$1')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\$\$\{/g, '$' + '{')
}

function lowerTemplate(source: Source, node: CstNode): Expr {
  const [inside] = node.children
  if (inside?.type !== 'quoted_template') return opaque(source, node)
  const parts: (string | Expr)[] = []
  let at = inside.start + 1
  for (const child of inside.children) {
    if (child.type === 'template_directive') return opaque(source, node)
    if (child.type !== 'template_interpolation') continue
    const expression = childOf(child, 'expression')
    if (expression === undefined || /^\$\{~|~\}$/.test(textOf(source, child))) return opaque(source, node)
    if (child.start > at) parts.push(unescaped(source.text.slice(at, child.start)))
    parts.push(lowerExpression(source, expression))
    at = child.end
  }
  if (inside.end - 1 > at) parts.push(unescaped(source.text.slice(at, inside.end - 1)))
  return { kind: 'template', place: place(source, node), parts }
}

function lowerCall(source: Source, node: CstNode): Expr {
  const name = childOf(node, 'identifier')
  const list = childOf(node, 'function_arguments')
  if (name === undefined || list?.children.some((child) => child.type === 'ellipsis')) return opaque(source, node)
  const args = (list?.children ?? []).filter((child) => child.type === 'expression')
  return {
    kind: 'call',
    place: place(source, node),
    name: textOf(source, name),
    args: args.map((arg) => lowerExpression(source, arg)),
  }
}
