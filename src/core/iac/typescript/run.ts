import type { EditContext, FileSet } from '../../model/code.js'
import type { Syntax, SyntaxFault } from '../syntax.js'
import { type Dependencies, joined, none } from '../values.js'
import type { ClassNode, Expression, FunctionNode, ModuleNode, Pattern, Span, Statement } from './ast.js'
import type { Completion } from './completion.js'
import type { ClassValue, FunctionValue, ListValue, ObjectValue, ProgramValue, UnknownValue } from './program-values.js'
import type { Override, Resource } from './resource.js'
import type { Cell, LoadedModule, Scope } from './scope.js'

/** A call that is running: what is called, and the scope that calls it. */
export interface Frame {
  readonly scope: Scope
  readonly node: FunctionNode | ClassNode | undefined
}

/** The parts of the interpreter that call one another. */
export interface Steps {
  readonly evaluate: (run: Run, scope: Scope, node: Expression) => ProgramValue
  readonly execute: (run: Run, scope: Scope, body: readonly Statement[]) => Completion
  readonly bind: (run: Run, scope: Scope, pattern: Pattern, value: ProgramValue, how: 'declare' | 'assign') => void
  readonly invoke: (run: Run, callee: ProgramValue, args: readonly ProgramValue[], at: CallSite) => ProgramValue
  readonly construct: (run: Run, callee: ProgramValue, args: readonly ProgramValue[], at: CallSite) => ProgramValue
  readonly load: (run: Run, file: string) => LoadedModule | undefined
}

/** Where a call stands, and which of several calls from the same place it is. */
export interface CallSite {
  readonly scope: Scope
  readonly span: Span
  readonly ordinal: number
  readonly index?: number | string
  readonly self?: ProgramValue
  /** What is done between binding the parameters and running the body. */
  readonly prepare?: () => void
}

/** Values before a branch, by owner and key, so that it can be taken back. */
export type Journal = Map<object, Map<string, { readonly before: ProgramValue | undefined; readonly slot: Slot }>>

/** A place that can be written to. */
export interface Slot {
  readonly read: () => ProgramValue | undefined
  readonly write: (value: ProgramValue | undefined) => void
}

/** One execution of the program: everything it has defined, and how much it may still do. */
export interface Run {
  readonly files: FileSet
  readonly syntax: Syntax
  readonly context: EditContext
  readonly steps: Steps
  /** The same program with what is known of another deployment. */
  readonly repeat: (context: EditContext) => Run
  readonly parsed: Map<string, ModuleNode | SyntaxFault>
  readonly modules: Map<string, LoadedModule>
  readonly faults: Map<string, SyntaxFault>
  readonly resources: Resource[]
  readonly overrides: Override[]
  readonly declared: (FunctionValue | ClassValue)[]
  readonly instances: Map<ClassNode, ObjectValue>
  readonly invoked: Set<FunctionNode | ClassNode>
  readonly budget: { left: number }
  readonly state: { frames: readonly Frame[]; trace: string; control: Dependencies; journal: Journal | undefined }
}

const stepsAllowed = 300_000

/** A new execution; parsed modules may be handed on from another one over the same files. */
export function createRun(
  base: Pick<Run, 'files' | 'syntax' | 'context' | 'steps' | 'repeat'> & Partial<Pick<Run, 'parsed'>>,
): Run {
  return {
    files: base.files,
    syntax: base.syntax,
    context: base.context,
    steps: base.steps,
    repeat: base.repeat,
    parsed: base.parsed ?? new Map(),
    modules: new Map(),
    faults: new Map(),
    resources: [],
    overrides: [],
    declared: [],
    instances: new Map(),
    invoked: new Set(),
    budget: { left: stepsAllowed },
    state: { frames: [], trace: '', control: none, journal: undefined },
  }
}

/** Does something with more deciding about it; what it defines and assigns depends on that. */
export function under<T>(run: Run, control: Dependencies, act: () => T): T {
  if (control.size === 0) return act()
  const before = run.state.control
  run.state.control = joined([before, control])
  try {
    return act()
  } finally {
    run.state.control = before
  }
}

/** Writes to a slot, noting what was there while a branch is open. */
export function write(run: Run, owner: object, key: string, slot: Slot, value: ProgramValue | undefined): void {
  const { journal } = run.state
  if (journal !== undefined) {
    const own = journal.get(owner) ?? new Map<string, { before: ProgramValue | undefined; slot: Slot }>()
    if (!own.has(key)) own.set(key, { before: slot.read(), slot })
    journal.set(owner, own)
  }
  slot.write(value)
}

/** Sets a variable. */
export function setCell(run: Run, cell: Cell, value: ProgramValue): void {
  const slot = {
    read: () => cell.value,
    write: (next: ProgramValue | undefined) => {
      cell.value = next
    },
  }
  write(run, cell, '', slot, value)
}

/** Sets an object's entry; undefined takes it away. */
export function setEntry(run: Run, object: ObjectValue, key: string, value: ProgramValue | undefined): void {
  const slot = {
    read: () => object.entries.get(key),
    write: (next: ProgramValue | undefined) => {
      if (next === undefined) object.entries.delete(key)
      else object.entries.set(key, next)
    },
  }
  write(run, object.entries, key, slot, value)
}

/** Says that an object may have other entries now. */
export function openObject(run: Run, object: ObjectValue, rest: UnknownValue): void {
  const slot = {
    read: () => object.rest,
    write: (next: ProgramValue | undefined) => {
      object.rest = next?.kind === 'unknown' ? next : undefined
    },
  }
  write(run, object.entries, '*rest', slot, rest)
}

/** Replaces a list's items. */
export function setItems(run: Run, list: ListValue, items: readonly ProgramValue[], rest: UnknownValue | undefined) {
  const hold = (): ListValue => ({ ...list, items: [...list.items] })
  const slot = {
    read: hold,
    write: (next: ProgramValue | undefined) => {
      list.items.splice(0, list.items.length, ...(next?.kind === 'list' ? next.items : []))
      list.rest = next?.kind === 'list' ? next.rest : next?.kind === 'unknown' ? next : undefined
    },
  }
  write(run, list.items, '', slot, { ...list, items: [...items], rest })
}
