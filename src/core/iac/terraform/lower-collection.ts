import type { CstNode } from '../syntax.js'
import type { Expr } from './ast.js'
import { childOf, lowerExpression, opaque, place, type Source, textOf } from './lower-hcl.js'

/** `[…]` and `{…}`. */
export function lowerCollection(source: Source, node: CstNode): Expr {
  const [inside] = node.children
  if (inside?.type === 'tuple') {
    const items = inside.children.filter((child) => child.type === 'expression')
    return { kind: 'list', place: place(source, node), items: items.map((item) => lowerExpression(source, item)) }
  }
  if (inside?.type !== 'object') return opaque(source, node)
  const entries = inside.children
    .filter((child) => child.type === 'object_elem')
    .flatMap((child) => {
      const [key, value] = child.children.filter((part) => part.type === 'expression')
      return key === undefined || value === undefined
        ? []
        : [{ key: lowerKey(source, key), value: lowerExpression(source, value) }]
    })
  return { kind: 'object', place: place(source, node), entries }
}

/** A bare word as an object's key is its own name, not a reference. */
function lowerKey(source: Source, node: CstNode): Expr {
  const key = lowerExpression(source, node)
  if (key.kind !== 'reference' || key.steps.length > 0 || node.children[0]?.type === '(') return key
  return { kind: 'literal', place: key.place, value: key.root, quoted: false }
}

/** `[for …]` and `{ for … }`. */
export function lowerFor(source: Source, node: CstNode): Expr {
  const [inside] = node.children
  const intro = inside === undefined ? undefined : childOf(inside, 'for_intro')
  const over = intro === undefined ? undefined : childOf(intro, 'expression')
  if (inside === undefined || intro === undefined || over === undefined) return opaque(source, node)
  const results = inside.children.filter((child) => child.type === 'expression')
  const [first, second] = results
  const condition = childOf(inside, 'for_cond')
  const test = condition === undefined ? undefined : childOf(condition, 'expression')
  const keyed = inside.type === 'for_object_expr'
  const value = keyed ? second : first
  if (first === undefined || value === undefined) return opaque(source, node)
  return {
    kind: 'for',
    place: place(source, node),
    names: intro.children.filter((child) => child.type === 'identifier').map((name) => textOf(source, name)),
    over: lowerExpression(source, over),
    ...(keyed ? { key: lowerExpression(source, first) } : {}),
    value: lowerExpression(source, value),
    ...(test === undefined ? {} : { test: lowerExpression(source, test) }),
    grouped: inside.children.some((child) => child.type === 'ellipsis'),
  }
}
