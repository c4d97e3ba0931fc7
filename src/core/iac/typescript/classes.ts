import type { ClassMember, ClassNode } from './ast.js'
import { defineResource } from './define-resource.js'
import { memberOf } from './member.js'
import {
  type ClassMethod,
  type ClassValue,
  type FunctionValue,
  nothing,
  type ObjectValue,
  objectOf,
  type ProgramValue,
  plain,
} from './program-values.js'
import { type CallSite, type Run, setEntry } from './run.js'
import { createScope, type Scope } from './scope.js'

/** A class as a value; its static parts are evaluated at once. */
export function classValue(run: Run, scope: Scope, node: ClassNode): ClassValue {
  const base = node.base === undefined ? undefined : run.steps.evaluate(run, scope, node.base)
  const methods = new Map<string, ClassMethod>()
  const statics = objectOf()
  const inner = createScope(scope.file, scope)
  const value: ClassValue = { kind: 'class', node, scope: inner, base, statics, methods }
  if (node.name !== undefined) inner.cells.set(node.name, { value })
  const own = createScope(scope.file, inner, { value }, value)
  for (const member of node.members) {
    const name = nameOf(run, inner, member)
    if (name === undefined) continue
    if (member.isStatic) addStatic(run, own, statics, name, member)
    else if (member.value?.kind === 'function' && (member.kind === 'method' || member.kind === 'getter'))
      methods.set(name, { kind: member.kind, node: member.value })
  }
  run.declared.push(value)
  return value
}

function nameOf(run: Run, scope: Scope, member: ClassMember): string | undefined {
  if (member.kind === 'block') return ''
  const key = member.key.kind === 'literal' ? plain(member.key.value) : run.steps.evaluate(run, scope, member.key)
  return key.kind === 'scalar' ? String(key.scalar) : undefined
}

function addStatic(run: Run, scope: Scope, statics: ObjectValue, name: string, { kind, value }: ClassMember): void {
  if (value === undefined) return
  if (kind === 'block' && value.kind === 'function') {
    run.steps.execute(run, createScope(scope.file, scope), value.body)
    return
  }
  if (kind === 'property') setEntry(run, statics, name, run.steps.evaluate(run, scope, value))
  if (kind === 'property' || value.kind !== 'function') return
  const self = scope.self?.value
  const method: FunctionValue = { kind: 'function', node: value, scope, self, home: undefined }
  run.declared.push(method)
  setEntry(
    run,
    statics,
    name,
    kind === 'getter' ? run.steps.invoke(run, method, [], { scope, span: value, ordinal: value.start }) : method,
  )
}

/** A new instance of a class, its constructors run from the most general to its own. */
export function instantiate(run: Run, owner: ClassValue, args: readonly ProgramValue[], at: CallSite): ProgramValue {
  const instance: ObjectValue = { ...objectOf(), instanceOf: owner }
  run.instances.set(owner.node, instance)
  construct(run, owner, instance, args, at)
  return instance
}

/** Runs a class's constructor on an instance. */
function construct(
  run: Run,
  owner: ClassValue,
  instance: ObjectValue,
  args: readonly ProgramValue[],
  at: CallSite,
): void {
  run.invoked.add(owner.node)
  const own = owner.node.members.find((member) => member.kind === 'constructor')?.value
  if (own?.kind !== 'function') {
    if (owner.base !== undefined) constructBase(run, owner, instance, args, at)
    initialise(run, owner, instance)
    return
  }
  const prepare = owner.base === undefined ? () => initialise(run, owner, instance) : undefined
  const method: FunctionValue = { kind: 'function', node: own, scope: owner.scope, self: instance, home: owner }
  run.steps.invoke(run, method, args, prepare === undefined ? at : { ...at, prepare })
}

/** What `super(…)` does: the base's constructor, then this class's own properties. */
export function constructSuper(
  run: Run,
  owner: ClassValue,
  instance: ObjectValue,
  args: readonly ProgramValue[],
  at: CallSite,
): ProgramValue {
  constructBase(run, owner, instance, args, at)
  initialise(run, owner, instance)
  return nothing
}

function constructBase(
  run: Run,
  owner: ClassValue,
  instance: ObjectValue,
  args: readonly ProgramValue[],
  at: CallSite,
): void {
  const { base } = owner
  if (base?.kind === 'class') construct(run, base, instance, args, { ...at, index: 'super' })
  else instance.resource = defineResource(run, base ?? nothing, args, { ...at, index: 'super' }).resource
}

function initialise(run: Run, owner: ClassValue, instance: ObjectValue): void {
  const scope = createScope(owner.scope.file, owner.scope, { value: instance }, owner)
  for (const member of owner.node.members) {
    if (member.isStatic || member.kind !== 'property' || member.value === undefined) continue
    const name = nameOf(run, owner.scope, member)
    if (name !== undefined) setEntry(run, instance, name, run.steps.evaluate(run, scope, member.value))
  }
}

/** A method of the base class, called through `super`. */
export function superMethod(
  run: Run,
  owner: ClassValue,
  instance: ProgramValue,
  name: string,
  at: CallSite,
): ProgramValue {
  if (owner.base?.kind !== 'class')
    return memberOf(run, owner.base ?? nothing, plain(name), at, { file: at.scope.file, ...at.span })
  for (let base: ProgramValue | undefined = owner.base; base?.kind === 'class'; base = base.base) {
    const method = base.methods.get(name)
    if (method !== undefined)
      return { kind: 'function', node: method.node, scope: base.scope, self: instance, home: base }
  }
  return nothing
}
