/** A node of a concrete syntax tree: `start` and `end` are UTF-16 offsets in the text. */
export interface CstNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly children: readonly CstNode[]
}

/** A node of a YAML or JSON document; `start`–`end` cover the node as written, quotes included. */
export type DataNode = DataScalar | DataMap | DataList | DataAlias

interface DataBase {
  readonly start: number
  readonly end: number
  /** A YAML tag as written (`!Ref`), undefined where there is none. */
  readonly tag?: string
  /** A YAML anchor (`&name`). */
  readonly anchor?: string
}

/** A scalar; `text` is its value as text, `quote` its quoting ('block' for literal and folded blocks). */
export interface DataScalar extends DataBase {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly text: string
  readonly quote: '"' | "'" | '' | 'block'
}

/** A mapping in source order; keys that are not scalars are left out by the readers and make a fault. */
export interface DataMap extends DataBase {
  readonly kind: 'map'
  readonly entries: readonly DataEntry[]
}

/** One entry of a mapping. */
export interface DataEntry {
  readonly key: string
  readonly keyStart: number
  readonly value: DataNode
}

/** A sequence. */
export interface DataList extends DataBase {
  readonly kind: 'list'
  readonly items: readonly DataNode[]
}

/** A YAML alias (`*name`), never followed by the reader. */
export interface DataAlias extends DataBase {
  readonly kind: 'alias'
  readonly name: string
}

/** Why a text could not be read; `line` starts at 1. */
export interface SyntaxFault {
  readonly kind: 'fault'
  readonly reason: 'unparseable' | 'too-large'
  readonly line: number
  readonly message: string
}

/** A node of a TypeScript syntax tree as its parser gives it: fields by name, `start` and `end` in UTF-16 offsets. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** Already loaded parsers: synchronous, exact positions. Texts have passed the caps of limits.ts before they come here. */
export interface Syntax {
  /** The whole tree of an HCL file (`.tf`, `.tfvars`, `.hcl`). */
  readonly hcl: (text: string) => CstNode | SyntaxFault
  /** The one document of a YAML file. */
  readonly yaml: (text: string) => DataNode | SyntaxFault
  /** The program of a TypeScript file; `jsx` for `.tsx`. */
  readonly typescript: (text: string, jsx: boolean) => SyntaxNode | SyntaxFault
}
