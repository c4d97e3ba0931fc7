import type { CodeScalar } from '../../model/code.js'
import type { ForeignCall } from './foreign-call.js'
import {
  listOf,
  type ObjectValue,
  objectOf,
  type ProgramValue,
  partsOf,
  snapshot,
  type UnknownValue,
} from './program-values.js'
import type { Resource } from './resource.js'
import type { CallSite, Run } from './run.js'
import type { Scope } from './scope.js'

/** Bases that keep nothing of what a subclass is given but these. */
const containers: Readonly<Record<string, readonly string[]>> = {
  Construct: [],
  App: ['context', 'postCliContext', 'outdir'],
  Stage: ['env', 'stageName', 'outdir'],
  Stack: ['env', 'stackName', 'description', 'tags', 'terminationProtection', 'synthesizer', 'crossRegionReferences'],
  NestedStack: ['parameters', 'timeout', 'description', 'notificationArns'],
  ComponentResource: [],
}

/** Notes a call into a library and gives the object that stands for what it makes. */
export function defineResource(
  run: Run,
  target: ProgramValue,
  args: readonly ProgramValue[],
  site: CallSite,
  call?: ForeignCall,
): ObjectValue {
  const resource = resourceOf(run, target, args, site, call)
  run.budget.left -= resource.parts.length
  run.resources.push(resource)
  return { ...objectOf(), resource }
}

function resourceOf(
  run: Run,
  target: ProgramValue,
  args: readonly ProgramValue[],
  site: CallSite,
  call: ForeignCall | undefined,
): Resource {
  const index = site.index === undefined ? '' : `[${site.index}]`
  const receiver =
    call?.owner.kind === 'object'
      ? call.owner.resource
      : call?.owner.kind === 'unknown'
        ? call.owner.from?.resource
        : undefined
  const words = target.kind === 'foreign' ? target.path : call?.method === undefined ? [] : [call.method]
  const named = naming(args)
  const base = site.index === 'super' ? containers[words.at(-1) ?? ''] : undefined
  return {
    id: `${run.state.trace}>${site.scope.file}#${site.ordinal}${index}`,
    module: target.kind === 'foreign' ? target.module : '',
    words,
    name: named.name,
    args: named.args === undefined ? undefined : snapshot(named.args),
    argument: named.args === undefined ? 0 : args.indexOf(named.args),
    options: named.options,
    nameText: named.name?.kind === 'scalar' || named.name?.kind === 'unknown' ? named.name.written : undefined,
    path: pathOf(named.name, named.scope, receiver),
    receiver,
    place: { file: site.scope.file, ...site.span },
    bindings: bindingsOf(run, site.scope),
    parts: partsOf(listOf(base === undefined ? args : args.map((arg) => only(arg, base)))),
    gate: run.state.control,
  }
}

interface Naming {
  readonly scope: ProgramValue | undefined
  readonly name: ProgramValue | undefined
  readonly args: ProgramValue | undefined
  readonly options: ProgramValue | undefined
}

/** Which argument names it: `(scope, id, props)`, or `(name, args, options)`, which a method's `(id, props)` is too. */
function naming(args: readonly ProgramValue[]): Naming {
  const [first, second, third] = args
  const scoped = { scope: first, name: second, args: third, options: undefined }
  const named = { scope: undefined, name: first, args: second, options: third }
  if (isText(first)) return named
  if (isText(second) || isConstruct(first)) return scoped
  if (first?.kind === 'unknown') return second?.kind === 'unknown' || second === undefined ? scoped : named
  return { scope: undefined, name: undefined, args: first, options: second }
}

function isText(value: ProgramValue | undefined): boolean {
  return value?.kind === 'scalar'
    ? typeof value.scalar === 'string'
    : value?.kind === 'unknown' && value.shape !== undefined
}

function isConstruct(value: ProgramValue | undefined): boolean {
  if (value?.kind === 'unknown') return value.from !== undefined
  return value?.kind === 'object' && (value.resource !== undefined || value.instanceOf !== undefined)
}

function pathOf(
  name: ProgramValue | undefined,
  scope: ProgramValue | undefined,
  receiver: Resource | undefined,
): readonly string[] | undefined {
  const own =
    name?.kind === 'scalar' && typeof name.scalar === 'string' ? [name.scalar] : name === undefined ? [] : undefined
  if (own === undefined) return undefined
  if (scope === undefined)
    return receiver === undefined ? own : receiver.path === undefined ? undefined : [...receiver.path, ...own]
  const around = scope.kind === 'object' ? scope.resource : scope.kind === 'unknown' ? answered(scope) : undefined
  return around?.path === undefined ? undefined : [...around.path, ...own]
}

/** The resource that a call returned. */
function answered({ from }: UnknownValue): Resource | undefined {
  return from !== undefined && from.path.length === 0 ? from.resource : undefined
}

function only(value: ProgramValue, keys: readonly string[]): ProgramValue {
  if (value.kind !== 'object' || value.resource !== undefined) return value
  return objectOf(
    [...value.entries].filter(([key]) => keys.includes(key)),
    undefined,
    value.dependencies,
  )
}

/** The known scalars around a call: variables of the functions that are running, and entries of their objects. */
function bindingsOf(run: Run, here: Scope): ReadonlyMap<string, CodeScalar> {
  const found = new Map<string, CodeScalar>()
  const seen = new Set<Scope>()
  for (const scope of [here, ...run.state.frames.map((frame) => frame.scope).toReversed()])
    for (let at: Scope | undefined = scope; at !== undefined && !seen.has(at); at = at.parent) {
      seen.add(at)
      addCells(found, at)
    }
  return found
}

function addCells(found: Map<string, CodeScalar>, scope: Scope): void {
  for (const [name, { value }] of scope.cells) {
    if (value === undefined) continue
    add(found, name, value)
    if (value.kind !== 'object' || value.resource !== undefined || value.entries.size > 100) continue
    for (const [key, entry] of value.entries) add(found, key, entry)
  }
}

function add(found: Map<string, CodeScalar>, name: string, value: ProgramValue): void {
  if (value.kind === 'scalar' && value.scalar !== null && value.scalar !== undefined && !found.has(name))
    found.set(name, value.scalar)
}
