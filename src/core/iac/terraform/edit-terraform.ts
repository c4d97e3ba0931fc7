import type { CodeSite, EditOutcome, FileSet, RefusalReason, Refused } from '../../model/code.js'
import { changesArchitecture } from '../architecture.js'
import { type EditsRequest, type ScalarChange, scalarChanges } from '../edit-request.js'
import { generatedSite } from '../generated.js'
import type { Place } from '../place.js'
import { refused } from '../refusal.js'
import { splice } from '../splice.js'
import type { Syntax } from '../syntax.js'
import { openUnit } from '../terragrunt/unit.js'
import { siteAt } from '../text-lines.js'
import { computed, type KnownValue, type Leaf, type Value } from '../values.js'
import { sameScalar, writtenAs } from '../written-value.js'
import { type Found, findAddress, parseAddress } from './address.js'
import { ownerOf } from './attribute-use.js'
import { sizesContradict } from './consistency.js'
import { violatedConstraint } from './constraints.js'
import { evaluate } from './evaluate.js'
import { foreignSource } from './foreign-modules.js'
import { ignoredPlace } from './ignored.js'
import { propertySource } from './property.js'
import { sharedUse } from './sharing.js'
import type { PropertyRefused, PropertySource } from './source-at.js'
import { inputBlock } from './uses.js'
import { chosenVarFiles } from './var-file-choice.js'
import { createWorld, moduleAt, type OpenedUnit, rootInstance, type World } from './world.js'

/** A group found for editing. */
type Target = Extract<Found, { readonly kind: 'resource' | 'foreign' }>

/** One change with the place that holds it. */
interface Placed {
  readonly change: ScalarChange
  readonly source: PropertySource
  readonly value: KnownValue
  readonly leaf: Leaf
}

/** Edits a group in Terraform code, or refuses; all changes together or none. */
export function editTerraform(request: EditsRequest, syntax: Syntax): EditOutcome {
  const changes = scalarChanges(request.changes)
  if (changes === undefined || changes.length === 0) return refused('unsupported-property', [])
  const world = openWorld(request, request.files, syntax)
  if ('kind' in world) return refused(world.reason, [{ file: world.file, line: world.line, text: '' }])
  const target = findTarget(world, request.address.address)
  if (target.kind === 'refused') return target
  const placed: Placed[] = []
  let unchanged: Refused | undefined
  for (const change of changes) {
    const one = place(world, target, change)
    if (one.kind === 'placed') placed.push(one.placed)
    else if (one.reason !== 'no-change' || changes.length === 1) return one
    else unchanged = one
  }
  if (placed.length === 0 && unchanged !== undefined) return unchanged
  return checked(world, target, placed) ?? finish(request, syntax, world, placed)
}

function openWorld({ address, context = {} }: EditsRequest, files: FileSet, syntax: Syntax): OpenedUnit {
  const { rootModule } = address
  if (address.format === 'terragrunt') return openUnit(files, rootModule, context, syntax)
  const world = createWorld({ files, syntax, context, rootFolder: rootModule })
  moduleAt(world, rootModule)
  const varFiles = chosenVarFiles(world)
  return varFiles === undefined ? world : createWorld({ ...world, context: { ...context, varFiles } })
}

function evaluateIn(world: World) {
  return (scope: Parameters<typeof evaluate>[1], expression: Parameters<typeof evaluate>[2]) =>
    evaluate(world, scope, expression)
}

function findTarget(world: World, address: string): Target | Refused {
  if (world.terragrunt?.foreign) return inputTarget(world, world.terragrunt.file)
  const steps = parseAddress(address)
  const found: Found = steps === undefined ? { kind: 'missing' } : findAddress(world, steps, evaluateIn(world))
  const [fault] = [...world.instances.values()].flatMap(({ module }) => module.faults)
  if (fault !== undefined)
    return refused(fault.reason, [{ file: fault.file, line: fault.line, text: '' }], fault.message)
  if (found.kind === 'resource' || found.kind === 'foreign') return found
  if (found.kind === 'duplicate')
    return refused(
      'duplicate-address',
      sitesOf(
        world,
        found.blocks.map((block) => firstLine(block.place)),
      ),
    )
  return refused('not-found', [])
}

