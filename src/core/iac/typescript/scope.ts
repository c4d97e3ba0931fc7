import type { Place } from '../place.js'
import type { Span } from './ast.js'
import type { ProgramValue } from './program-values.js'

/** A variable; `value` is undefined until it is assigned. */
export interface Cell {
  value: ProgramValue | undefined
}

/** An imported name: looked up in the other module when it is used, so that modules may import each other. */
export interface ImportedName {
  readonly from: LoadedModule | string
  readonly name: string
}

/** A module of the repository and what it exports; `undefined` values are names of the module's own scope. */
export interface LoadedModule {
  readonly file: string
  readonly scope: Scope
  readonly exports: Map<string, Exported>
  readonly all: (LoadedModule | string)[]
}

/** What an exported name means: a name of the module's own scope, a value, or a name of another module. */
export type Exported =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'value'; readonly value: ProgramValue }
  | { readonly kind: 'handed-on'; readonly target: ImportedName }

/** The names of a block, function or module. */
export interface Scope {
  readonly file: string
  readonly parent: Scope | undefined
  readonly cells: Map<string, Cell>
  readonly imports: Map<string, ImportedName>
  /** What `this` means, and the class whose method runs; undefined: as around it. */
  readonly self: { value: ProgramValue } | undefined
  readonly home: ProgramValue | undefined
}

/** A scope inside another one, or a module's own. */
export function createScope(
  file: string,
  parent: Scope | undefined,
  self?: { value: ProgramValue },
  home?: ProgramValue,
): Scope {
  return { file, parent, cells: new Map(), imports: new Map(), self, home }
}

/** The nearest variable of a name. */
export function cellOf(scope: Scope, name: string): Cell | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.cells.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** What `this` means in a scope. */
export function selfOf(scope: Scope): { value: ProgramValue } | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) if (at.self !== undefined) return at.self
  return undefined
}

/** The class whose method runs. */
export function homeOf(scope: Scope): ProgramValue | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) if (at.home !== undefined) return at.home
  return undefined
}

/** The module's own scope. */
export function moduleScopeOf(scope: Scope): Scope {
  let at = scope
  while (at.parent !== undefined) at = at.parent
  return at
}

/** Where a node stands. */
export function placeAt(scope: Scope, { start, end }: Span): Place {
  return { file: scope.file, start, end }
}
