import { type Dependencies, joined } from '../values.js'
import { type Completion, oneOf } from './completion.js'
import {
  allDependencies,
  dependent,
  nothing,
  type ObjectValue,
  objectOf,
  type ProgramValue,
  placesOf,
  unknownValue,
} from './program-values.js'
import { type Journal, type Run, under, write } from './run.js'

/** One of several values, which one depends on `control`. Equal ones stay; others are candidates. */
export function merge(values: readonly ProgramValue[], control: Dependencies, depth = 0): ProgramValue {
  const [first, ...others] = values
  if (first === undefined) return nothing
  if (others.every((other) => same(first, other))) return dependent(first, control)
  const objects = values.filter(isPlain)
  if (objects.length === values.length && depth < 4) return mergeObjects(objects, control, depth)
  const dependencies = joined([control, ...values.map(allDependencies)])
  const bare = values.filter((value) => !isPlain(value))
  const spreads =
    depth === 0 && objects.length > 0 && bare.every(isNothing)
      ? { spreads: mergeObjects([...objects, objectOf()], control, depth) }
      : {}
  const outside = values.find((value) => value.kind === 'unknown')
  const reason = outside?.kind === 'unknown' ? outside.reason : 'several-candidates'
  const open = unknownValue(
    reason,
    [...new Map(values.flatMap(placesOf).map((place) => [`${place.file}:${place.start}`, place])).values()],
    dependencies,
  )
  return { ...open, ...spreads }
}

function same(first: ProgramValue, other: ProgramValue): boolean {
  if (first === other) return true
  if (first.kind === 'scalar' && other.kind === 'scalar')
    return first.scalar === other.scalar && first.leaf?.id === other.leaf?.id && first.members === undefined
  if (first.kind === 'unknown' && other.kind === 'unknown')
    return (
      first.from !== undefined &&
      first.from.resource === other.from?.resource &&
      first.from.path.join() === other.from.path.join()
    )
  if (first.kind === 'foreign' && other.kind === 'foreign')
    return (
      first.module === other.module &&
      first.path.join() === other.path.join() &&
      first.place?.start === other.place?.start
    )
  return (
    first.kind === 'object' &&
    other.kind === 'object' &&
    first.resource !== undefined &&
    first.resource === other.resource
  )
}

/** Nothing is added where one of these is spread. */
function isNothing(value: ProgramValue): boolean {
  return value.kind === 'scalar' && (value.scalar === undefined || value.scalar === null || value.scalar === false)
}

function isPlain(value: ProgramValue): value is ObjectValue {
  return value.kind === 'object' && value.resource === undefined && value.instanceOf === undefined
}

function mergeObjects(objects: readonly ObjectValue[], control: Dependencies, depth: number): ObjectValue {
  const keys = [...new Set(objects.flatMap((object) => [...object.entries.keys()]))]
  const rest = objects.find((object) => object.rest !== undefined)?.rest
  const entries = keys.map((key) => {
    const values = objects.map((object) => object.entries.get(key) ?? object.rest ?? nothing)
    return [key, merge(values, control, depth + 1)] as const
  })
  return objectOf(entries, rest, joined([control, ...objects.map((object) => object.dependencies)]))
}

/**
 * Runs ways of which one will be taken, each from the same state; what they assign is one of several values afterwards.
 */
export function branch(run: Run, control: Dependencies, ways: readonly (() => Completion)[]): Completion {
  const tried = ways.map((way) => attempt(run, control, way))
  const kept = tried.filter((one) => one.completion.kind !== 'throw')
  const live = kept.length === 0 ? tried : kept
  const slots = new Map<object, Map<string, Journal extends Map<object, infer M> ? M : never>>()
  for (const { journal } of live)
    for (const [owner, own] of journal) {
      const entry = slots.get(owner) ?? new Map()
      for (const key of own.keys()) entry.set(key, own)
      slots.set(owner, entry)
    }
  for (const [owner, keys] of slots) {
    for (const [key, own] of keys) {
      const noted = own.get(key)
      if (noted === undefined) continue
      const values = live.map(({ after }) => after.get(owner)?.get(key) ?? noted.before ?? nothing)
      write(run, owner, key, noted.slot, merge(values, control))
    }
  }
  return oneOf(tried.map((one) => one.completion))
}

function attempt(run: Run, control: Dependencies, way: () => Completion) {
  const outer = run.state.journal
  const journal: Journal = new Map()
  run.state.journal = journal
  const completion = under(run, control, way)
  run.state.journal = outer
  const after = new Map<object, Map<string, ProgramValue | undefined>>()
  for (const [owner, own] of journal) {
    after.set(owner, new Map([...own].map(([key, { slot }]) => [key, slot.read()] as const)))
    for (const { before, slot } of own.values()) slot.write(before)
  }
  return { completion, journal, after }
}