/** A unit whose module is kept elsewhere is edited at its inputs alone. */
function inputTarget(world: World, file: string): Target {
  const instance = rootInstance(world)
  const copy = { key: undefined, scope: { instance }, certain: true, structure: computed(null) }
  return { kind: 'foreign', instance, block: inputBlock(file), copy, inside: [] }
}

function firstLine(place: Place): Place {
  return { ...place, end: place.start }
}

function sitesOf(world: World, places: readonly Place[]): readonly CodeSite[] {
  return places.filter((place) => place.start >= 0).map((place) => siteAt(world.files, place.file, place.start))
}

function refuseAt(world: World, reason: RefusalReason, places: readonly Place[], advice?: string): Refused {
  return refused(reason, sitesOf(world, places), advice)
}

function place(
  world: World,
  target: Target,
  change: ScalarChange,
): Refused | { readonly kind: 'placed'; readonly placed: Placed } {
  const generated = generatedSite(world.files, target.block.place.file, world.context.generatedPaths)
  if (generated) return refused('generated', [generated])
  const source = sourceOf(world, target, change)
  const ignored = ignoredPlace(world, target, change.property, source)
  const advice = source.kind === 'source' ? byHand(world, source, change) : undefined
  if (ignored)
    return refuseAt(world, 'ignored', source.kind === 'source' ? [source.use.attribute.place, ignored] : [ignored])
  if (source.kind === 'refused') return refuseAt(world, source.reason, source.places, advice)
  const { value } = source
  if (value.kind !== 'known' || value.leaf === undefined || value.scalar === null) {
    const { reason, places } = whyNot(value, source)
    return refuseAt(world, reason, places, advice)
  }
  const placed = { change, source, value, leaf: value.leaf }
  return objection(world, placed, advice) ?? { kind: 'placed', placed }
}

function sourceOf(world: World, target: Target, change: ScalarChange): PropertySource | PropertyRefused {
  const { property, mixKey } = change
  const mixType = mixKey === 'override' && change.live !== undefined ? String(change.live) : undefined
  if (target.kind === 'foreign') return foreignSource({ world, target, property, mixKey, mixType })
  return propertySource({ world, group: target, property, mixKey, mixType })
}

function byHand(world: World, source: PropertySource, change: ScalarChange): string {
  const { attribute, scope } = source.use
  const { value } = source
  const text = typeof change.wanted === 'string' ? `"${change.wanted}"` : String(change.wanted)
  const name = source.label ?? attribute.name
  const call = scope.instance.call?.block.place
  if (call !== undefined) {
    const { file, line } = siteAt(world.files, call.file, call.start)
    return `By hand: give this group its own value where its module is called (${file}:${line}), so that \`${name} = ${text}\``
  }
  const inside = source.label !== undefined && value.kind === 'known' && value.leaf !== undefined
  const at = inside && value.leaf !== undefined ? value.leaf.place : attribute.place
  const { line, file } = siteAt(world.files, at.file, at.start)
  return `By hand: ${file}:${line} → \`${name} = ${text}\``
}

function whyNot(
  value: Value,
  source: PropertySource,
): { readonly reason: RefusalReason; readonly places: readonly Place[] } {
  const here = source.use.attribute.place
  if (value.kind === 'unknown')
    return {
      reason: value.reason === 'absent' ? 'computed' : value.reason,
      places: value.places.length > 0 ? [...value.places, here] : [here],
    }
  if (value.kind === 'known' && value.scalar === null) return { reason: 'absent', places: [here] }
  return { reason: 'computed', places: [here] }
}

