/** A range of the module's text, in UTF-16 offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What is left of a TypeScript expression when types are taken away. */
export type Expression =
  | LiteralNode
  | TemplateNode
  | NameNode
  | MemberNode
  | CallNode
  | ObjectNode
  | ArrayNode
  | FunctionNode
  | ClassNode
  | ChoiceNode
  | LogicNode
  | BinaryNode
  | UnaryNode
  | AssignNode
  | SequenceNode
  | (Span & { readonly kind: 'await'; readonly argument: Expression })
  | (Span & { readonly kind: 'this' | 'super' })
  | OpaqueNode

/** A number, text, boolean or null as written; `inner` is the text between its quotes, undefined where escapes hide it. */
export interface LiteralNode extends Span {
  readonly kind: 'literal'
  readonly value: string | number | boolean | null
  readonly inner: Span | undefined
}

/** A template text: one text more than parts. */
export interface TemplateNode extends Span {
  readonly kind: 'template'
  readonly texts: readonly string[]
  readonly parts: readonly Expression[]
}

export interface NameNode extends Span {
  readonly kind: 'name'
  readonly name: string
}

/** `object.property` or `object[property]`; a dotted property is a literal whose `inner` is the word. */
export interface MemberNode extends Span {
  readonly kind: 'member'
  readonly object: Expression
  readonly property: Expression
  readonly optional: boolean
}

/** A call or `new`; `ordinal` numbers the calls of a module from 0, the same before and after an edit. */
export interface CallNode extends Span {
  readonly kind: 'call'
  readonly callee: Expression
  readonly items: readonly Item[]
  readonly isNew: boolean
  readonly optional: boolean
  readonly ordinal: number
}

/** An argument or array item, perhaps spread (`...x`). */
export interface Item {
  readonly value: Expression
  readonly spread: boolean
}

export interface ObjectNode extends Span {
  readonly kind: 'object'
  readonly entries: readonly EntryNode[]
}

/** `key: value`, `[key]: value`, a method, or with `key` undefined a spread; `getter` when it is computed at each read. */
export interface EntryNode {
  readonly key: Expression | undefined
  readonly value: Expression
  readonly getter: boolean
}

export interface ArrayNode extends Span {
  readonly kind: 'array'
  readonly items: readonly Item[]
}

/** A function; an expression body is one return statement. */
export interface FunctionNode extends Span {
  readonly kind: 'function'
  readonly name: string | undefined
  readonly parameters: readonly ParameterNode[]
  readonly body: readonly Statement[]
  readonly arrow: boolean
  readonly generator: boolean
}

/** A parameter; `property` when a constructor keeps it on `this` under its name. */
export interface ParameterNode {
  readonly pattern: Pattern
  readonly rest: boolean
  readonly property: string | undefined
}

export interface ClassNode extends Span {
  readonly kind: 'class'
  readonly name: string | undefined
  readonly base: Expression | undefined
  readonly members: readonly ClassMember[]
}

export interface ClassMember {
  readonly kind: 'method' | 'getter' | 'setter' | 'property' | 'constructor' | 'block'
  readonly key: Expression
  readonly isStatic: boolean
  readonly value: Expression | undefined
}

export interface ChoiceNode extends Span {
  readonly kind: 'choice'
  readonly test: Expression
  readonly yes: Expression
  readonly no: Expression
}

export interface LogicNode extends Span {
  readonly kind: 'logic'
  readonly operator: string
  readonly left: Expression
  readonly right: Expression
}

export interface BinaryNode extends Span {
  readonly kind: 'binary'
  readonly operator: string
  readonly left: Expression
  readonly right: Expression
}

export interface UnaryNode extends Span {
  readonly kind: 'unary'
  readonly operator: string
  readonly argument: Expression
}

/** `target = value`, or with an operator `target op= value`. */
export interface AssignNode extends Span {
  readonly kind: 'assign'
  readonly operator: string
  readonly target: Pattern
  readonly value: Expression
}

export interface SequenceNode extends Span {
  readonly kind: 'sequence'
  readonly items: readonly Expression[]
}

/** Anything that is not followed; its parts are evaluated for what they do. */
export interface OpaqueNode extends Span {
  readonly kind: 'opaque'
  readonly parts: readonly Expression[]
}

/** What a value is bound to. */
export type Pattern =
  | (Span & { readonly kind: 'bind'; readonly name: string })
  | (Span & { readonly kind: 'place'; readonly target: Expression })
  | (Span & {
      readonly kind: 'take'
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[]
      readonly rest: Pattern | undefined
    })
  | (Span & {
      readonly kind: 'pick'
      readonly items: readonly (Pattern | undefined)[]
      readonly rest: Pattern | undefined
    })
  | (Span & { readonly kind: 'fallback'; readonly pattern: Pattern; readonly value: Expression })

/** A statement. */
export type Statement =
  | { readonly kind: 'declare'; readonly items: readonly Declared[] }
  | { readonly kind: 'function'; readonly name: string; readonly value: FunctionNode }
  | { readonly kind: 'class'; readonly name: string; readonly value: ClassNode }
  | { readonly kind: 'do'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'throw'; readonly value: Expression }
  | { readonly kind: 'leave'; readonly how: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly kind: 'block'; readonly body: readonly Statement[]; readonly label: string | undefined }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | {
      readonly kind: 'each'
      readonly over: 'values' | 'keys'
      readonly pattern: Pattern
      readonly list: Expression
      readonly body: Statement
    }
  | LoopStatement
  | TryStatement
  | { readonly kind: 'switch'; readonly value: Expression; readonly cases: readonly CaseNode[] }
  | ImportStatement
  | ExportStatement
  | { readonly kind: 'nothing' }

export interface Declared {
  readonly pattern: Pattern
  readonly value: Expression | undefined
}

export interface LoopStatement {
  readonly kind: 'loop'
  readonly start: Statement
  readonly test: Expression | undefined
  readonly step: Expression | undefined
  readonly body: Statement
  readonly atLeastOnce: boolean
}

export interface TryStatement {
  readonly kind: 'try'
  readonly body: Statement
  readonly parameter: Pattern | undefined
  readonly handler: Statement | undefined
  readonly last: Statement | undefined
}

export interface CaseNode {
  readonly test: Expression | undefined
  readonly body: readonly Statement[]
}

export interface ImportStatement {
  readonly kind: 'import'
  readonly from: string
  /** `imported` is `default`, `*` or a name. */
  readonly names: readonly { readonly imported: string; readonly local: string }[]
}

export interface ExportStatement {
  readonly kind: 'export'
  /** A module whose names are handed on; undefined: names of this one. */
  readonly from: string | undefined
  readonly names: readonly { readonly local: string; readonly exported: string }[]
  readonly all: boolean
  readonly declaration: Statement | undefined
  /** The value of `export default` or `export =`. */
  readonly value: Expression | undefined
}

/** A module's statements. */
export interface ModuleNode {
  readonly kind: 'module'
  readonly body: readonly Statement[]
}
