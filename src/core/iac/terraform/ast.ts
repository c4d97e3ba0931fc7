import type { CodeScalar } from '../../model/code.js'
import type { Place } from '../place.js'
import type { SyntaxFault } from '../syntax.js'

/** A scalar written in the code; `place` is the token inside its quotes, `quoted` whether quotes stand around it. */
export interface LiteralExpr {
  readonly kind: 'literal'
  readonly place: Place
  readonly value: CodeScalar | null
  readonly quoted: boolean
}

/** One step behind a reference: `.name`, `[key]` or a splat. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Expr }
  | { readonly kind: 'splat' }

/** A Terraform expression; what is not understood is `opaque` with the expressions inside it. */
export type Expr =
  | LiteralExpr
  | { readonly kind: 'template'; readonly place: Place; readonly parts: readonly (string | Expr)[] }
  | { readonly kind: 'reference'; readonly place: Place; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: 'traversal'; readonly place: Place; readonly target: Expr; readonly steps: readonly Step[] }
  | { readonly kind: 'call'; readonly place: Place; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: 'conditional'
      readonly place: Place
      readonly test: Expr
      readonly yes: Expr
      readonly no: Expr
    }
  | {
      readonly kind: 'binary'
      readonly place: Place
      readonly operator: string
      readonly left: Expr
      readonly right: Expr
    }
  | { readonly kind: 'not'; readonly place: Place; readonly operand: Expr }
  | { readonly kind: 'object'; readonly place: Place; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'list'; readonly place: Place; readonly items: readonly Expr[] }
  | ForExpr
  | { readonly kind: 'opaque'; readonly place: Place; readonly parts: readonly Expr[] }

/** `{ key = value }`; a bare word is a literal key. */
export interface ObjectEntry {
  readonly key: Expr
  readonly value: Expr
}

/** `[for …]` (without `key`) or `{ for … }`. */
export interface ForExpr {
  readonly kind: 'for'
  readonly place: Place
  readonly names: readonly string[]
  readonly over: Expr
  readonly key?: Expr
  readonly value: Expr
  readonly test?: Expr
  readonly grouped: boolean
}

/** `name = value`. */
export interface Attribute {
  readonly name: string
  readonly place: Place
  readonly value: Expr
}

/** `type "label" "label" { body }`. */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly place: Place
  readonly body: Body
}

/** The inside of a block or of a whole file. */
export interface Body {
  readonly attributes: readonly Attribute[]
  readonly blocks: readonly Block[]
}

/** All blocks of one folder of Terraform files, override files merged in. */
export interface TerraformModule {
  readonly folder: string
  readonly blocks: readonly Block[]
  /** Blocks by `type label label`; several under one name are a duplicate address. */
  readonly byName: ReadonlyMap<string, readonly Block[]>
  readonly locals: ReadonlyMap<string, Attribute>
  readonly faults: readonly FileFault[]
}

/** A file that could not be read. */
export interface FileFault extends SyntaxFault {
  readonly file: string
}

/** The attribute of a body by its name. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name)
}

/** All blocks of one type. */
export function blocksOf(body: Body, type: string): readonly Block[] {
  return body.blocks.filter((block) => block.type === type)
}

/** The expressions directly inside an expression. */
export function partsOf(expression: Expr): readonly Expr[] {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'template':
      return expression.parts.filter((part) => typeof part !== 'string')
    case 'reference':
      return keysOf(expression.steps)
    case 'traversal':
      return [expression.target, ...keysOf(expression.steps)]
    case 'call':
      return expression.args
    case 'conditional':
      return [expression.test, expression.yes, expression.no]
    case 'binary':
      return [expression.left, expression.right]
    case 'not':
      return [expression.operand]
    case 'object':
      return expression.entries.flatMap((entry) => [entry.key, entry.value])
    case 'list':
      return expression.items
    case 'for':
      return [expression.over, expression.key, expression.value, expression.test].filter((part) => part !== undefined)
    case 'opaque':
      return expression.parts
  }
}

function keysOf(steps: readonly Step[]): readonly Expr[] {
  return steps.flatMap((step) => (step.kind === 'index' ? [step.key] : []))
}
