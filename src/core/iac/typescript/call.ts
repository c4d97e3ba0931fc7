import type { CallNode, Expression, FunctionNode } from './ast.js'
import { constructSuper, instantiate, superMethod } from './classes.js'
import { returned } from './completion.js'
import { callForeign } from './foreign-call.js'
import { memberOf } from './member.js'
import { merge } from './merge.js'
import { callNative } from './natives.js'
import { nullish } from './operators.js'
import {
  allDependencies,
  type FunctionValue,
  listOf,
  nothing,
  type ProgramValue,
  plain,
  unknownValue,
} from './program-values.js'
import { type CallSite, type Run, setEntry } from './run.js'
import { createScope, homeOf, type Scope, selfOf } from './scope.js'
import { spreadArguments } from './spread-arguments.js'

/** What a call is worth, with all that it does. */
export function evaluateCall(run: Run, scope: Scope, node: CallNode): ProgramValue {
  const { callee } = node
  const site: CallSite = { scope, span: node, ordinal: node.ordinal }
  if (callee.kind === 'super') return callSuper(run, scope, node, site)
  if (callee.kind !== 'member') {
    const target = run.steps.evaluate(run, scope, callee)
    if (node.optional && nullish(target) === true) return nothing
    const args = spreadArguments(run, scope, node.items)
    return node.isNew ? construct(run, target, args, site) : run.steps.invoke(run, target, args, site)
  }
  const owner = callee.object.kind === 'super' ? selfOf(scope)?.value : run.steps.evaluate(run, scope, callee.object)
  if (callee.optional && owner !== undefined && nullish(owner) === true) return nothing
  const name =
    callee.property.kind === 'literal' ? plain(callee.property.value) : run.steps.evaluate(run, scope, callee.property)
  const target = methodOf(run, scope, callee.object, owner ?? nothing, name, site)
  if (node.optional && nullish(target) === true) return nothing
  const args = spreadArguments(run, scope, node.items)
  if (node.isNew) return construct(run, target, args, site)
  const method = name.kind === 'scalar' ? String(name.scalar) : undefined
  if (target.kind === 'unknown' || target.kind === 'foreign' || (target.kind === 'scalar' && method !== undefined))
    return callForeign(run, target, args, site, { owner: owner ?? nothing, method })
  return run.steps.invoke(run, target, args, { ...site, self: owner ?? nothing })
}

function methodOf(run: Run, scope: Scope, object: Expression, owner: ProgramValue, name: ProgramValue, site: CallSite) {
  const home = homeOf(scope)
  if (object.kind === 'super' && home?.kind === 'class' && name.kind === 'scalar')
    return superMethod(run, home, owner, String(name.scalar), site)
  return memberOf(run, owner, name, site, { file: scope.file, start: site.span.start, end: site.span.end })
}

function callSuper(run: Run, scope: Scope, node: CallNode, site: CallSite): ProgramValue {
  const [home, self] = [homeOf(scope), selfOf(scope)?.value]
  const args = spreadArguments(run, scope, node.items)
  return home?.kind === 'class' && self?.kind === 'object' ? constructSuper(run, home, self, args, site) : nothing
}

/** What `new` makes. */
export function construct(run: Run, target: ProgramValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  if (target.kind !== 'class')
    return callForeign(run, target, args, site, { owner: nothing, method: undefined, isNew: true })
  return framed(run, site, target.node, () => instantiate(run, target, args, site))
}

/** What a function returns for arguments. */
export function invoke(run: Run, target: ProgramValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  if (target.kind === 'function') return callFunction(run, target, args, site)
  if (target.kind === 'native') return callNative(run, target, args, site)
  return callForeign(run, target, args, site, { owner: nothing, method: undefined })
}

const framesAllowed = 60
const repeatsAllowed = 6

function callFunction(run: Run, target: FunctionValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  const { node } = target
  const { frames } = run.state
  run.invoked.add(node)
  const place = { file: target.scope.file, start: node.start, end: node.start }
  const again = frames.filter((frame) => frame.node === node).length
  if (frames.length > framesAllowed || again > repeatsAllowed || run.budget.left < 0)
    return unknownValue('computed', [place], allDependencies(listOf(args)))
  const scope = createScope(
    target.scope.file,
    target.scope,
    node.arrow && target.self === undefined ? undefined : { value: target.self ?? site.self ?? nothing },
    target.home,
  )
  return framed(run, site, node, () => {
    bindParameters(run, scope, node, args)
    site.prepare?.()
    const completion = run.steps.execute(run, scope, node.body)
    if (node.generator || completion.kind === 'throw')
      return unknownValue('computed', [place], allDependencies(listOf(args)))
    return merge(
      returned(completion).map((value) => value ?? nothing),
      completion.kind === 'maybe' ? run.state.control : new Set(),
    )
  })
}

function bindParameters(run: Run, scope: Scope, node: FunctionNode, args: readonly ProgramValue[]): void {
  for (const [at, { pattern, rest, property }] of node.parameters.entries()) {
    const value = rest ? listOf(args.slice(at)) : (args[at] ?? nothing)
    run.steps.bind(run, scope, pattern, value, 'declare')
    const self = scope.self?.value
    const cell = property === undefined ? undefined : scope.cells.get(property)
    if (property !== undefined && cell?.value !== undefined && self?.kind === 'object')
      setEntry(run, self, property, cell.value)
  }
}

function framed<T>(run: Run, site: CallSite, node: CallFrameNode, act: () => T): T {
  const { frames, trace } = run.state
  const index = site.index === undefined ? '' : `[${site.index}]`
  run.state.frames = [...frames, { scope: site.scope, node }]
  run.state.trace = `${trace}>${site.scope.file}#${site.ordinal}${index}`
  const made = act()
  run.state.frames = frames
  run.state.trace = trace
  return made
}

type CallFrameNode = Run['state']['frames'][number]['node']
