import type { RefusalReason } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Leaf } from '../values.js'
import { placeOf } from './evaluate.js'
import { optionalParameterFiles, saysWhatIsDeployed } from './parameters.js'
import type { StackSource } from './source-at.js'
import { createStackWorld, isTemplate, type Stack, type StackWorld, templateAt } from './stack.js'
import { allStackUses, type StackUse } from './uses.js'

/** What else a place feeds. */
export interface SharedInStack {
  readonly reason: RefusalReason
  readonly places: readonly Place[]
}

/** One deployment before and after the edit: uses that keep their known value are not touched by it. */
export interface BeforeAfter {
  readonly before: { readonly world: StackWorld; readonly top: Stack }
  readonly after: { readonly world: StackWorld; readonly top: Stack }
}

const groupLike = /^AWS::(AutoScaling|EKS|EC2::LaunchTemplate|EC2::SpotFleet|EC2::EC2Fleet)/

/** Every other use of a leaf that the edit would change, in this deployment or another; undefined when it is the group's own. */
export function sharedInStack(
  both: BeforeAfter,
  leaf: Leaf,
  own: readonly StackSource[],
  groupOwner: string,
): SharedInStack | undefined {
  const { world, top } = both.before
  const uses = allStackUses(world, top)
  const after = new Map(allStackUses(both.after.world, both.after.top).map((use) => [use.id, use]))
  if (world.budget.left < 0 || both.after.world.budget.left < 0) return { reason: 'too-large', places: [] }
  const ids = new Set(own.map((source) => source.id))
  const all = uses.filter((use) => use.dependencies.has(leaf.id))
  if (all.filter((use) => ids.has(use.id)).length !== ids.size) return { reason: 'unproved', places: [leaf.place] }
  const touched = all.filter((use) => !ids.has(use.id) && !unchanged(use, after.get(use.id)))
  return (
    described(leaf, touched, new Set([groupOwner, ...own.map((source) => source.owner)])) ??
    carriedElsewhere(uses, own, groupOwner) ??
    elsewhere(world, top, leaf)
  )
}

function unchanged(use: StackUse, later: StackUse | undefined): boolean {
  return use.text !== undefined && later !== undefined && use.text === later.text
}

function described(leaf: Leaf, touched: readonly StackUse[], owners: ReadonlySet<string>): SharedInStack | undefined {
  if (touched.length === 0) return undefined
  if (touched.some((use) => use.owner.endsWith('|Rules'))) return { reason: 'constraint', places: placesOf(touched) }
  const groups = touched.some((use) => !owners.has(use.owner) && groupLike.test(use.type ?? ''))
  return {
    reason: groups ? 'shared-by-several-groups' : 'shared-by-several-properties',
    places: [leaf.place, ...placesOf(touched)],
  }
}

function placesOf(uses: readonly StackUse[]): readonly Place[] {
  return [...new Map(uses.map((use) => [use.owner, { ...placeOf(use.stack, use.node), end: use.node.start }])).values()]
}

function carriedElsewhere(
  uses: readonly StackUse[],
  own: readonly StackSource[],
  groupOwner: string,
): SharedInStack | undefined {
  for (const source of own) {
    const carriers = source.carriers.filter((carrier) => carrier !== 'by-name')
    const others = uses.filter(
      (use) =>
        use.owner !== groupOwner &&
        use.owner !== source.owner &&
        carriers.some((carrier) => use.dependencies.has(carrier)),
    )
    const byName = source.carriers.includes('by-name')
      ? uses.filter(
          (use) => use.owner !== groupOwner && use.owner !== source.owner && use.id.endsWith('/LaunchTemplateName'),
        )
      : []
    const all = [...others, ...byName]
    if (all.length > 0) return { reason: 'shared-by-several-groups', places: placesOf(all) }
  }
  return undefined
}

/** The same place in other deployments: other environments, parameter files that are not passed here, other top templates. */
function elsewhere(world: StackWorld, top: Stack, leaf: Leaf): SharedInStack | undefined {
  for (const other of [...otherDeployments(world, top), ...otherTemplates(world, top, leaf)]) {
    const found = allStackUses(other.world, other.top).filter((use) => use.dependencies.has(leaf.id))
    if (other.world.budget.left < 0) return { reason: 'too-large', places: [] }
    if (found.length > 0) return { reason: 'shared-by-several-groups', places: [leaf.place, ...placesOf(found)] }
  }
  return undefined
}

type Deployment = BeforeAfter['before']

function otherDeployments(world: StackWorld, top: Stack): readonly Deployment[] {
  const { environment, environments = [], region } = world.context
  const base = region === undefined ? {} : { region }
  const unknown = environments
    .filter((one) => one !== environment)
    .map(() => ({
      world: createStackWorld({
        ...world,
        context: { ...base, stackParameters: 'unknown' as const, parameterFiles: [] },
      }),
      top,
    }))
  const others = filesOfOthers(world, top)
  return [
    ...unknown,
    ...others.map((file) => ({
      world: createStackWorld({ ...world, context: { ...base, parameterFiles: [file] } }),
      top,
    })),
  ]
}

/** Parameter files that another deployment uses: all but our own, where it is known which those are. */
function filesOfOthers(world: StackWorld, top: Stack): readonly string[] {
  const { parameterFiles, stackParameters } = world.context
  if (parameterFiles?.length === 0) return []
  const possible = optionalParameterFiles(world, top)
  if (parameterFiles !== undefined) return possible.filter((file) => !parameterFiles.includes(file))
  if (stackParameters === undefined) return possible.length < 2 ? [] : possible
  const fitting = possible.filter((file) => saysWhatIsDeployed(world, file))
  return fitting.length === 1 ? possible.filter((file) => !fitting.includes(file)) : []
}

/** Templates that nest stacks are read when they could reach the leaf's file; a nested template may serve several parents. */
function otherTemplates(world: StackWorld, top: Stack, leaf: Leaf): readonly Deployment[] {
  if (leaf.place.file === top.template.file) return nestingTemplates(world, top, leaf.place.file)
  return nestingTemplates(world, top, leaf.place.file).filter((other) => other.top.template.file !== top.template.file)
}

function nestingTemplates(world: StackWorld, top: Stack, file: string): readonly Deployment[] {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return [...world.files].flatMap(([other, text]) => {
    if (other === top.template.file || other === file || !text.includes(name)) return []
    if (!text.includes('AWS::CloudFormation::Stack') && !text.includes('AWS::Serverless::Application')) return []
    const own = createStackWorld({ ...world, context: {} })
    const template = templateAt(own, other)
    return isTemplate(template) ? [{ world: own, top: { path: '', template, parent: undefined } }] : []
  })
}
