import { type Dependencies, joined, none } from '../values.js'
import type { LoopStatement, Statement, TryStatement } from './ast.js'
import { classValue } from './classes.js'
import { type Abrupt, type Completion, on, oneOf } from './completion.js'
import { itemsOf } from './member.js'
import { branch } from './merge.js'
import { exportNames } from './module-exports.js'
import { equal, truthOf } from './operators.js'
import { allDependencies, dependent, nothing, type ProgramValue, plain, unknownValue } from './program-values.js'
import { type Run, under } from './run.js'
import { createScope, placeAt, type Scope } from './scope.js'

/** Runs statements in a scope; functions are known from the start of their block. */
export function execute(run: Run, scope: Scope, body: readonly Statement[]): Completion {
  for (const statement of body) {
    const hoisted = statement.kind === 'export' ? statement.declaration : statement
    if (hoisted?.kind !== 'function') continue
    const value = { kind: 'function', node: hoisted.value, scope, self: undefined, home: undefined } as const
    scope.cells.set(hoisted.name, { value })
    run.declared.push(value)
  }
  return from(run, scope, body, 0)
}

function from(run: Run, scope: Scope, body: readonly Statement[], start: number): Completion {
  for (let at = start; at < body.length; at += 1) {
    const statement = body[at]
    if (statement === undefined || run.budget.left < 0) break
    const completion = step(run, scope, statement)
    if (completion.kind === 'on') continue
    if (completion.kind !== 'maybe' || !completion.goesOn) return completion
    const rest = perhaps(run, controlOf(completion.ways), () => from(run, scope, body, at + 1))
    return oneOf([{ ...completion, goesOn: false }, rest])
  }
  return on
}

/** Runs what may already have been left: what it assigns is uncertain, how it ends is not. */
function perhaps(run: Run, control: Dependencies, act: () => Completion): Completion {
  let ended: Completion = on
  const way = () => {
    ended = act()
    return ended
  }
  branch(run, control, [way, () => on])
  return ended
}

function controlOf(ways: readonly Abrupt[]): Dependencies {
  return joined(ways.map((way) => ('control' in way ? way.control : none)))
}

function step(run: Run, scope: Scope, statement: Statement): Completion {
  switch (statement.kind) {
    case 'declare':
      for (const { pattern, value } of statement.items)
        run.steps.bind(
          run,
          scope,
          pattern,
          value === undefined ? nothing : run.steps.evaluate(run, scope, value),
          'declare',
        )
      return on
    case 'class':
      run.steps.bind(
        run,
        scope,
        { kind: 'bind', name: statement.name, start: 0, end: 0 },
        classValue(run, scope, statement.value),
        'declare',
      )
      return on
    case 'do':
      run.steps.evaluate(run, scope, statement.value)
      return on
    case 'return': {
      const value = statement.value === undefined ? nothing : run.steps.evaluate(run, scope, statement.value)
      return { kind: 'return', value: dependent(value, run.state.control), control: run.state.control }
    }
    case 'throw':
      run.steps.evaluate(run, scope, statement.value)
      return { kind: 'throw' }
    case 'leave':
      return { kind: statement.how, label: statement.label, control: run.state.control }
    case 'block':
      return labelled(run.steps.execute(run, createScope(scope.file, scope), statement.body), statement.label)
    case 'if':
      return choose(run, scope, statement)
    case 'each':
      return each(run, scope, statement)
    case 'loop':
      return loop(run, createScope(scope.file, scope), statement)
    case 'try':
      return attempt(run, scope, statement)
    case 'switch':
      return select(run, scope, statement)
    case 'export':
      return exportNames(run, scope, statement, (inner) => step(run, scope, inner))
    default:
      return on
  }
}

function labelled(completion: Completion, label: string | undefined): Completion {
  return label !== undefined && completion.kind === 'break' && completion.label === label ? on : completion
}

function one(run: Run, scope: Scope, statement: Statement | undefined): Completion {
  return statement === undefined ? on : run.steps.execute(run, createScope(scope.file, scope), [statement])
}

function choose(run: Run, scope: Scope, { test, yes, no }: Statement & { readonly kind: 'if' }): Completion {
  const value = run.steps.evaluate(run, scope, test)
  const truth = truthOf(value)
  const control = allDependencies(value)
  if (truth !== undefined) return notThrown(under(run, control, () => one(run, scope, truth ? yes : no)))
  return branch(run, control, [() => one(run, scope, yes), () => one(run, scope, no)])
}

/** The program that is deployed ran to its end: a guard that would stop it does so for want of what is not known here. */
function notThrown(completion: Completion): Completion {
  return completion.kind === 'throw' ? on : completion
}

/** Goes on with what is left of a loop; a loop that may have been left goes on in a branch. */
function goThrough(run: Run, count: number, turn: (at: number) => Completion, start = 0): Completion {
  for (let at = start; at < count && run.budget.left >= 0; at += 1) {
    const completion = traced(run, at, () => turn(at))
    if (completion.kind === 'break' && completion.label === undefined) return on
    if (completion.kind === 'continue' || completion.kind === 'on') continue
    if (completion.kind !== 'maybe') return completion
    const leaves = completion.ways.filter((way) => way.kind === 'return' || way.kind === 'break')
    if (leaves.length === 0) continue
    const rest = perhaps(run, controlOf(leaves), () => goThrough(run, count, turn, at + 1))
    return oneOf([rest, ...completion.ways.filter((way) => way.kind === 'return'), on])
  }
  return on
}

