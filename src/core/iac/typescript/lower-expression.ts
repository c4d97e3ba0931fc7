import type { SyntaxNode } from '../syntax.js'
import type { ClassMember, EntryNode, Expression, FunctionNode, Item, LiteralNode, Statement } from './ast.js'
import { childOf, childrenOf, type Lowering, presentChildren, spanOf, textOf, wordLiteral } from './lower-node.js'
import { lowerPattern } from './lower-pattern.js'

/** What the lowering of statements gives to that of expressions. */
export interface ExpressionLowering extends Lowering {
  readonly statements: (nodes: readonly SyntaxNode[]) => readonly Statement[]
}

type Lower = (low: ExpressionLowering, node: SyntaxNode) => Expression

/** Types say nothing about values: what they wrap is the value. */
const wrappers = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ParenthesizedExpression',
  'ChainExpression',
])

const lowerings: Readonly<Record<string, Lower>> = {
  NumericLiteral: (low, node) => literal(low, node, Number(node.value)),
  StringLiteral: (low, node) => literal(low, node, textOf(node, 'value')),
  BooleanLiteral: (low, node) => literal(low, node, node.value === true),
  NullLiteral: (low, node) => literal(low, node, null),
  Identifier: (_, node) => ({ kind: 'name', name: textOf(node, 'name'), ...spanOf(node) }),
  ThisExpression: (_, node) => ({ kind: 'this', ...spanOf(node) }),
  Import: (_, node) => ({ kind: 'name', name: 'require', ...spanOf(node) }),
  Super: (_, node) => ({ kind: 'super', ...spanOf(node) }),
  TemplateLiteral: lowerTemplate,
  MemberExpression: lowerMember,
  OptionalMemberExpression: lowerMember,
  CallExpression: lowerCall,
  OptionalCallExpression: lowerCall,
  NewExpression: lowerCall,
  ObjectExpression: (low, node) => ({
    kind: 'object',
    entries: presentChildren(node, 'properties').map((one) => lowerEntry(low, one)),
    ...spanOf(node),
  }),
  ArrayExpression: (low, node) => ({ kind: 'array', items: lowerItems(low, node, 'elements'), ...spanOf(node) }),
  ArrowFunctionExpression: lowerFunction,
  FunctionExpression: lowerFunction,
  ClassExpression: lowerClass,
  ConditionalExpression: (low, node) => ({
    kind: 'choice',
    test: part(low, node, 'test'),
    yes: part(low, node, 'consequent'),
    no: part(low, node, 'alternate'),
    ...spanOf(node),
  }),
  LogicalExpression: (low, node) => ({ kind: 'logic', ...sides(low, node), ...spanOf(node) }),
  BinaryExpression: (low, node) => ({ kind: 'binary', ...sides(low, node), ...spanOf(node) }),
  UnaryExpression: (low, node) => ({
    kind: 'unary',
    operator: textOf(node, 'operator'),
    argument: part(low, node, 'argument'),
    ...spanOf(node),
  }),
  AssignmentExpression: (low, node) => ({
    kind: 'assign',
    operator: textOf(node, 'operator').slice(0, -1),
    target: lowerPattern(low, childOf(node, 'left')),
    value: part(low, node, 'right'),
    ...spanOf(node),
  }),
  UpdateExpression: (low, node) => ({
    kind: 'assign',
    operator: textOf(node, 'operator').slice(1),
    target: lowerPattern(low, childOf(node, 'argument')),
    value: { kind: 'literal', value: 1, inner: undefined, ...spanOf(node) },
    ...spanOf(node),
  }),
  SequenceExpression: (low, node) => ({
    kind: 'sequence',
    items: presentChildren(node, 'expressions').map((one) => low.expression(one)),
    ...spanOf(node),
  }),
  AwaitExpression: (low, node) => ({ kind: 'await', argument: part(low, node, 'argument'), ...spanOf(node) }),
}

/** The expression of a node; what is not known becomes opaque and keeps its parts. */
export function lowerExpression(low: ExpressionLowering, node: SyntaxNode): Expression {
  if (wrappers.has(node.type)) return part(low, node, 'expression')
  const lower = lowerings[node.type]
  return lower === undefined ? opaque(low, node) : lower(low, node)
}

function part(low: ExpressionLowering, node: SyntaxNode, field: string): Expression {
  const child = childOf(node, field)
  return child === undefined ? { kind: 'opaque', parts: [], ...spanOf(node) } : low.expression(child)
}

function opaque(low: ExpressionLowering, node: SyntaxNode): Expression {
  const parts = Object.keys(node)
    .filter((field) => !field.startsWith('type') || field === 'type')
    .flatMap((field) => [childOf(node, field) ?? [], presentChildren(node, field)].flat())
    .filter((one) => !one.type.startsWith('TS') && !one.type.startsWith('Comment'))
  return { kind: 'opaque', parts: parts.map((one) => low.expression(one)), ...spanOf(node) }
}

function sides(low: ExpressionLowering, node: SyntaxNode) {
  return {
    operator: textOf(node, 'operator'),
    left: part(low, node, 'left'),
    right: part(low, node, 'right'),
  }
}

function literal(low: ExpressionLowering, node: SyntaxNode, value: LiteralNode['value']): LiteralNode {
  const span = spanOf(node)
  if (typeof value !== 'string') return { kind: 'literal', value, inner: span, ...span }
  const inner = { start: span.start + 1, end: span.end - 1 }
  return {
    kind: 'literal',
    value,
    inner: low.text.slice(inner.start, inner.end) === value ? inner : undefined,
    ...span,
  }
}

