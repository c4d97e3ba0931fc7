import type { RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Leaf } from '../values.js'
import { isGroupLike } from './group-kinds.js'
import type { ProgramPart } from './program-values.js'
import { carrierMarks } from './property.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'
import type { ProgramSource } from './source-at.js'

/** What else a place feeds. */
export interface SharedInProgram {
  readonly reason: RefusalReason
  readonly places: readonly Place[]
}

/** Every other use of these leaves that the edit changes or may change; undefined when they are the group's own. */
export function sharedInProgram(
  before: Run,
  after: Run,
  leaves: readonly Leaf[],
  own: readonly ProgramSource[],
  group: Resource,
): SharedInProgram | undefined {
  if (before.budget.left < 0 || after.budget.left < 0) return { reason: 'too-large', places: [] }
  const ids = new Set(leaves.map((leaf) => leaf.id))
  const mine = new Set(own.map((source) => `${source.owner.id}${source.path}`))
  const now = new Map(after.resources.map((resource) => [resource.id, resource]))
  const then = new Map(before.resources.map((resource) => [resource.id, resource]))
  const touched = before.resources.filter(
    (resource) => !isOutput(resource) && isTouched(resource, now.get(resource.id), ids, mine),
  )
  const came = after.resources.filter((resource) => !then.has(resource.id))
  return (
    described(leaves, [...touched, ...came], [group, ...own.map((source) => source.owner)]) ??
    carriedElsewhere(before, own, group)
  )
}

/** An output that no other stack can import shows a value and decides nothing. */
function isOutput({ words, args }: Resource): boolean {
  return (
    words.at(-1) === 'CfnOutput' &&
    args?.kind === 'object' &&
    args.rest === undefined &&
    !args.entries.has('exportName')
  )
}

function isTouched(
  resource: Resource,
  later: Resource | undefined,
  ids: ReadonlySet<string>,
  mine: ReadonlySet<string>,
): boolean {
  if (later === undefined) return true
  const next = new Map(later.parts.map((part) => [part.path, part]))
  if (next.size !== new Map(resource.parts.map((part) => [part.path, part])).size) return true
  return resource.parts.some((part) => {
    if (mine.has(`${resource.id}${part.path}`)) return false
    const same = next.get(part.path)
    if (part.sign !== undefined) return part.sign !== same?.sign
    return same === undefined || same.sign !== undefined || dependsOn(part, ids)
  })
}

function dependsOn(part: ProgramPart, ids: ReadonlySet<string>): boolean {
  return [...ids].some((id) => part.dependencies.has(id))
}

function described(
  leaves: readonly Leaf[],
  touched: readonly Resource[],
  owners: readonly Resource[],
): SharedInProgram | undefined {
  if (touched.length === 0) return undefined
  const groups =
    touched.some((resource) => !owners.includes(resource) && isGroupLike(resource)) ||
    touched.some((resource) => !owners.includes(resource) && owners.some((owner) => sameSite(owner, resource)))
  return {
    reason: groups ? 'shared-by-several-groups' : 'shared-by-several-properties',
    places: [
      ...leaves.map((leaf) => leaf.place),
      ...touched.map((resource) => ({ ...resource.place, end: resource.place.start })),
    ],
  }
}

function sameSite(first: Resource, second: Resource): boolean {
  return first.place.file === second.place.file && first.place.start === second.place.start
}

/** Users of the launch template besides the group itself. */
function carriedElsewhere(run: Run, own: readonly ProgramSource[], group: Resource): SharedInProgram | undefined {
  for (const source of own) {
    const marks = carrierMarks(source)
    if (marks.length === 0) continue
    const owner = source.owner
    const others = run.resources.filter(
      (resource) =>
        resource !== group &&
        resource !== owner &&
        isGroupLike(resource) &&
        (resource.parts.some((part) => marks.some((mark) => part.dependencies.has(mark))) ||
          namesTemplate(resource, owner)),
    )
    if (others.length > 0)
      return {
        reason: 'shared-by-several-groups',
        places: [source.place, ...others.map((resource) => ({ ...resource.place, end: resource.place.start }))],
      }
  }
  return undefined
}

/** True when a group names the template by its text. */
function namesTemplate(resource: Resource, template: Resource): boolean {
  const { args } = template
  const name =
    args?.kind === 'object' ? (args.entries.get('launchTemplateName') ?? args.entries.get('name')) : undefined
  if (name?.kind !== 'scalar' || name.scalar === undefined) return false
  return resource.parts.some((part) => /launchTemplate/i.test(part.path) && part.sign === JSON.stringify(name.scalar))
}
