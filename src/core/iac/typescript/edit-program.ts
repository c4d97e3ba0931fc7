import type { EditContext, EditOutcome, FileSet, GroupAddress, RefusalReason, Refused } from '../../model/code.js'
import { changesArchitecture } from '../architecture.js'
import { type EditsRequest, type ScalarChange, scalarChanges } from '../edit-request.js'
import { generatedSite } from '../generated.js'
import type { Place } from '../place.js'
import { runPulumiYaml } from '../pulumi-yaml/run-pulumi-yaml.js'
import { refused } from '../refusal.js'
import { splice } from '../splice.js'
import type { Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { sameScalar } from '../written-value.js'
import { contradictingSizes } from './consistency.js'
import { groupKindOf } from './group-kinds.js'
import { ignoredPlaces, locateGroup } from './locate-group.js'
import { isProgramFile } from './module-files.js'
import { nearest } from './nearest.js'
import { usedElsewhere } from './other-deployments.js'
import { isOverridden } from './overrides.js'
import { definingFiles, namedElsewhere, readersOf, rootsOf } from './program-roots.js'
import type { ScalarValue } from './program-values.js'
import { programSource } from './property.js'
import { pulumiEntry } from './pulumi-config.js'
import { pythonSite } from './python.js'
import type { Resource } from './resource.js'
import type { Run } from './run.js'
import { runProgram } from './run-program.js'
import { sharedInProgram } from './sharing.js'
import type { ProgramSource } from './source-at.js'
import { type Writing, writings } from './writings.js'

interface Placed {
  readonly change: ScalarChange
  readonly source: ProgramSource
  readonly value: ScalarValue
  readonly writings: readonly Writing[]
}

interface Opened {
  readonly kind: 'opened'
  readonly run: Run
  readonly group: Resource
}

/** Edits a group in a CDK or Pulumi program in TypeScript, or refuses; all changes together or none. */
export function editProgram(request: EditsRequest, syntax: Syntax): EditOutcome {
  const changes = scalarChanges(request.changes)
  if (changes === undefined || changes.length === 0) return refused('unsupported-property', [])
  const { files, address, context = {} } = request
  const opened = openProgram(files, address, context, syntax, definingFiles(files, address.rootModule))
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

/** Runs the program and finds the group in it. */
export function openProgram(
  files: FileSet,
  address: GroupAddress,
  context: EditContext,
  syntax: Syntax,
  start: readonly string[],
): Opened | Refused {
  const run = runOf(files, address, context, syntax, start)
  if (run === undefined) return refused('too-large', [])
  const group = locateGroup(run, address, context)
  if (run.budget.left < 0) return refused('too-large', [])
  if (!('reason' in group)) return { kind: 'opened', run, group }
  const [fault] = run.faults
  if (group.reason === 'not-found' && fault !== undefined)
    return refused(fault[1].reason, [{ file: fault[0], line: fault[1].line, text: '' }], fault[1].message)
  const python =
    group.reason === 'not-found' ? pythonSite(files, { name: address.address, folder: address.rootModule }) : undefined
  if (python !== undefined) return refused('unsupported-language', [python])
  return refuseAt(run, group.reason, group.places)
}

function runOf(
  files: FileSet,
  address: GroupAddress,
  context: EditContext,
  syntax: Syntax,
  start: readonly string[],
): Run | undefined {
  if (address.format === 'pulumi-yaml')
    return runPulumiYaml({ files, syntax, context, file: yamlProgram(files, address, context) })
  const entry = address.format === 'pulumi-ts' ? pulumiEntry(files, address.rootModule, syntax) : undefined
  if (entry !== undefined) {
    const run = runProgram({ files, syntax, context, roots: [entry] })
    if (!('reason' in locateGroup(run, address, context))) return run
  }
  const roots = rootsOf(files, start, address.rootModule)
  return roots === undefined ? undefined : runProgram({ files, syntax, context, roots })
}

/** The project's file: the one named, else that of the root folder, else the only one. */
function yamlProgram(files: FileSet, address: GroupAddress, context: EditContext): string {
  const named = context.file ?? address.file
  if (/(^|\/)Pulumi\.ya?ml$/.test(named) && files.has(named)) return named
  const folder = address.rootModule === '' ? '' : `${address.rootModule}/`
  return nearest(files, `${folder}x`, 'Pulumi.yaml') ?? nearest(files, `${folder}x`, 'Pulumi.yml') ?? ''
}

function refuseAt(run: Run, reason: RefusalReason, places: readonly Place[], advice?: string): Refused {
  return refused(
    reason,
    places.map((one) => siteAt(run.files, one.file, one.start)),
    advice,
  )
}

function sourceOf({ run, group }: Opened, { property, mixKey, live }: ScalarChange) {
  const mixType = mixKey === 'override' && live !== undefined ? String(live) : undefined
  return programSource({ run, group, property, mixKey, mixType })
}

function place(opened: Opened, change: ScalarChange): Refused | { readonly kind: 'placed'; readonly placed: Placed } {
  const { run, group } = opened
  const generated = generatedSite(run.files, group.place.file, run.context.generatedPaths)
  if (generated) return refused('generated', [generated])
  const source = sourceOf(opened, change)
  if (source.kind === 'refused') return refuseAt(run, source.reason, source.places)
  const site = siteAt(run.files, source.place.file, source.place.start)
  const advice = `By hand: ${site.file}:${site.line} → \`${source.name}: ${change.wanted}\``
  const ignored = ignoredPlaces(source.owner, attributeOf(source))
  if (ignored.length > 0) return refuseAt(run, 'ignored', [source.place, ...ignored], advice)
  const overridden = isOverridden(run, source, change)
  if (overridden !== undefined) return refuseAt(run, 'overridden', [source.place, overridden], advice)
  const { value } = source
  if (value.kind === 'unknown') return refuseAt(run, value.reason, [...value.places, source.place], advice)
  if (value.kind !== 'scalar') return refuseAt(run, 'computed', [source.place], advice)
  return weigh(opened, change, source, value, advice)
}

function weigh(opened: Opened, change: ScalarChange, source: ProgramSource, value: ScalarValue, advice: string) {
  const { run } = opened
  const made = writings(run.files, value, change.wanted)
  const places = made.map((one) => one.leaf.place)
  if (value.leaf === undefined && value.members === undefined)
    return refuseAt(run, value.outside ?? 'computed', [source.place, ...value.trail], advice)
  const scalar = value.scalar ?? null
  if (change.live !== undefined && !sameScalar(scalar, change.live))
    return refuseAt(
      run,
      'drift',
      places.length > 0 ? places : [source.place],
      `The live value is ${change.live}, the code says ${scalar}`,
    )
  if (sameScalar(scalar, change.wanted)) return refuseAt(run, 'no-change', [source.place])
  if (changesArchitecture(change, scalar)) return refuseAt(run, 'architecture', [source.place], advice)
  if (made.length === 0 || made.some((one) => one.newText === undefined))
    return refuseAt(run, 'computed', [source.place], advice)
  const generated = places.flatMap((one) => generatedSite(run.files, one.file, run.context.generatedPaths) ?? [])
  if (generated.length > 0) return refused('generated', generated)
  return { kind: 'placed' as const, placed: { change, source, value, writings: made } }
}

function attributeOf(source: ProgramSource): string {
  return source.path.split('/').slice(2).join('.')
}

function finish(request: EditsRequest, syntax: Syntax, opened: Opened, placed: readonly Placed[]): EditOutcome {
  const { run } = opened
  const written = placed.flatMap((one) => one.writings)
  const places = written.map((one) => one.leaf.place)
  const disagreeing = written.find((one) =>
    written.some((other) => other.leaf.id === one.leaf.id && other.newText !== one.newText),
  )
  if (disagreeing) return refuseAt(run, 'shared-by-several-properties', [disagreeing.leaf.place])
  const unique = [...new Map(written.map((one) => [one.leaf.id, one])).values()]
  const replacements = unique.map(({ leaf, newText }) => ({ ...leaf.place, newText: newText ?? '' }))
  const { edits, files } = splice(request.files, replacements)
  const proof = prove(request, syntax, opened, placed, new Map([...request.files, ...files]))
  if (proof !== undefined) return proof
  const trail = [
    ...new Map(
      placed
        .flatMap((one) => [one.source.place, ...one.value.trail])
        .map((one) => siteAt(run.files, one.file, one.start))
        .map((site) => [`${site.file}:${site.line}`, site]),
    ).values(),
  ]
  if (unique.length === 0) return refuseAt(run, 'unproved', places)
  return { kind: 'edited', edits, files, trail, where: whereOf(opened.group, placed) }
}

/** Everything that must hold before and after the edit; the refusal where it does not. */
function prove(
  request: EditsRequest,
  syntax: Syntax,
  opened: Opened,
  placed: readonly Placed[],
  edited: FileSet,
): Refused | undefined {
  const { run } = opened
  const { files, address, context = {} } = request
  const leaves = placed.flatMap((one) => one.writings.map((writing) => writing.leaf))
  const places = leaves.map((leaf) => leaf.place)
  const readers = places.flatMap((one) => (isProgramFile(one.file) ? [one.file] : readersOf(files, one.file)))
  const start = [...new Set([...definingFiles(files, address.rootModule), ...readers])]
  const [before, after] = [files, edited].map((some) => openProgram(some, address, context, syntax, start))
  if (before?.kind !== 'opened' || after?.kind !== 'opened') return refuseAt(run, 'unproved', places)
  const own = placed.map((one) => sourceOf(before, one.change)).filter((source) => source.kind === 'source')
  const shared = sharedInProgram(before.run, after.run, leaves, own, before.group)
  if (shared) return refuseAt(run, shared.reason, shared.places)
  const elsewhere = usedElsewhere(before.run, before.group, own, leaves)
  if (elsewhere) return refuseAt(run, elsewhere.reason, elsewhere.places)
  const reader = places.flatMap((one) => namedElsewhere(before.run, one.file) ?? [])
  if (reader.length > 0) return refused('shared-by-several-groups', reader)
  const contradiction = contradictingSizes(after.run, after.group)
  if (contradiction) return refuseAt(after.run, 'inconsistent', contradiction)
  return placed.every((one) => holds(after, one)) && own.length === placed.length
    ? undefined
    : refuseAt(run, 'unproved', places)
}

function holds(after: Opened, { change }: Placed): boolean {
  const source = sourceOf(after, { ...change, live: change.wanted })
  return (
    source.kind === 'source' && source.value.kind === 'scalar' && sameScalar(source.value.scalar ?? null, change.wanted)
  )
}

function whereOf(group: Resource, placed: readonly Placed[]): string {
  const [first] = placed
  const where = first?.writings[0]?.leaf.where ?? 'literal'
  if (where !== 'literal') return where
  const own = groupKindOf(group)?.library === 'pulumi' ? 'resource-argument' : 'construct-property'
  return first?.source.where ?? own
}
