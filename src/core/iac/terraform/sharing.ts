import type { EditContext } from '../../model/code.js'
import { folderOf } from '../paths.js'
import type { Place } from '../place.js'
import type { Leaf } from '../values.js'
import { indexOf, reaches, uncalledFolders } from './file-index.js'
import type { PropertySource } from './source-at.js'
import { allUses, type Use } from './uses.js'
import { optionalFiles } from './variables.js'
import { createWorld, type World } from './world.js'

/** What else a place feeds, or undefined when it is this group's own. */
export interface Shared {
  readonly reason:
    | 'shared-by-several-groups'
    | 'shared-by-several-properties'
    | 'unparseable'
    | 'too-large'
    | 'unproved'
  readonly places: readonly Place[]
}

const groupLike = /^(aws_autoscaling_|aws_launch_|aws_eks_node_group|aws_spot_fleet)/

/**
 * Looks for every other use of a leaf: in this deployment, in the other environments and var files of the same root, and
 * in every other root module that calls the same code. `own` are the sources that may change with it.
 */
export function sharedUse(
  world: World,
  leaf: Leaf,
  own: readonly PropertySource[],
  groupOwner: string,
): Shared | undefined {
  const uses = allUses(world)
  const broken = brokenWorld(world)
  if (broken) return broken
  return (
    usedHere(uses, leaf, own, groupOwner) ??
    carriedElsewhere(world, uses, own, groupOwner) ??
    unreadableUnit(world, leaf) ??
    firstOf(otherWorlds(world, leaf), (other) => usedElsewhere(other, leaf))
  )
}

