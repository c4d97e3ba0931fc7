import type {
  CodeSite,
  EditContext,
  EditOutcome,
  FileSet,
  GroupAddress,
  RefusalReason,
  Refused,
} from '../../model/code.js'
import { changesArchitecture } from '../architecture.js'
import { type EditsRequest, type ScalarChange, scalarChanges } from '../edit-request.js'
import { generatedSite } from '../generated.js'
import type { Place } from '../place.js'
import { refused } from '../refusal.js'
import { splice } from '../splice.js'
import type { Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import type { KnownValue, Leaf, Value } from '../values.js'
import { sameScalar, writtenAs } from '../written-value.js'
import { violatedConstraint } from './constraints.js'
import { evaluateNode, placeOf } from './evaluate.js'
import { stackSource } from './property.js'
import { sharedInStack } from './sharing.js'
import type { StackGroup, StackSource } from './source-at.js'
import {
  allStacks,
  createStackWorld,
  isTemplate,
  nestedStack,
  resourcesOf,
  type Stack,
  type StackWorld,
  templateAt,
} from './stack.js'
import { entryOf } from './template.js'

interface Placed {
  readonly change: ScalarChange
  readonly source: StackSource
  readonly value: KnownValue
  readonly leaf: Leaf
}

interface Opened {
  readonly kind: 'opened'
  readonly world: StackWorld
  readonly top: Stack
  readonly group: StackGroup
}

/** Edits a group in a CloudFormation template, or refuses; all changes together or none. */
export function editCloudFormation(request: EditsRequest, syntax: Syntax): EditOutcome {
  const changes = scalarChanges(request.changes)
  if (changes === undefined || changes.length === 0) return refused('unsupported-property', [])
  const opened = open(request.files, request.address, request.context ?? {}, syntax)
  if (opened.kind === 'refused') return opened
  const placed: Placed[] = []
  let unchanged: Refused | undefined
  for (const change of changes) {
    const one = place(opened, change)
    if (one.kind === 'placed') placed.push(one.placed)
    else if (one.reason !== 'no-change' || changes.length === 1) return one
    else unchanged = one
  }
  if (placed.length === 0 && unchanged !== undefined) return unchanged
  return finish(request, syntax, opened, placed)
}

function open(files: FileSet, address: GroupAddress, context: EditContext, syntax: Syntax): Opened | Refused {
  const world = createStackWorld({ files, syntax, context })
  const file = context.template ?? address.file
  const template = templateAt(world, file)
  if (template === undefined) return refused('not-found', [])
  const [broken] = isTemplate(template) ? [] : [template]
  if (!isTemplate(template))
    return refused(broken?.reason ?? 'unparseable', [{ file, line: broken?.line ?? 1, text: '' }], broken?.message)
  const top: Stack = { path: '', template, parent: undefined }
  const steps = address.address.split('/')
  let stack = top
  for (const step of steps.slice(0, -1)) {
    const next = nestedStack(world, stack, step)
    if (next === undefined) return refused('not-found', [])
    stack = next
  }
  const logicalId = steps.at(-1) ?? ''
  const node = resourcesOf(stack.template).get(logicalId)
  if (node === undefined) return refused('not-found', [])
  return { kind: 'opened', world, top, group: { stack, logicalId, node } }
}

function sitesOf(world: StackWorld, places: readonly Place[]): readonly CodeSite[] {
  return places.map((one) => siteAt(world.files, one.file, one.start))
}

function refuseAt(world: StackWorld, reason: RefusalReason, places: readonly Place[], advice?: string): Refused {
  return refused(reason, sitesOf(world, places), advice)
}

function place(opened: Opened, change: ScalarChange): Refused | { readonly kind: 'placed'; readonly placed: Placed } {
  const { world, group } = opened
  const generated = generatedSite(world.files, group.stack.template.file, world.context.generatedPaths)
  if (generated) return refused('generated', [generated])
  const source = sourceOf(opened, change)
  if (source.kind === 'refused') return refuseAt(world, source.reason, source.places)
  const advice = byHand(world, source, change)
  const { value } = source
  if (value.kind !== 'known' || value.leaf === undefined || value.scalar === null) {
    const { reason, places } = whyNot(value, source)
    return refuseAt(world, reason, places, advice)
  }
  const placed = { change, source, value, leaf: value.leaf }
  return objection(opened, placed, advice) ?? { kind: 'placed', placed }
}

function sourceOf(opened: Opened, change: ScalarChange) {
  const { property, mixKey } = change
  const mixType = mixKey === 'override' && change.live !== undefined ? String(change.live) : undefined
  return stackSource({ world: opened.world, group: opened.group, property, mixKey, mixType })
}

function byHand(world: StackWorld, source: StackSource, change: ScalarChange): string {
  const { file, line } = siteAt(world.files, source.place.file, source.place.start)
  return `By hand: ${file}:${line} → \`${source.name}: ${change.wanted}\``
}

function whyNot(
  value: Value,
  source: StackSource,
): { readonly reason: RefusalReason; readonly places: readonly Place[] } {
  if (value.kind === 'unknown') return { reason: value.reason, places: [...value.places, source.place] }
  if (value.kind === 'known' && value.scalar === null) return { reason: 'absent', places: [source.place] }
  if (value.kind === 'known' && value.trail.length > 0) return { reason: 'drift', places: [...value.trail] }
  return { reason: 'computed', places: [source.place] }
}

function objection(opened: Opened, placed: Placed, advice: string): Refused | undefined {
  const { world, top } = opened
  const { change, value, leaf } = placed
  if (change.live !== undefined && !sameScalar(value.scalar, change.live)) {
    return refuseAt(world, 'drift', [leaf.place], `The live value is ${change.live}, the code says ${value.scalar}`)
  }
  if (sameScalar(value.scalar, change.wanted)) return refuseAt(world, 'no-change', [leaf.place])
  const violated = violatedConstraint(allStacks(world, top), leaf, change.wanted)
  if (violated) return refuseAt(world, 'constraint', [leaf.place, violated], advice)
  const generated = generatedSite(world.files, leaf.place.file, world.context.generatedPaths)
  if (generated) return refused('generated', [generated])
  if (changesArchitecture(change, value.scalar)) return refuseAt(world, 'architecture', [leaf.place], advice)
  return writtenAs(textAt(world, leaf.place), change.wanted) === undefined
    ? refuseAt(world, 'computed', [leaf.place], advice)
    : undefined
}

function textAt(world: StackWorld, at: Place): string {
  return (world.files.get(at.file) ?? '').slice(at.start, at.end)
}

function finish(request: EditsRequest, syntax: Syntax, opened: Opened, placed: readonly Placed[]): EditOutcome {
  const { world, group } = opened
  const disagreeing = placed.find((one) =>
    placed.some((other) => other.leaf.id === one.leaf.id && other.change.wanted !== one.change.wanted),
  )
  if (disagreeing) return refuseAt(world, 'shared-by-several-properties', [disagreeing.leaf.place])
  const unique = [...new Map(placed.map((one) => [one.leaf.id, one])).values()]
  const replacements = unique.map(({ leaf, change }) => ({
    ...leaf.place,
    newText: writtenAs(textAt(world, leaf.place), change.wanted) ?? '',
  }))
  const { edits, files } = splice(request.files, replacements)
  const after = open(new Map([...request.files, ...files]), request.address, deployedAnew(opened, unique), syntax)
  if (after.kind === 'refused')
    return refuseAt(
      world,
      'unproved',
      placed.map((one) => one.leaf.place),
    )
  const owner = `${group.stack.path}|${group.logicalId}`
  for (const { leaf, source, change } of unique) {
    const same = placed.filter((other) => other.leaf.id === leaf.id).map((one) => one.source)
    const shared = sharedInStack({ before: opened, after }, leaf, same, owner)
    if (shared) return refuseAt(world, shared.reason, shared.places, byHand(world, source, change))
  }
  const contradiction = sizesContradict(opened, placed)
  if (contradiction) return refuseAt(world, 'inconsistent', contradiction)
  if (!placed.every((one) => holds(after, one)))
    return refuseAt(
      world,
      'unproved',
      placed.map((one) => one.leaf.place),
    )
  const sites = sitesOf(
    world,
    placed.flatMap((one) => [one.source.place, ...one.value.trail]),
  )
  const trail = [...new Map(sites.map((site) => [`${site.file}:${site.line}`, site])).values()]
  const [first] = placed
  const where =
    first === undefined || first.leaf.where === 'literal' ? (first?.source.where ?? 'literal') : first.leaf.where
  return { kind: 'edited', edits, files, trail, where }
}

/** The context once the edit is deployed: a parameter whose own place was edited is given its new value. */
function deployedAnew({ world: { context } }: Opened, placed: readonly Placed[]): EditContext {
  const { stackParameters } = context
  if (stackParameters === undefined || stackParameters === 'unknown') return context
  const given = placed.flatMap(({ leaf, change }) =>
    leaf.variables.flatMap(({ instancePath, name }) =>
      instancePath === '' && Object.hasOwn(stackParameters, name) ? [[name, change.wanted] as const] : [],
    ),
  )
  return { ...context, stackParameters: { ...stackParameters, ...Object.fromEntries(given) } }
}

function holds(after: Opened, placed: Placed): boolean {
  const source = sourceOf(after, { ...placed.change, live: placed.change.wanted })
  return (
    source.kind === 'source' && source.value.kind === 'known' && sameScalar(source.value.scalar, placed.change.wanted)
  )
}

function sizesContradict(opened: Opened, placed: readonly Placed[]): readonly Place[] | undefined {
  const sizeOf = (property: 'minSize' | 'maxSize' | 'desiredCapacity') => {
    const own = placed.find((one) => one.change.property === property)
    if (own) return { number: Number(own.change.wanted), place: own.leaf.place }
    const source = stackSource({ world: opened.world, group: opened.group, property })
    if (source.kind === 'refused' || source.value.kind !== 'known' || source.value.scalar === null) return undefined
    return { number: Number(source.value.scalar), place: source.place }
  }
  if (!placed.some((one) => ['minSize', 'maxSize', 'desiredCapacity'].includes(one.change.property))) return undefined
  const [min, desired, max] = [sizeOf('minSize'), sizeOf('desiredCapacity'), sizeOf('maxSize')]
  const pairs = [
    [min, max],
    [min, desired],
    [desired, max],
    [rollingMinimum(opened), max],
  ] as const
  const wrong = pairs.find(([low, high]) => low !== undefined && high !== undefined && low.number > high.number)
  return wrong?.flatMap((size) => (size === undefined ? [] : [size.place]))
}

/** A rolling update keeps this many instances in service, which has to be less than the maximum. */
function rollingMinimum({ world, group }: Opened): { readonly number: number; readonly place: Place } | undefined {
  const policy = entryOf(entryOf(group.node, 'UpdatePolicy'), 'AutoScalingRollingUpdate')
  const node = entryOf(policy, 'MinInstancesInService')
  const value = node === undefined ? undefined : evaluateNode(world, group.stack, node)
  if (node === undefined || value?.kind !== 'known' || value.scalar === null) return undefined
  return { number: Number(value.scalar) + 1, place: placeOf(group.stack, node) }
}