/** Objections that one value meets on its own: constraint, drift, no change, generated file, unwritable form. */
function objection(world: World, placed: Placed, advice: string | undefined): Refused | undefined {
  const { change, value, leaf } = placed
  if (change.live !== undefined && !sameScalar(value.scalar, change.live)) {
    return refuseAt(world, 'drift', [leaf.place], `The live value is ${change.live}, the code says ${value.scalar}`)
  }
  if (sameScalar(value.scalar, change.wanted)) return refuseAt(world, 'no-change', [leaf.place])
  const violated = violatedConstraint(world, leaf, change.wanted)
  if (violated) return refuseAt(world, 'constraint', [violated, leaf.place], advice)
  const generated = generatedSite(world.files, leaf.place.file, world.context.generatedPaths)
  if (generated) return refused('generated', [generated])
  if (changesArchitecture(change, value.scalar)) return refuseAt(world, 'architecture', [leaf.place], advice)
  const written = writtenAs(textAt(world, leaf.place), change.wanted)
  return written === undefined || (typeof change.wanted === 'string' && !leaf.quoted)
    ? refuseAt(world, 'computed', [leaf.place], advice)
    : undefined
}

function textAt(world: World, place: Place): string {
  return (world.files.get(place.file) ?? '').slice(place.start, place.end)
}

/** Objections that need all changes: shared places, and sizes that contradict each other. */
function checked(world: World, target: Target, placed: readonly Placed[]): Refused | undefined {
  const owner = ownerOf(target.instance, target.block, target.copy)
  for (const { leaf, change } of placed) {
    const same = placed.filter((other) => other.leaf.id === leaf.id)
    const agreed = same.every((other) => other.change.wanted === change.wanted)
    const shared = agreed
      ? sharedUse(
          world,
          leaf,
          same.map((one) => one.source),
          owner,
        )
      : { reason: 'shared-by-several-properties' as const, places: [leaf.place] }
    if (shared)
      return refuseAt(world, shared.reason, shared.places, placed[0] && byHand(world, placed[0].source, change))
  }
  const contradiction = sizesContradict(world, target, placed)
  return contradiction === undefined ? undefined : refuseAt(world, 'inconsistent', contradiction)
}

function finish(request: EditsRequest, syntax: Syntax, world: World, placed: readonly Placed[]): EditOutcome {
  const unique = [...new Map(placed.map((one) => [one.leaf.id, one])).values()]
  const replacements = unique.map(({ leaf, change }) => ({
    ...leaf.place,
    newText: writtenAs(textAt(world, leaf.place), change.wanted) ?? '',
  }))
  const { edits, files } = splice(request.files, replacements)
  const after = openWorld(request, new Map([...request.files, ...files]), syntax)
  const target = 'kind' in after ? undefined : findTarget(after, request.address.address)
  const proved =
    !('kind' in after) &&
    target !== undefined &&
    target.kind !== 'refused' &&
    placed.every((one) => holds(after, target, one))
  if (!proved)
    return refuseAt(
      world,
      'unproved',
      placed.map((one) => one.leaf.place),
    )
  const [first] = placed
  const trail = placed.flatMap((one) => sitesOf(world, [one.source.use.attribute.place, ...one.value.trail]))
  const seen = new Map(trail.map((site) => [`${site.file}:${site.line}`, site]))
  return { kind: 'edited', edits, files, trail: [...seen.values()], where: whereOf(first) }
}

function whereOf(placed: Placed | undefined): string {
  if (placed === undefined) return 'literal'
  return placed.leaf.where === 'literal' ? (placed.source.where ?? 'literal') : placed.leaf.where
}

function holds(after: World, target: Target, placed: Placed): boolean {
  const change = { ...placed.change, live: placed.change.wanted }
  const source = sourceOf(after, target, change)
  return (
    source.kind === 'source' && source.value.kind === 'known' && sameScalar(source.value.scalar, placed.change.wanted)
  )
}