function traced<T>(run: Run, at: number | string, act: () => T): T {
  const before = run.state.trace
  run.state.trace = `${before}[${at}]`
  const made = act()
  run.state.trace = before
  return made
}

function each(
  run: Run,
  scope: Scope,
  { over, pattern, list, body }: Statement & { readonly kind: 'each' },
): Completion {
  const value = run.steps.evaluate(run, scope, list)
  const keys =
    value.kind === 'object' && over === 'keys' ? [...value.entries.keys()].map((key) => plain(key)) : undefined
  const { items, rest } = keys === undefined ? itemsOf(value) : { items: keys, rest: undefined }
  const turn = (item: ProgramValue) => {
    const inner = createScope(scope.file, scope)
    run.steps.bind(run, inner, pattern, item, 'declare')
    return one(run, inner, body)
  }
  const done = goThrough(run, items.length, (at) => turn(items[at] ?? nothing))
  if (rest === undefined || done.kind === 'return') return done
  const more = unknownValue(rest.reason, rest.places, rest.dependencies)
  return oneOf([done, traced(run, '?', () => branch(run, rest.dependencies, [() => swallowed(turn(more)), () => on]))])
}

/** A loop's own leaving is no leaving of what is around it. */
function swallowed(completion: Completion): Completion {
  if (completion.kind === 'break' || completion.kind === 'continue') return on
  if (completion.kind !== 'maybe') return completion
  const ways = completion.ways.filter((way) => way.kind === 'return' || way.kind === 'throw')
  return ways.length === 0 ? on : { kind: 'maybe', ways, goesOn: true }
}

const turnsAllowed = 300

function loop(run: Run, scope: Scope, { start, test, step: next, body, atLeastOnce }: LoopStatement): Completion {
  step(run, scope, start)
  for (let at = 0; at < turnsAllowed && run.budget.left >= 0; at += 1) {
    const value = test === undefined || (atLeastOnce && at === 0) ? plain(true) : run.steps.evaluate(run, scope, test)
    const truth = truthOf(value)
    const control = allDependencies(value)
    if (truth === false) return on
    if (truth === undefined)
      return branch(run, control, [() => traced(run, '?', () => swallowed(one(run, scope, body))), () => on])
    const completion = under(run, control, () => traced(run, at, () => one(run, scope, body)))
    if (completion.kind === 'break') return on
    if (completion.kind === 'return' || completion.kind === 'throw') return completion
    if (completion.kind === 'maybe') return swallowed({ ...completion, goesOn: true })
    if (next !== undefined) under(run, control, () => run.steps.evaluate(run, scope, next))
  }
  return on
}

function attempt(run: Run, scope: Scope, { body, parameter, handler, last }: TryStatement): Completion {
  const tried = one(run, scope, body)
  const inner = createScope(scope.file, scope)
  if (parameter !== undefined) run.steps.bind(run, inner, parameter, unknownValue('computed', []), 'declare')
  const caught =
    handler === undefined
      ? tried
      : tried.kind === 'throw'
        ? one(run, inner, handler)
        : oneOf([tried, branch(run, new Set(), [() => one(run, inner, handler), () => on])])
  const end = one(run, scope, last)
  return end.kind === 'on' ? (tried.kind === 'return' ? tried : caught) : end
}

function select(
  run: Run,
  scope: Scope,
  { value: subject, cases }: Statement & { readonly kind: 'switch' },
): Completion {
  const value = run.steps.evaluate(run, scope, subject)
  const inner = createScope(scope.file, scope)
  const control = allDependencies(value)
  const possible: number[] = []
  for (const [at, { test }] of cases.entries()) {
    if (test === undefined) continue
    const same = equal(run, value, run.steps.evaluate(run, scope, test))
    if (same === false) continue
    possible.push(at)
    if (same === true) break
  }
  const fallback = cases.findIndex((one) => one.test === undefined)
  const [first, more] = possible
  const certain =
    first !== undefined && more === undefined && equal(run, value, testAt(run, scope, cases[first]?.test)) === true
  const ways = (certain ? possible : [...possible, fallback]).map((at) => () => {
    const end =
      at < 0
        ? on
        : run.steps.execute(
            run,
            inner,
            cases.slice(at).flatMap((one) => one.body),
          )
    return end.kind === 'break' && end.label === undefined ? on : end.kind === 'maybe' ? keepingReturns(end) : end
  })
  const [only, second] = ways
  if (only !== undefined && second === undefined) return under(run, control, only)
  return branch(run, control, ways)
}

function keepingReturns(end: Completion & { readonly kind: 'maybe' }): Completion {
  const ways = end.ways.filter((way) => way.kind !== 'break')
  if (ways.length === 0) return on
  return { kind: 'maybe', ways, goesOn: end.goesOn || ways.length < end.ways.length }
}

function testAt(run: Run, scope: Scope, test: Parameters<Run['steps']['evaluate']>[2] | undefined): ProgramValue {
  return test === undefined
    ? unknownValue('computed', [placeAt(scope, { start: 0, end: 0 })])
    : run.steps.evaluate(run, scope, test)
}