function lowerTemplate(low: ExpressionLowering, node: SyntaxNode): Expression {
  const texts = presentChildren(node, 'quasis').map((quasi) => {
    const value = quasi.value as { readonly cooked?: string | null } | undefined
    return value?.cooked ?? ''
  })
  const [only] = texts
  if (texts.length === 1 && only !== undefined) return literal(low, node, only)
  return {
    kind: 'template',
    texts,
    parts: presentChildren(node, 'expressions').map((one) => low.expression(one)),
    ...spanOf(node),
  }
}

function lowerMember(low: ExpressionLowering, node: SyntaxNode): Expression {
  return {
    kind: 'member',
    object: part(low, node, 'object'),
    property: keyOf(low, node, 'property'),
    optional: node.optional === true,
    ...spanOf(node),
  }
}

/** A key: a word stands for itself unless it is computed. */
function keyOf(low: ExpressionLowering, node: SyntaxNode, field: string): Expression {
  const key = childOf(node, field)
  if (key === undefined) return { kind: 'opaque', parts: [], ...spanOf(node) }
  if (node.computed === true) return low.expression(key)
  if (key.type === 'Identifier') return wordLiteral(key, textOf(key, 'name'))
  if (key.type === 'PrivateName') return wordLiteral(key, `#${textOf(childOf(key, 'id') ?? key, 'name')}`)
  return low.expression(key)
}

function lowerItems(low: ExpressionLowering, node: SyntaxNode, field: string): readonly Item[] {
  return childrenOf(node, field).map((one): Item => {
    if (one === undefined) return { value: { kind: 'opaque', parts: [], ...spanOf(node) }, spread: false }
    if (one.type === 'SpreadElement') return { value: part(low, one, 'argument'), spread: true }
    return { value: low.expression(one), spread: false }
  })
}

function lowerCall(low: ExpressionLowering, node: SyntaxNode): Expression {
  const ordinal = low.count.calls
  low.count.calls += 1
  return {
    kind: 'call',
    callee: part(low, node, 'callee'),
    items: lowerItems(low, node, 'arguments'),
    isNew: node.type === 'NewExpression',
    optional: node.optional === true,
    ordinal,
    ...spanOf(node),
  }
}

function lowerEntry(low: ExpressionLowering, node: SyntaxNode): EntryNode {
  if (node.type === 'SpreadElement') return { key: undefined, value: part(low, node, 'argument'), getter: false }
  const key = keyOf(low, node, 'key')
  if (node.type === 'ObjectMethod') return { key, value: lowerFunction(low, node), getter: node.kind === 'get' }
  return { key, value: part(low, node, 'value'), getter: false }
}

/** A function of any kind: a declaration, an expression, an arrow or a method. */
export function lowerFunction(low: ExpressionLowering, node: SyntaxNode): FunctionNode {
  const body = childOf(node, 'body')
  const statements: readonly Statement[] =
    body === undefined
      ? []
      : body.type === 'BlockStatement'
        ? low.statements(presentChildren(body, 'body'))
        : [{ kind: 'return', value: low.expression(body) }]
  const name = childOf(node, 'id')
  return {
    kind: 'function',
    name: name === undefined ? undefined : textOf(name, 'name'),
    parameters: presentChildren(node, 'params').map((one) => lowerParameter(low, one)),
    body: statements,
    arrow: node.type === 'ArrowFunctionExpression',
    generator: node.generator === true,
    ...spanOf(node),
  }
}

function lowerParameter(low: ExpressionLowering, node: SyntaxNode): FunctionNode['parameters'][number] {
  if (node.type === 'TSParameterProperty') {
    const inner = childOf(node, 'parameter') ?? node
    const named = inner.type === 'AssignmentPattern' ? (childOf(inner, 'left') ?? inner) : inner
    return { pattern: lowerPattern(low, inner), rest: false, property: textOf(named, 'name') }
  }
  if (node.type === 'RestElement')
    return { pattern: lowerPattern(low, childOf(node, 'argument')), rest: true, property: undefined }
  return { pattern: lowerPattern(low, node), rest: false, property: undefined }
}

/** A class, declared or as an expression. */
export function lowerClass(low: ExpressionLowering, node: SyntaxNode): Expression & { readonly kind: 'class' } {
  const [name, base, body] = [childOf(node, 'id'), childOf(node, 'superClass'), childOf(node, 'body')]
  return {
    kind: 'class',
    name: name === undefined ? undefined : textOf(name, 'name'),
    base: base === undefined ? undefined : low.expression(base),
    members: body === undefined ? [] : presentChildren(body, 'body').flatMap((one) => lowerMemberOfClass(low, one)),
    ...spanOf(node),
  }
}

const methodKinds = { constructor: 'constructor', get: 'getter', set: 'setter', method: 'method' } as const

function lowerMemberOfClass(low: ExpressionLowering, node: SyntaxNode): readonly ClassMember[] {
  const isStatic = node.static === true
  if (node.type === 'StaticBlock') {
    const value = { ...lowerFunction(low, node), body: low.statements(presentChildren(node, 'body')) }
    return [{ kind: 'block', key: value, isStatic: true, value }]
  }
  if (node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') {
    const kind = methodKinds[textOf(node, 'kind') as keyof typeof methodKinds] ?? 'method'
    return [{ kind, key: keyOf(low, node, 'key'), isStatic, value: lowerFunction(low, node) }]
  }
  if (!['ClassProperty', 'ClassPrivateProperty', 'ClassAccessorProperty'].includes(node.type)) return []
  const value = childOf(node, 'value')
  if (value === undefined) return []
  return [{ kind: 'property', key: keyOf(low, node, 'key'), isStatic, value: low.expression(value) }]
}
