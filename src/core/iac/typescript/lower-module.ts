import type { SyntaxFault, SyntaxNode } from '../syntax.js'
import type { Declared, ExportStatement, Expression, ModuleNode, Statement } from './ast.js'
import { type ExpressionLowering, lowerClass, lowerExpression, lowerFunction } from './lower-expression.js'
import { childOf, presentChildren, spanOf, TooDeep, textOf } from './lower-node.js'
import { lowerPattern } from './lower-pattern.js'

/** Deepest tree that is walked; what people write is under 100. */
const deepest = 400

/** The module of a parsed file without its types; a fault where the tree is too deep to walk. */
export function lowerModule(program: SyntaxNode, text: string): ModuleNode | SyntaxFault {
  let depth = 0
  const low: ExpressionLowering = {
    text,
    count: { calls: 0 },
    expression: (node) => {
      depth += 1
      if (depth > deepest) throw new TooDeep()
      const made = lowerExpression(low, node)
      depth -= 1
      return made
    },
    statements: (nodes) => {
      depth += 1
      if (depth > deepest) throw new TooDeep()
      const made = nodes.map((node) => lowerStatement(low, node))
      depth -= 1
      return made
    },
  }
  try {
    return { kind: 'module', body: low.statements(presentChildren(program, 'body')) }
  } catch (cause) {
    if (!(cause instanceof TooDeep)) throw cause
    return { kind: 'fault', reason: 'too-large', line: 1, message: 'nested too deeply' }
  }
}

type Lower = (low: ExpressionLowering, node: SyntaxNode) => Statement

const nothing: Statement = { kind: 'nothing' }

const lowerings: Readonly<Record<string, Lower>> = {
  VariableDeclaration: (low, node) => ({ kind: 'declare', items: declared(low, node) }),
  FunctionDeclaration: (low, node) => {
    const value = lowerFunction(low, node)
    return { kind: 'function', name: value.name ?? '', value }
  },
  ClassDeclaration: (low, node) => {
    const value = lowerClass(low, node)
    return { kind: 'class', name: value.name ?? '', value }
  },
  ExpressionStatement: (low, node) => ({ kind: 'do', value: requiredPart(low, node, 'expression') }),
  ReturnStatement: (low, node) => ({ kind: 'return', value: optional(low, node, 'argument') }),
  ThrowStatement: (low, node) => ({ kind: 'throw', value: requiredPart(low, node, 'argument') }),
  BreakStatement: (_, node) => ({ kind: 'leave', how: 'break', label: labelOf(node) }),
  ContinueStatement: (_, node) => ({ kind: 'leave', how: 'continue', label: labelOf(node) }),
  BlockStatement: (low, node) => ({
    kind: 'block',
    body: low.statements(presentChildren(node, 'body')),
    label: undefined,
  }),
  LabeledStatement: (low, node) => ({ kind: 'block', body: [bodyOf(low, node, 'body')], label: labelOf(node) }),
  IfStatement: (low, node) => ({
    kind: 'if',
    test: requiredPart(low, node, 'test'),
    yes: bodyOf(low, node, 'consequent'),
    no: childOf(node, 'alternate') === undefined ? undefined : bodyOf(low, node, 'alternate'),
  }),
  ForOfStatement: (low, node) => each(low, node, 'values'),
  ForInStatement: (low, node) => each(low, node, 'keys'),
  ForStatement: (low, node) => {
    const start = childOf(node, 'init')
    return {
      kind: 'loop',
      start: start === undefined ? nothing : lowerStatement(low, start),
      test: optional(low, node, 'test'),
      step: optional(low, node, 'update'),
      body: bodyOf(low, node, 'body'),
      atLeastOnce: false,
    }
  },
  WhileStatement: (low, node) => whileLoop(low, node, false),
  DoWhileStatement: (low, node) => whileLoop(low, node, true),
  TryStatement: (low, node) => {
    const handler = childOf(node, 'handler')
    const parameter = handler === undefined ? undefined : childOf(handler, 'param')
    return {
      kind: 'try',
      body: bodyOf(low, node, 'block'),
      parameter: parameter === undefined ? undefined : lowerPattern(low, parameter),
      handler: handler === undefined ? undefined : bodyOf(low, handler, 'body'),
      last: childOf(node, 'finalizer') === undefined ? undefined : bodyOf(low, node, 'finalizer'),
    }
  },
  SwitchStatement: (low, node) => ({
    kind: 'switch',
    value: requiredPart(low, node, 'discriminant'),
    cases: presentChildren(node, 'cases').map((one) => ({
      test: optional(low, one, 'test'),
      body: low.statements(presentChildren(one, 'consequent')),
    })),
  }),
  TSEnumDeclaration: lowerEnum,
  ImportDeclaration: lowerImport,
  TSImportEqualsDeclaration: (_, node) => {
    const from = childOf(childOf(node, 'moduleReference') ?? node, 'expression')
    const local = textOf(childOf(node, 'id') ?? node, 'name')
    return from === undefined
      ? nothing
      : { kind: 'import', from: textOf(from, 'value'), names: [{ imported: '*', local }] }
  },
  ExportNamedDeclaration: lowerExport,
  ExportAllDeclaration: (_, node) => exported({ from: sourceOf(node), all: true }),
  ExportDefaultDeclaration: (low, node) => exportDefault(low, node, 'declaration'),
  TSExportAssignment: (low, node) => exportDefault(low, node, 'expression'),
}

