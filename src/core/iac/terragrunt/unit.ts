import type { EditContext, FileSet } from '../../model/code.js'
import { fileNameOf, folderOf, joinPath } from '../paths.js'
import type { Syntax } from '../syntax.js'
import { attributeOf, blocksOf, type Expr } from '../terraform/ast.js'
import { evaluate } from '../terraform/evaluate.js'
import { indexOf } from '../terraform/file-index.js'
import { createWorld, moduleAt, type OpenedUnit, type World } from '../terraform/world.js'
import { asText, deepDependencies, joined, leavesOf, none, once, passing, unknown, type Value } from '../values.js'
import { type Config, readConfig } from './config.js'
import { repositoryPath } from './functions.js'

/** Opens the unit of a folder: its inputs become the variables of the module it names. */
export function openUnit(files: FileSet, folder: string, context: EditContext, syntax: Syntax): OpenedUnit {
  const world = createWorld({ files, syntax, context, rootFolder: folder })
  const file = joinPath(folder, 'terragrunt.hcl') ?? 'terragrunt.hcl'
  const own = readConfig(world, file, folder)
  if (own === undefined) return { kind: 'closed', reason: 'not-found', file, line: 1 }
  if (own.kind === 'fault') return { kind: 'closed', reason: own.reason, file, line: own.line }
  const included = includesOf(world, own, folder)
  const complete = withIncludes(own, included)
  const chain = [...included.map((one) => one.config), complete]
  if (chain.some((config) => config !== undefined && passesVarFiles(config)))
    return { kind: 'closed', reason: 'several-candidates', file, line: 1 }
  const module = moduleFolder(world, chain, folder)
  const inputs = inputsOf(world, complete, included)
  const made = createWorld({
    files,
    syntax,
    context,
    rootFolder: module ?? `${folder}/.terragrunt-cache`,
    terragrunt: {
      ...inputs,
      file,
      foreign: module === undefined,
      siblings: remembering(() => siblingsOf(files, folder, syntax)),
    },
  })
  moduleAt(made, made.rootFolder)
  return made
}

/** An included file; `plain` is false for other ways of merging than Terragrunt's default, which are not followed. */
interface Included {
  readonly label: string
  readonly config: Config | undefined
  readonly plain: boolean
}

function includesOf(world: World, own: Config, folder: string): readonly Included[] {
  return blocksOf(own.body, 'include').map((block) => {
    const path = attributeOf(block.body, 'path')
    const value = path === undefined ? undefined : evaluate(world, own.scope, path.value)
    const written = value?.kind === 'known' ? asText(value.scalar) : undefined
    const file = written === undefined ? undefined : repositoryPath(folder, written)
    const config = file === undefined ? undefined : readConfig(world, file, folder)
    const found = config?.kind === 'config' ? config : undefined
    return {
      label: block.labels[0] ?? '',
      config: found,
      plain: attributeOf(block.body, 'merge_strategy') === undefined,
    }
  })
}

/** `include.name.locals.x` in the unit's own file. */
function withIncludes(own: Config, included: readonly Included[]): Config {
  const entries = included.map(
    (one) => [one.label, () => one.config?.exposed() ?? unknown('external-value', [])] as const,
  )
  const [first] = included
  const plain: (() => Value) | undefined =
    first?.label === '' ? () => first.config?.exposed() ?? unknown('external-value', []) : undefined
  const map: Value = { kind: 'map', entries: new Map(entries), dependencies: none }
  const names = new Map([...(own.scope.names ?? []), ['include', plain ?? (() => map)] as const])
  return { ...own, scope: { ...own.scope, names } }
}

/** Var files, or arguments that are more than a plain list, may decide variables behind the inputs' back. */
function passesVarFiles(config: Config): boolean {
  return blocksOf(config.body, 'terraform')
    .flatMap((block) => blocksOf(block.body, 'extra_arguments'))
    .flatMap((extra) => extra.body.attributes)
    .some(
      ({ name, value }) =>
        /_var_files$|^env_vars$/.test(name) ||
        (name === 'arguments' && (value.kind !== 'list' || value.items.some(isVarArgument))),
    )
}

