import { joined } from '../values.js'
import { itemsOf } from './member.js'
import { merge } from './merge.js'
import { reasonOf } from './operators.js'
import {
  allDependencies,
  dependent,
  listOf,
  nothing,
  type ObjectValue,
  objectOf,
  type ProgramValue,
  placesOf,
  plain,
  unknownValue,
} from './program-values.js'
import { type Run, setEntry } from './run.js'

type Global = (run: Run, args: readonly ProgramValue[]) => ProgramValue | undefined

/** Functions of the language that are followed, by their path. */
const globals: Readonly<Record<string, Global>> = {
  Number: (_, [value = plain(0)]) => asNumber(value),
  parseInt: (_, [value = nothing]) => asNumber(value),
  parseFloat: (_, [value = nothing]) => asNumber(value),
  'Number.parseInt': (_, [value = nothing]) => asNumber(value),
  'Number.parseFloat': (_, [value = nothing]) => asNumber(value),
  String: (_, [value = plain('')]) => asText(value),
  Boolean: (_, [value = nothing]) =>
    value.kind === 'unknown' ? value : plain(value.kind !== 'scalar' || Boolean(value.scalar), allDependencies(value)),
  'Object.freeze': (_, [value = nothing]) => value,
  'Object.seal': (_, [value = nothing]) => value,
  structuredClone: (_, [value = nothing]) => value,
  'Promise.resolve': (_, [value = nothing]) => value,
  'Promise.all': (_, [value = nothing]) => value,
  'Object.entries': (_, [value = nothing]) => mapped(value, ([key, entry]) => listOf([plain(key), entry], undefined)),
  'Object.values': (_, [value = nothing]) => mapped(value, ([, entry]) => entry),
  'Object.keys': (_, [value = nothing]) => mapped(value, ([key]) => plain(key)),
  'Object.assign': (run, [target = nothing, ...sources]) => assign(run, target, sources),
  'Object.fromEntries': (_, [value = nothing]) => fromEntries(value),
  'Array.isArray': (_, [value = nothing]) =>
    value.kind === 'unknown' ? value : plain(value.kind === 'list', allDependencies(value)),
  'Array.from': (_, [value = nothing, each]) => {
    const { items, rest } = itemsOf(value)
    return each === undefined ? listOf(items, rest, allDependencies(value)) : undefined
  },
  'Math.max': (_, args) => numeric(args, (numbers) => Math.max(...numbers)),
  'Math.min': (_, args) => numeric(args, (numbers) => Math.min(...numbers)),
  'Math.ceil': (_, args) => numeric(args, ([number = 0]) => Math.ceil(number)),
  'Math.floor': (_, args) => numeric(args, ([number = 0]) => Math.floor(number)),
  'Math.round': (_, args) => numeric(args, ([number = 0]) => Math.round(number)),
  'Math.trunc': (_, args) => numeric(args, ([number = 0]) => Math.trunc(number)),
  'Math.abs': (_, args) => numeric(args, ([number = 0]) => Math.abs(number)),
}

/** What a function of the language returns; undefined: it is not one that is followed. */
export function callGlobal(run: Run, path: readonly string[], args: readonly ProgramValue[]): ProgramValue | undefined {
  if (path[0] === 'console') return nothing
  const name = path.join('.')
  return Object.hasOwn(globals, name) ? globals[name]?.(run, args) : undefined
}

function unknownOf(values: readonly ProgramValue[]): ProgramValue {
  return unknownValue(reasonOf(...values), values.flatMap(placesOf), joined(values.map(allDependencies)))
}

/** The number that a value is read as: still of the same place. */
export function asNumber(value: ProgramValue): ProgramValue {
  if (value.kind !== 'scalar') return value.kind === 'unknown' ? value : unknownOf([value])
  const number = typeof value.scalar === 'string' && value.scalar.trim() !== '' ? Number(value.scalar) : value.scalar
  return typeof number === 'number' && Number.isFinite(number) ? { ...value, scalar: number } : unknownOf([value])
}

/** The text that a value is written as: still of the same place. */
export function asText(value: ProgramValue): ProgramValue {
  if (value.kind !== 'scalar') return value.kind === 'unknown' ? value : unknownOf([value])
  return { ...value, scalar: String(value.scalar) }
}

function numeric(args: readonly ProgramValue[], calculate: (numbers: readonly number[]) => number): ProgramValue {
  const numbers = args.map((arg) => (arg.kind === 'scalar' && typeof arg.scalar === 'number' ? arg.scalar : Number.NaN))
  const made = calculate(numbers)
  return Number.isFinite(made)
    ? { ...plain(made, joined(args.map(allDependencies))), outside: 'computed' }
    : unknownOf(args)
}

function mapped(value: ProgramValue, make: (entry: readonly [string, ProgramValue]) => ProgramValue): ProgramValue {
  if (value.kind !== 'object' || value.resource !== undefined) {
    const open = unknownValue(reasonOf(value), placesOf(value), allDependencies(value))
    return listOf([], open)
  }
  const items = [...value.entries].map(([key, entry]) => make([key, dependent(entry, value.dependencies)]))
  return listOf(items, value.rest, value.dependencies)
}

function assign(run: Run, target: ProgramValue, sources: readonly ProgramValue[]): ProgramValue {
  if (target.kind !== 'object' || sources.some((one) => one.kind !== 'object' || one.rest !== undefined))
    return unknownOf([target, ...sources])
  for (const source of sources)
    if (source.kind === 'object') for (const [key, value] of source.entries) setEntry(run, target, key, value)
  return target
}

function fromEntries(value: ProgramValue): ProgramValue {
  const { items, rest } = itemsOf(value)
  const pairs = items.map((item) => (item.kind === 'list' ? item.items : []))
  const made: ObjectValue = objectOf([], rest)
  for (const [key, entry] of pairs) {
    if (key?.kind !== 'scalar') return unknownOf([value])
    made.entries.set(String(key.scalar), merge([entry ?? nothing], key.dependencies))
  }
  return made
}
