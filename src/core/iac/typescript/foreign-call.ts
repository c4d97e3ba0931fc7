import { joined } from '../values.js'
import { contextValue, instanceTypeOf } from './cdk-library.js'
import { defineResource } from './define-resource.js'
import { callGlobal } from './globals.js'
import { requireModule } from './load-module.js'
import { comesFromOutside } from './member.js'
import { visit } from './natives.js'
import { reasonOf } from './operators.js'
import {
  allDependencies,
  type ForeignValue,
  markOf,
  nothing,
  type ProgramValue,
  unknownValue,
} from './program-values.js'
import { pulumiConfig, pulumiFunction } from './pulumi-library.js'
import { readData } from './read-data.js'
import type { Resource } from './resource.js'
import type { CallSite, Run } from './run.js'

/** How something outside the repository is called: on what, by which name. */
export interface ForeignCall {
  readonly owner: ProgramValue
  readonly method: string | undefined
  readonly isNew?: boolean
}

/**
 * Calls something that is not in the repository. What it is given is used by it; what it returns is not known, but for
 * the few functions that are understood. Functions handed to it are called once.
 */
export function callForeign(
  run: Run,
  target: ProgramValue,
  args: readonly ProgramValue[],
  site: CallSite,
  call: ForeignCall,
): ProgramValue {
  const known = understood(run, target, args, site, call)
  if (known !== undefined) return known
  if (
    call.method === 'addPropertyOverride' ||
    call.method === 'addOverride' ||
    call.method === 'addDeletionOverride' ||
    call.method === 'addPropertyDeletionOverride'
  )
    noteOverridePath(run, call.owner, args[0], site)
  const made = defineResource(run, target, args, site, call)
  const { resource } = made
  visit(run, args, unknownValue(reasonOf(call.owner), [], joined([call.owner, ...args].map(allDependencies))), site)
  for (const arg of args) visitInside(run, arg, site)
  return call.isNew || resource === undefined ? made : answerOf(resource)
}

/** What a function outside the repository returns: perhaps a resource, perhaps a value that only it knows. */
function answerOf(resource: Resource): ProgramValue {
  const outside = resource.words.some(comesFromOutside)
  return {
    ...unknownValue(outside ? 'external-value' : 'computed', [resource.place], new Set([markOf(resource)])),
    from: { resource, path: [] },
  }
}

/** Functions in an object that is handed over are called by whoever gets it. */
function visitInside(run: Run, arg: ProgramValue, site: CallSite): void {
  if (arg.kind !== 'object' || arg.resource !== undefined) return
  const inside = [...arg.entries.values()].filter((entry) => entry.kind === 'function')
  if (inside.length > 0) visit(run, inside, unknownValue('computed', []), site)
}

function understood(
  run: Run,
  target: ProgramValue,
  args: readonly ProgramValue[],
  site: CallSite,
  call: ForeignCall,
): ProgramValue | undefined {
  const { owner, method } = call
  if (method === 'tryGetContext' || method === 'getContext') return contextValue(run, args[0] ?? nothing, site)
  if (
    owner.kind === 'object' &&
    owner.resource?.words.at(-1) === 'Config' &&
    owner.resource.module === '@pulumi/pulumi' &&
    method !== undefined
  )
    return pulumiConfig(run, owner.resource, method, args, site)
  if (owner.kind === 'scalar' && owner.scalar !== null && owner.scalar !== undefined && target.kind === 'scalar')
    return undefined
  if (method === 'toString' && owner.kind === 'unknown' && owner.textOf !== undefined) return owner
  if (target.kind !== 'foreign') return undefined
  const data = readData(run, target, args, site)
  if (data !== undefined) return data
  if (target.module === 'global') return ofLanguage(run, target, args, site, call)
  const word = target.path.at(-1)
  if (word === 'InstanceType' && call.isNew) return args[0] ?? nothing
  if (word === 'of' && target.path.at(-2) === 'InstanceType')
    return instanceTypeOf(args[0] ?? nothing, args[1] ?? nothing)
  return target.module === '@pulumi/pulumi' ? pulumiFunction(run, target.path, args, site) : undefined
}

function ofLanguage(run: Run, target: ForeignValue, args: readonly ProgramValue[], site: CallSite, call: ForeignCall) {
  const [word] = target.path
  if (word === 'require' && args[0]?.kind === 'scalar') return requireModule(run, String(args[0].scalar), site)
  if (call.isNew && (word === 'Map' || word === 'Set' || word === 'Date' || word === 'Error'))
    return unknownValue('computed', [{ file: site.scope.file, ...site.span }], joined(args.map(allDependencies)))
  return callGlobal(run, target.path, args)
}

/** `addPropertyOverride('MinSize', …)` on a resource, or on what may be one. */
function noteOverridePath(run: Run, owner: ProgramValue, path: ProgramValue | undefined, site: CallSite): void {
  const resource =
    owner.kind === 'object' ? owner.resource : owner.kind === 'unknown' ? owner.from?.resource : undefined
  const text = path?.kind === 'scalar' ? String(path.scalar) : '*'
  run.overrides.push({ resource, path: text, place: { file: site.scope.file, ...site.span } })
}
