import type { EditContext, FileSet } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Syntax } from '../syntax.js'
import { none } from '../values.js'
import { bind } from './bind.js'
import { construct, invoke } from './call.js'
import { instantiate } from './classes.js'
import { on } from './completion.js'
import { evaluate } from './evaluate.js'
import { execute } from './execute.js'
import { loadModule } from './load-module.js'
import { branch } from './merge.js'
import { type ClassValue, type FunctionValue, type ProgramValue, partsOf, unknownValue } from './program-values.js'
import { createRun, type Run, type Steps } from './run.js'

const steps: Steps = { evaluate, execute, bind, invoke, construct, load: loadModule }

/** The steps of a program that has none: its resources are declared, not made by calls. */
export const idleSteps = steps

/** What to run: these modules of these files, with what the caller knows. */
export interface ProgramRequest {
  readonly files: FileSet
  readonly syntax: Syntax
  readonly context: EditContext
  readonly roots: readonly string[]
  readonly parsed?: Run['parsed']
}

/**
 * Runs modules and everything they import as far as the code decides it, and afterwards whatever nobody called, with
 * arguments that are not known. The answer holds all that was defined.
 */
export function runProgram({ roots, ...base }: ProgramRequest): Run {
  const repeat = (context: EditContext) => runProgram({ ...base, parsed: run.parsed, roots, context })
  const run: Run = createRun({ ...base, steps, repeat })
  for (const file of roots) loadModule(run, file)
  for (let at = 0; at < run.declared.length && at < 5_000 && run.budget.left >= 0; at += 1) {
    const value = run.declared[at]
    if (value !== undefined) callUncalled(run, value, at)
  }
  return run
}

/** What a function returns to somebody outside is used there. */
function noteReturned(run: Run, value: ProgramValue, id: string, place: Place): void {
  if (value.kind === 'object' && value.instanceOf !== undefined) return
  run.resources.push({
    id: `returned:${place.file}:${id}`,
    module: '',
    words: [],
    name: undefined,
    nameText: undefined,
    path: undefined,
    args: undefined,
    argument: 0,
    options: undefined,
    receiver: undefined,
    place,
    bindings: new Map(),
    parts: partsOf(value),
    gate: none,
  })
}

/** Nobody in the repository calls it: somebody outside may, with anything. */
function callUncalled(run: Run, value: FunctionValue | ClassValue, at: number): void {
  const site = { scope: value.scope, span: value.node, ordinal: value.node.start, index: `uncalled${at}` }
  const place = { file: value.scope.file, start: value.node.start, end: value.node.start }
  const act = (todo: () => ProgramValue) => {
    const way = () => {
      noteReturned(run, todo(), `${site.index}`, place)
      return on
    }
    branch(run, new Set(), [way, () => on])
  }
  if (value.kind === 'function') {
    if (run.invoked.has(value.node)) return
    const args = value.node.parameters.map(() => unknownValue('no-default', [place]))
    act(() => invoke(run, value, args, site))
    return
  }
  if (!run.invoked.has(value.node)) {
    const own = value.node.members.find((member) => member.kind === 'constructor')?.value
    const count = own?.kind === 'function' ? own.parameters.length : 3
    const args = Array.from({ length: count }, () => unknownValue('no-default', [place]))
    act(() => instantiate(run, value, args, site))
  }
  const self = run.instances.get(value.node)
  for (const { node } of value.methods.values()) {
    if (run.invoked.has(node)) continue
    const method: FunctionValue = { kind: 'function', node, scope: value.scope, self, home: value }
    const args = node.parameters.map(() => unknownValue('no-default', [place]))
    act(() => invoke(run, method, args, { ...site, ordinal: node.start }))
  }
}
