import type { EditContext, GroupAddress } from '../../model/code.js'
import { fitsShape } from '../name-match.js'
import { environmentNames } from '../terraform/environment-names.js'
import { groupKindOf } from './group-kinds.js'
import { type ProgramValue, plain } from './program-values.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'
import { type ProgramRefused, programRefusal } from './source-at.js'

/** The group of an address, chosen among its instances by what the caller knows. */
export function locateGroup(run: Run, address: GroupAddress, context: EditContext): Resource | ProgramRefused {
  const groups = run.resources.filter((resource) => groupKindOf(resource) !== undefined)
  const exact = groups.filter((resource) => isNamed(resource, address.address))
  const all = exact.length > 0 ? exact : groups.filter((resource) => mayBeNamed(resource, address.address))
  const own = all.filter((resource) => fits(resource, address, context))
  const chosen = byEnvironment(byVariables(own, context), context)
  const [only, second] = chosen
  if (only === undefined)
    return programRefusal(
      all.length === 0 ? 'not-found' : 'several-candidates',
      all.map((one) => one.place),
    )
  if (second === undefined) return only
  const places = [...new Map(chosen.map((one) => [`${one.place.file}:${one.place.start}`, one.place])).values()]
  const samePath = chosen.every((one) => one.path !== undefined && one.path.join('/') === only.path?.join('/'))
  return programRefusal(samePath && places.length > 1 ? 'duplicate-address' : 'several-candidates', places)
}

function isNamed({ name, nameText, path }: Resource, address: string): boolean {
  if (name?.kind === 'scalar' && name.scalar === address) return true
  if (path !== undefined && (path.join('/') === address || path.join('/').endsWith(`/${address}`))) return true
  return nameText !== undefined && nameText === address
}

/** A name of which only a part is known. */
function mayBeNamed({ name }: Resource, address: string): boolean {
  return name?.kind === 'unknown' && name.shape !== undefined && fitsShape(name.shape, address)
}

function fits({ place }: Resource, { file, rootModule }: GroupAddress, context: EditContext): boolean {
  const wanted = context.file ?? (file === '' ? undefined : file)
  if (wanted !== undefined && /\.[mc]?tsx?$/.test(wanted)) return place.file === wanted
  return rootModule === '' || place.file.startsWith(`${rootModule}/`) || !wanted
}

/** Instances whose variables are not others than those the caller knows. */
function byVariables(all: readonly Resource[], { variables = {} }: EditContext): readonly Resource[] {
  return all.filter(({ bindings }) =>
    Object.entries(variables).every(([name, value]) => {
      const bound = bindings.get(name)
      return bound === undefined || String(bound) === String(value)
    }),
  )
}

/** Of several instances those that speak of the environment, by a variable or in their path. */
function byEnvironment(all: readonly Resource[], { environment }: EditContext): readonly Resource[] {
  if (all.length < 2 || environment === undefined) return all
  const names = environmentNames(environment)
  const exact = all.filter((resource) => speaksOf(resource, [environment.toLowerCase()]))
  return exact.length > 0 ? exact : all.filter((resource) => speaksOf(resource, names))
}

/** True when a resource speaks of an environment, by a variable or in its path. */
export function speaksOf({ bindings, path }: Resource, names: readonly string[]): boolean {
  const texts = [...bindings.values()].filter((value) => typeof value === 'string').map((value) => value.toLowerCase())
  if (texts.some((text) => names.includes(text))) return true
  return (path ?? []).some((part) =>
    part
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((word) => names.includes(word)),
  )
}

/** The options of a resource that name a property as ignored. */
export function ignoredPlaces(group: Resource, attribute: string): readonly Resource['place'][] {
  const { options, args } = group
  const list = options?.kind === 'object' ? options.entries.get('ignoreChanges') : undefined
  const here = { ...group.place, end: group.place.start }
  const ignoring = args?.kind === 'object' ? (args.entries.get('ignoreScalingChanges') ?? plain(false)) : plain(false)
  if (/(^|\.)desired\w*$/.test(attribute) && isTrue(ignoring)) return [here]
  if (list === undefined) return []
  if (list.kind !== 'list') return [here]
  const hit = list.items.find((item) => item.kind !== 'scalar' || covers(String(item.scalar), attribute))
  if (hit === undefined) return list.rest === undefined ? [] : [here]
  return hit.kind === 'scalar' && hit.leaf !== undefined ? [hit.leaf.place] : [here]
}

function isTrue(value: ProgramValue): boolean {
  return value.kind !== 'scalar' || value.scalar === true
}

/** `ignoreChanges` names a property, or a part of one: both stop an edit of it. */
function covers(ignored: string, attribute: string): boolean {
  return (
    ignored === '*' ||
    ignored === attribute ||
    attribute.startsWith(`${ignored}.`) ||
    ignored.startsWith(`${attribute}.`)
  )
}