function lowerStatement(low: ExpressionLowering, node: SyntaxNode): Statement {
  const lower = lowerings[node.type]
  if (lower !== undefined) return lower(low, node)
  if (/^TS|Statement$|^Directive|^Declare/.test(node.type)) return nothing
  return { kind: 'do', value: low.expression(node) }
}

function optional(low: ExpressionLowering, node: SyntaxNode, field: string): Expression | undefined {
  const child = childOf(node, field)
  return child === undefined ? undefined : low.expression(child)
}

function requiredPart(low: ExpressionLowering, node: SyntaxNode, field: string): Expression {
  return optional(low, node, field) ?? { kind: 'opaque', parts: [], ...spanOf(node) }
}

function bodyOf(low: ExpressionLowering, node: SyntaxNode, field: string): Statement {
  const child = childOf(node, field)
  return child === undefined ? nothing : (low.statements([child])[0] ?? nothing)
}

function labelOf(node: SyntaxNode): string | undefined {
  const label = childOf(node, 'label')
  return label === undefined ? undefined : textOf(label, 'name')
}

function declared(low: ExpressionLowering, node: SyntaxNode): readonly Declared[] {
  return presentChildren(node, 'declarations').map((one) => ({
    pattern: lowerPattern(low, childOf(one, 'id')),
    value: optional(low, one, 'init'),
  }))
}

function each(low: ExpressionLowering, node: SyntaxNode, over: 'values' | 'keys'): Statement {
  const left = childOf(node, 'left')
  const target =
    left?.type === 'VariableDeclaration' ? childOf(presentChildren(left, 'declarations')[0] ?? left, 'id') : left
  return {
    kind: 'each',
    over,
    pattern: lowerPattern(low, target),
    list: requiredPart(low, node, 'right'),
    body: bodyOf(low, node, 'body'),
  }
}

function whileLoop(low: ExpressionLowering, node: SyntaxNode, atLeastOnce: boolean): Statement {
  const [test, body] = [requiredPart(low, node, 'test'), bodyOf(low, node, 'body')]
  return { kind: 'loop', start: nothing, test, step: undefined, body, atLeastOnce }
}