function firstOf<T, R>(items: readonly T[], answer: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = answer(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** A world is only as good as its files: one that cannot be read, or work cut short, may hide a use. */
function brokenWorld(world: World): Shared | undefined {
  if (world.budget.left < 0) return { reason: 'too-large', places: [] }
  for (const { module } of world.instances.values()) {
    const [fault] = module.faults
    if (fault) return { reason: fault.reason, places: [{ file: fault.file, start: 0, end: 0 }] }
  }
  return undefined
}

function usedHere(
  uses: readonly Use[],
  leaf: Leaf,
  own: readonly PropertySource[],
  groupOwner: string,
): Shared | undefined {
  const ids = new Set(own.map((source) => source.use.id))
  const all = uses.filter((use) => use.dependencies.has(leaf.id))
  const mine = all.filter((use) => ids.has(use.id))
  if (mine.length !== ids.size) return { reason: 'unproved', places: [leaf.place] }
  if (mine.some((use) => !use.certain)) return { reason: 'shared-by-several-groups', places: [leaf.place] }
  const others = all.filter((use) => !ids.has(use.id))
  const owners = new Set([groupOwner, ...own.map((source) => source.use.owner)])
  return described(leaf, others, owners)
}

function described(leaf: Leaf, others: readonly Use[], owners: ReadonlySet<string>): Shared | undefined {
  if (others.length === 0) return undefined
  const foreign = others.filter((use) => !owners.has(use.owner))
  const groups = foreign.some((use) => use.block.type === 'module' || groupLike.test(use.block.labels[0] ?? ''))
  const places = [leaf.place, ...others.flatMap((use) => use.attribute?.place ?? use.block.place)]
  return { reason: groups ? 'shared-by-several-groups' : 'shared-by-several-properties', places: unique(places) }
}

function unique(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.start}`, place])).values()]
}

/** Users of the launch template or configuration besides the group itself. */
function carriedElsewhere(
  world: World,
  uses: readonly Use[],
  own: readonly PropertySource[],
  groupOwner: string,
): Shared | undefined {
  for (const source of own) {
    if (source.carriers.length === 0) continue
    const owners = new Set([groupOwner, ...source.carrierOwners])
    const others = uses.filter(
      (use) => !owners.has(use.owner) && source.carriers.some((carrier) => use.dependencies.has(carrier)),
    )
    if (others.length > 0)
      return {
        reason: 'shared-by-several-groups',
        places: unique(others.flatMap((use) => use.attribute?.place ?? use.block.place)),
      }
    if (source.carriers.includes('by-name') && namedElsewhere(world, groupOwner))
      return { reason: 'shared-by-several-groups', places: [] }
  }
  return undefined
}

/** A template found by its literal name: any other group that names a template by text may mean the same one. */
function namedElsewhere(world: World, groupOwner: string): boolean {
  return allUses(world).some(
    (use) =>
      use.owner !== groupOwner &&
      groupLike.test(use.block.labels[0] ?? '') &&
      !use.block.labels[0]?.startsWith('aws_launch') &&
      ['name', 'launch_template_name'].includes(use.attribute?.name ?? '') &&
      use.block.body.attributes.every((attribute) => attribute !== use.attribute),
  )
}

/** Another Terragrunt unit that cannot be read may take a value that is not this unit's own. */
function unreadableUnit(world: World, leaf: Leaf): Shared | undefined {
  if (world.terragrunt === undefined || leaf.place.file === world.terragrunt.file) return undefined
  for (const unit of world.terragrunt.siblings()) {
    if ('kind' in unit) return { reason: 'unparseable', places: [{ file: unit.file, start: 0, end: 0 }] }
    if (unit.terragrunt?.unreadable)
      return { reason: 'unparseable', places: [{ file: unit.terragrunt.file, start: 0, end: 0 }] }
  }
  return undefined
}

function usedElsewhere(other: World, leaf: Leaf): Shared | undefined {
  const uses = allUses(other)
  const broken = brokenWorld(other)
  if (broken) return broken
  const found = uses.filter((use) => use.dependencies.has(leaf.id))
  if (found.length === 0) return undefined
  return {
    reason: 'shared-by-several-groups',
    places: unique([leaf.place, ...found.flatMap((use) => use.attribute?.place ?? [])]),
  }
}

/** The other deployments that could hold the same place. */
function otherWorlds(world: World, leaf: Leaf): readonly World[] {
  return [
    ...(world.terragrunt?.siblings() ?? []).flatMap((unit) => ('kind' in unit ? [] : [unit])),
    ...otherEnvironments(world),
    ...otherVarFiles(world, leaf),
    ...otherRoots(world, leaf).map((rootFolder) =>
      createWorld({ ...world, context: {}, rootFolder, terragrunt: undefined }),
    ),
  ]
}

function otherEnvironments(world: World): readonly World[] {
  const { environment, environments = [] } = world.context
  if (environments.length < 2) return []
  return environments
    .filter((other) => other !== environment)
    .map((other) => createWorld({ ...world, context: contextIn(world, other) }))
}

function contextIn(world: World, other: string): EditContext {
  const { environment, variables, varFiles, workspace, ...rest } = world.context
  const swap = (text: string): string => (environment === undefined ? text : text.split(environment).join(other))
  const files = varFiles?.map(swap).filter((file) => world.files.has(file))
  const moved = Object.fromEntries(
    Object.entries(variables ?? {}).map(([name, value]) => [name, value === environment ? other : value] as const),
  )
  const swapped = workspace === undefined ? undefined : swap(workspace)
  return {
    ...rest,
    environment: other,
    variables: moved,
    ...(files === undefined ? {} : { varFiles: files }),
    ...(swapped === undefined || swapped === workspace ? {} : { workspace: swapped }),
  }
}

/** Without a list of environments, each var file that is not passed here is another deployment of the same root. */
function otherVarFiles(world: World, leaf: Leaf): readonly World[] {
  const { environments, varFiles } = world.context
  const candidates = optionalFiles(world)
  if (environments !== undefined || candidates.includes(leaf.place.file)) return []
  const others = candidates.filter((file) => !(varFiles ?? []).includes(file))
  if (others.length < (varFiles === undefined ? 2 : 1)) return []
  return others.map((file) => createWorld({ ...world, context: { varFiles: [file] } }))
}

/** Root modules besides this one from which calls lead to the leaf's folder. */
function otherRoots(world: World, leaf: Leaf): readonly string[] {
  const index = indexOf(world.files)
  const target = folderOf(leaf.place.file)
  return uncalledFolders(index).filter(
    (root) => root !== world.rootFolder && reaches(index, root, (folder) => folder === target),
  )
}