function isVarArgument(item: Expr): boolean {
  return item.kind !== 'literal' || /^-{1,2}var/.test(String(item.value))
}

/** The folder of the module: the last `terraform.source` of the chain; undefined for a module kept elsewhere. */
function moduleFolder(world: World, chain: readonly (Config | undefined)[], folder: string): string | undefined {
  for (const config of chain.toReversed()) {
    const source =
      config === undefined
        ? undefined
        : blocksOf(config.body, 'terraform')
            .map((block) => attributeOf(block.body, 'source'))
            .at(-1)
    if (config === undefined || source === undefined) continue
    const value = evaluate(world, config.scope, source.value)
    const text = value.kind === 'known' ? asText(value.scalar) : undefined
    if (text === undefined || !/^(\.\.?)?\//.test(text)) return undefined
    return text.startsWith('.') ? joinPath(folder, text) : joinPath('', text)
  }
  return hasCode(world, folder) ? folder : undefined
}

function hasCode(world: World, folder: string): boolean {
  return indexOf(world.files).calls.has(folder)
}

/** The inputs of a unit: its own win over those of its includes; two includes that say the same name leave it open. */
function inputsOf(world: World, own: Config, included: readonly Included[]) {
  const mine = once(() => inputMap(world, own))
  const theirs = included.map((one) => once(() => includedMap(world, one)))
  const input = (name: string): Value | undefined => {
    const map = mine()
    if (map.kind !== 'map') return notKnown([map])
    const entry = map.entries.get(name)
    return entry === undefined
      ? fromIncludes(
          theirs.map((one) => one()),
          name,
        )
      : entry()
  }
  const names = () => [...new Set([mine, ...theirs].flatMap((map) => namesIn(map())))]
  return { input, names, unreadable: included.some((one) => one.config === undefined) }
}

function fromIncludes(maps: readonly Value[], name: string): Value | undefined {
  if (maps.some((map) => map.kind !== 'map')) return notKnown(maps)
  const found = maps.flatMap((map) => (map.kind === 'map' ? (map.entries.get(name)?.() ?? []) : []))
  const [only, second] = found
  return second === undefined ? only : notKnown(found)
}

function notKnown(values: readonly Value[]): Value {
  return unknown(
    'several-candidates',
    values.flatMap((value) => leavesOf(value)),
    joined(values.map((value) => deepDependencies(value))),
  )
}

function includedMap(world: World, { config, plain }: Included): Value {
  if (config === undefined) return unknown('external-value', [])
  const map = inputMap(world, config)
  return plain || (map.kind === 'map' && map.entries.size === 0) ? map : notKnown([map])
}

function namesIn(value: Value): readonly string[] {
  return value.kind === 'map' ? [...value.entries.keys()] : []
}

function inputMap(world: World, config: Config): Value {
  const inputs = attributeOf(config.body, 'inputs')
  if (inputs === undefined) return { kind: 'map', entries: new Map(), dependencies: none }
  const value = evaluate(world, config.scope, inputs.value)
  if (value.kind !== 'map') return value
  const entries = [...value.entries].map(
    ([name, entry]) => [name, once(() => passing(entry(), inputs.place, whereOf(entry())))] as const,
  )
  return { ...value, entries: new Map(entries) }
}

/** A value written in the inputs themselves; what comes from a local stays a local. */
function whereOf(value: Value): string | undefined {
  return value.kind === 'known' && value.leaf?.where === 'map-entry' ? 'terragrunt-input' : undefined
}

function remembering<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** All other units of the repository, those that cannot be read included. */
function siblingsOf(files: FileSet, folder: string, syntax: Syntax): readonly OpenedUnit[] {
  return [...files.keys()]
    .filter((file) => fileNameOf(file) === 'terragrunt.hcl' && folderOf(file) !== folder)
    .map((file) => openUnit(files, folderOf(file), {}, syntax))
}