/** An enum is an object; members without a value count on from the one before. */
function lowerEnum(low: ExpressionLowering, node: SyntaxNode): Statement {
  let next: number | undefined = 0
  const holder = childOf(node, 'body') ?? node
  const entries = presentChildren(presentChildren(holder, 'members').length > 0 ? holder : node, 'members').map(
    (one) => {
      const id = childOf(one, 'id') ?? one
      const name = id.type === 'StringLiteral' ? textOf(id, 'value') : textOf(id, 'name')
      const given = optional(low, one, 'initializer')
      const value: Expression =
        given ?? (next === undefined ? { kind: 'opaque', parts: [], ...spanOf(one) } : counted(one, next))
      next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : undefined
      const key: Expression = { kind: 'literal', value: name, inner: undefined, ...spanOf(id) }
      return { key, value, getter: false }
    },
  )
  const value: Expression = { kind: 'object', entries, ...spanOf(node) }
  const id = childOf(node, 'id') ?? node
  return { kind: 'declare', items: [{ pattern: lowerPattern(low, id), value }] }
}

function counted(node: SyntaxNode, value: number): Expression {
  return { kind: 'literal', value, inner: undefined, ...spanOf(node) }
}

function sourceOf(node: SyntaxNode): string | undefined {
  const source = childOf(node, 'source')
  return source === undefined ? undefined : textOf(source, 'value')
}

function nameOf(node: SyntaxNode, field: string): string {
  const child = childOf(node, field)
  if (child === undefined) return ''
  return child.type === 'StringLiteral' ? textOf(child, 'value') : textOf(child, 'name')
}

function lowerImport(_: ExpressionLowering, node: SyntaxNode): Statement {
  if (node.importKind === 'type') return nothing
  const names = presentChildren(node, 'specifiers')
    .filter((one) => one.importKind !== 'type')
    .map((one) => ({
      local: nameOf(one, 'local'),
      imported:
        one.type === 'ImportDefaultSpecifier'
          ? 'default'
          : one.type === 'ImportNamespaceSpecifier'
            ? '*'
            : nameOf(one, 'imported'),
    }))
  return { kind: 'import', from: sourceOf(node) ?? '', names }
}

function exported(some: Partial<ExportStatement>): ExportStatement {
  return { kind: 'export', from: undefined, names: [], all: false, declaration: undefined, value: undefined, ...some }
}

function lowerExport(low: ExpressionLowering, node: SyntaxNode): Statement {
  if (node.exportKind === 'type') return nothing
  const declaration = childOf(node, 'declaration')
  if (declaration !== undefined) {
    const [statement] = low.statements([declaration])
    const names = namesOf(statement).map((name) => ({ local: name, exported: name }))
    return exported({ declaration: statement, names })
  }
  const names = presentChildren(node, 'specifiers').map((one) => ({
    local: one.type === 'ExportNamespaceSpecifier' ? '*' : nameOf(one, 'local'),
    exported: nameOf(one, 'exported'),
  }))
  return exported({ from: sourceOf(node), names })
}

function exportDefault(low: ExpressionLowering, node: SyntaxNode, field: string): Statement {
  const declaration = childOf(node, field)
  if (declaration === undefined || declaration.type.startsWith('TS')) {
    const wrapped = declaration === undefined ? undefined : childOf(declaration, 'expression')
    return wrapped === undefined || declaration === undefined
      ? nothing
      : exported({ value: low.expression(declaration) })
  }
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    const [statement] = low.statements([declaration])
    const [name] = namesOf(statement)
    if (statement !== undefined && name !== undefined && name !== '')
      return exported({ declaration: statement, names: [{ local: name, exported: 'default' }] })
    if (statement?.kind === 'function' || statement?.kind === 'class') return exported({ value: statement.value })
  }
  return exported({ value: low.expression(declaration) })
}

function namesOf(statement: Statement | undefined): readonly string[] {
  if (statement?.kind === 'function' || statement?.kind === 'class') return [statement.name]
  if (statement?.kind !== 'declare') return []
  return statement.items.flatMap((one) => boundNames(one.pattern))
}

function boundNames(pattern: Declared['pattern']): readonly string[] {
  if (pattern.kind === 'bind') return [pattern.name]
  if (pattern.kind === 'fallback') return boundNames(pattern.pattern)
  if (pattern.kind === 'place') return []
  const inside = pattern.kind === 'take' ? pattern.entries.map((one) => one.pattern) : pattern.items
  return [...inside, pattern.rest].flatMap((one) => (one === undefined ? [] : boundNames(one)))
}
