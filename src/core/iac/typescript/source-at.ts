import type { EditableProperty, RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import { comesFromOutside, memberOf } from './member.js'
import { type ProgramValue, placesOf, plain } from './program-values.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'

/** The one place in a program that decides a property. `id` and `path` name the use: a part of a resource. */
export interface ProgramSource {
  readonly kind: 'source'
  readonly owner: Resource
  /** Path inside the resource's arguments, as its parts name it. */
  readonly path: string
  readonly value: ProgramValue
  readonly place: Place
  readonly name: string
  /** Resources through which it reaches the group, such as a launch template: other users of these are users of it. */
  readonly carriers: readonly Resource[]
  readonly where: string | undefined
}

/** Why there is no such place. */
export interface ProgramRefused {
  readonly kind: 'refused'
  readonly reason: RefusalReason
  readonly places: readonly Place[]
}

/** What to look for. */
export interface ProgramQuery {
  readonly run: Run
  readonly group: Resource
  readonly property: EditableProperty
  readonly mixKey?: string | undefined
  readonly mixType?: string | undefined
}

/** A refusal with places. */
export function programRefusal(reason: RefusalReason, places: readonly Place[]): ProgramRefused {
  return { kind: 'refused', reason, places }
}

/** The value at a path of what a resource is given. */
export function sourceAt(
  run: Run,
  owner: Resource,
  path: readonly string[],
  where?: string,
): ProgramSource | ProgramRefused {
  const here = { ...owner.place, end: owner.place.start }
  let value = owner.args
  for (const key of path) {
    if (value === undefined || (value.kind === 'scalar' && (value.scalar === undefined || value.scalar === null)))
      return programRefusal('absent', [here])
    if (value.kind === 'unknown') return programRefusal(value.reason, [...value.places, here])
    value = memberOf(run, value, plain(key), siteOf(run, owner), here)
  }
  if (value === undefined || (value.kind === 'scalar' && value.scalar === undefined))
    return programRefusal('absent', [here])
  const shown = value.kind === 'scalar' ? value.trail : placesOf(value)
  return {
    kind: 'source',
    owner,
    path: `/${owner.argument}/${path.join('/')}`,
    value: settled(value, here),
    place: shown[0] ?? here,
    name: path.at(-1) ?? '',
    carriers: [],
    where,
  }
}

function siteOf(run: Run, owner: Resource) {
  const scope = {
    file: owner.place.file,
    parent: undefined,
    cells: new Map(),
    imports: new Map(),
    self: undefined,
    home: undefined,
  }
  return { scope, span: owner.place, ordinal: run.budget.left }
}

/** What a library made is no scalar: where it reads from outside, the value comes from there. */
function settled(value: ProgramValue, here: Place): ProgramValue {
  if (value.kind !== 'object' || value.resource === undefined) return value
  const outside = value.resource.words.some(comesFromOutside)
  return {
    kind: 'unknown',
    reason: outside ? 'external-value' : 'computed',
    places: [value.resource.place, here],
    dependencies: value.dependencies,
    from: { resource: value.resource, path: [] },
  }
}

/** The items of a list at a path, each as a source. */
export function itemSources(
  run: Run,
  owner: Resource,
  list: readonly string[],
  inside: readonly string[],
): readonly ProgramSource[] | ProgramRefused {
  const found = sourceAt(run, owner, list)
  if (found.kind === 'refused') return found.reason === 'absent' ? [] : found
  const { value } = found
  if (value.kind !== 'list' || value.rest !== undefined)
    return programRefusal(value.kind === 'unknown' ? value.reason : 'computed', [found.place])
  const sources = value.items.map((_, at) => sourceAt(run, owner, [...list, String(at), ...inside]))
  const refused = sources.find((one) => one.kind === 'refused')
  return refused ?? sources.filter((one) => one.kind === 'source')
}
