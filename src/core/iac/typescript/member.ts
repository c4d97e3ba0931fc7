import type { Place } from '../place.js'
import { joined } from '../values.js'
import { environmentKey, givenVariable, informed } from './context.js'
import {
  allDependencies,
  type ClassValue,
  dependent,
  type ForeignValue,
  listOf,
  nothing,
  type ObjectValue,
  type ProgramValue,
  placesOf,
  plain,
  type UnknownValue,
  unknownValue,
} from './program-values.js'
import type { CallSite, Run } from './run.js'

/** What an object is worth under a key. */
export function memberOf(run: Run, target: ProgramValue, key: ProgramValue, at: CallSite, place: Place): ProgramValue {
  if (key.kind === 'scalar' && (typeof key.scalar === 'string' || typeof key.scalar === 'number')) {
    return dependent(named(run, target, String(key.scalar), at, place), key.dependencies)
  }
  if (key.kind === 'unknown' && target.kind === 'object' && target.resource === undefined) {
    const known = environmentKey(run, key, [...target.entries.keys()])
    if (known !== undefined) return dependent(named(run, target, known, at, place), key.dependencies)
  }
  const reason =
    key.kind === 'unknown' ? (target.kind === 'unknown' ? target.reason : 'several-candidates') : 'computed'
  const dependencies = joined([allDependencies(target), allDependencies(key)])
  return unknownValue(reason, [place, ...placesOf(target)], dependencies)
}

function named(run: Run, target: ProgramValue, name: string, at: CallSite, place: Place): ProgramValue {
  switch (target.kind) {
    case 'object':
      return ofObject(run, target, name, at, place)
    case 'list':
      return dependent(ofList(target.items, target.rest, name, target), target.dependencies)
    case 'scalar':
      return ofScalar(target.scalar, name, target, place)
    case 'class':
      return ofClass(run, target, name, at, place)
    case 'foreign':
      return ofForeign(run, target, name, place)
    case 'unknown':
      return informed(run, ofUnknown(target, name, place))
    default:
      return { kind: 'native', name, self: target }
  }
}

function ofObject(run: Run, target: ObjectValue, name: string, at: CallSite, place: Place): ProgramValue {
  const own = target.entries.get(name)
  if (own !== undefined) return dependent(own, target.dependencies)
  const inherited = ofInstance(run, target, name, at)
  if (inherited !== undefined) return inherited
  if (target.resource !== undefined) {
    const { resource } = target
    return {
      ...unknownValue(
        resource.words.some(comesFromOutside) || resource.words.at(-1) === 'CfnParameter'
          ? 'external-value'
          : 'computed',
        [place],
        allDependencies(target),
      ),
      from: { resource, path: [name] },
    }
  }
  if (target.rest !== undefined) return informed(run, ofUnknown(target.rest, name, place))
  if (target.instanceOf !== undefined && baseIsForeign(target.instanceOf)) return unknownValue('computed', [place])
  return objectMethods.has(name) ? { kind: 'native', name, self: target } : nothing
}

const objectMethods = new Set(['hasOwnProperty', 'toString', 'apply'])

/** True for words of a library that read from outside: `fromLookup`, `valueFromLookup`, `getAmi`, `requireOutput`. */
export function comesFromOutside(word: string): boolean {
  return /^(from[A-Z]|lookup|value(From|For)[A-Z]|get[A-Z]|require|fetch)/.test(word)
}

function baseIsForeign(owner: ClassValue): boolean {
  if (owner.base === undefined) return false
  return owner.base.kind !== 'class' || baseIsForeign(owner.base)
}

function ofInstance(run: Run, target: ObjectValue, name: string, at: CallSite): ProgramValue | undefined {
  for (
    let owner = target.instanceOf;
    owner !== undefined;
    owner = owner.base?.kind === 'class' ? owner.base : undefined
  ) {
    const method = owner.methods.get(name)
    if (method === undefined) continue
    const value = { kind: 'function', node: method.node, scope: owner.scope, self: target, home: owner } as const
    return method.kind === 'getter' ? run.steps.invoke(run, value, [], { ...at, index: name }) : value
  }
  return undefined
}

function ofList(
  items: readonly ProgramValue[],
  rest: UnknownValue | undefined,
  name: string,
  self: ProgramValue,
): ProgramValue {
  if (/^\d{1,6}$/.test(name)) return items[Number(name)] ?? rest ?? nothing
  if (name !== 'length') return { kind: 'native', name, self }
  return rest === undefined ? plain(items.length) : unknownValue(rest.reason, rest.places, rest.dependencies)
}

function ofScalar(scalar: unknown, name: string, self: ProgramValue, place: Place): ProgramValue {
  if (scalar === undefined || scalar === null) return unknownValue('computed', [place])
  if (typeof scalar === 'string' && name === 'length') return plain(scalar.length, allDependencies(self))
  return { kind: 'native', name, self }
}

function ofClass(run: Run, target: ClassValue, name: string, at: CallSite, place: Place): ProgramValue {
  const own = target.statics.entries.get(name)
  if (own !== undefined) return own
  if (name === 'name') return plain(target.node.name ?? '')
  return target.base === undefined ? nothing : named(run, target.base, name, at, place)
}

function ofForeign(run: Run, target: ForeignValue, name: string, place: Place): ProgramValue {
  const path = [...target.path, name]
  if (target.module !== 'global' || path[0] !== 'process') return { ...target, path, place }
  if (path[1] === 'argv') return unknownValue('external-value', [place])
  if (path[1] !== 'env' || path.length < 3) return { ...target, path, place }
  return givenVariable(run, name) ?? { ...unknownValue('external-value', [place]), hint: name }
}

function ofUnknown(target: UnknownValue, name: string, place: Place): UnknownValue {
  const { from, reason, dependencies, places } = target
  const base = unknownValue(reason, [...places, place], dependencies)
  return from === undefined ? { ...base, hint: name } : { ...base, from: { ...from, path: [...from.path, name] } }
}

/** The items of something that is gone through; undefined where they are not known. */
export function itemsOf(value: ProgramValue): {
  readonly items: readonly ProgramValue[]
  readonly rest: UnknownValue | undefined
} {
  if (value.kind === 'list')
    return { items: value.items.map((item) => dependent(item, value.dependencies)), rest: value.rest }
  if (value.kind === 'scalar' && typeof value.scalar === 'string' && value.scalar.length < 200)
    return { items: [...value.scalar].map((one) => plain(one, value.dependencies)), rest: undefined }
  const rest = value.kind === 'unknown' ? value : unknownValue('computed', placesOf(value), allDependencies(value))
  return { items: [], rest: value.kind === 'scalar' ? undefined : rest }
}

/** A list of the same items. */
export function asList(value: ProgramValue): ProgramValue {
  const { items, rest } = itemsOf(value)
  return listOf(items, rest)
}
