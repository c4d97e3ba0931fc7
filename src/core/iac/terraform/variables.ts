import { fileNameOf, folderOf } from '../paths.js'
import type { Place } from '../place.js'
import { computed, deepDependencies, dependingOn, joined, passing, unknown, type Value } from '../values.js'
import { type Attribute, attributeOf, type Block } from './ast.js'
import { indexOf } from './file-index.js'
import type { Evaluate } from './instances.js'
import { bodyOfFile } from './module.js'
import { spokenEnvironment } from './spoken-environment.js'
import { typedValue } from './typed-value.js'
import { type ModuleInstance, remembered, type World } from './world.js'

/** The value of a variable in one instance of a module: argument of the call, or for the root by Terraform's precedence. */
export function variableValue(world: World, instance: ModuleInstance, name: string, evaluate: Evaluate): Value {
  return remembered(
    world,
    `${instance.path}#var.${name}`,
    () => unknown('computed', []),
    () => through(instance, name, decide(world, instance, name, evaluate)),
  )
}

/** Notes on the leaf that it passes through this variable, for the variable's validation. */
function through(instance: ModuleInstance, name: string, value: Value): Value {
  if (value.kind !== 'known' || value.leaf === undefined) return value
  const variables = [...value.leaf.variables, { instancePath: instance.path, name }]
  return { ...value, leaf: { ...value.leaf, variables } }
}

function decide(world: World, instance: ModuleInstance, name: string, evaluate: Evaluate): Value {
  const [block] = instance.module.byName.get(`variable ${name}`) ?? []
  if (instance.call === undefined) {
    return block === undefined
      ? unknown('no-default', [])
      : typed(instance, block, rootValue(world, instance, block, name, evaluate), evaluate)
  }
  const argument = attributeOf(instance.call.block.body, name)
  if (argument === undefined) {
    return block === undefined
      ? unknown('no-default', [])
      : typed(instance, block, defaultValue(instance, block, evaluate), evaluate)
  }
  const value = passing(evaluate(instance.call.scope, argument.value), argument.place, argumentKind(argument))
  return block === undefined ? value : typed(instance, block, value, evaluate)
}

function typed(instance: ModuleInstance, block: Block, value: Value, evaluate: Evaluate): Value {
  const type = attributeOf(block.body, 'type')
  return type === undefined ? value : typedValue(value, type.value, (expression) => evaluate({ instance }, expression))
}

function argumentKind(argument: Attribute): string | undefined {
  return argument.value.kind === 'literal' ? 'module-argument' : undefined
}

function defaultValue(instance: ModuleInstance, block: Block, evaluate: Evaluate): Value {
  const written = attributeOf(block.body, 'default')
  if (written === undefined) return unknown('no-default', [firstLine(block)])
  return passing(evaluate({ instance }, written.value), written.place, 'variable-default')
}

function firstLine(block: Block): Place {
  return { ...block.place, end: block.place.start }
}

function rootValue(world: World, instance: ModuleInstance, block: Block, name: string, evaluate: Evaluate): Value {
  const written = fileValue(world, instance, block, name, evaluate)
  const told = world.context.variables?.[name]
  if (told === undefined) return usualEnvironment(world, name, written)
  if (written.kind === 'known' && written.scalar !== null && String(written.scalar) === String(told)) return written
  return computed(told, deepDependencies(written))
}

/** A variable of an environment's usual name, given by no file, is the environment that the caller names. */
function usualEnvironment(world: World, name: string, written: Value): Value {
  if (written.kind !== 'unknown' || !usualNames.includes(name)) return written
  const environment = spokenEnvironment(world)
  return environment === undefined ? written : computed(environment)
}

/** What teams call the variable or local that holds the environment. */
export const usualNames = ['environment', 'env', 'stage', 'environment_name', 'env_name']

function fileValue(world: World, instance: ModuleInstance, block: Block, name: string, evaluate: Evaluate): Value {
  const passed = world.context.varFiles
  const automatic = automaticFiles(world, world.rootFolder)
  const files = [...automatic, ...(passed ?? [])]
  for (const file of files.toReversed()) {
    const value = fromFile(world, instance, file, name, evaluate)
    if (value !== undefined) return passed === undefined ? unlessOthers(world, instance, name, evaluate, value) : value
  }
  const input = world.terragrunt?.input(name)
  if (input !== undefined) return input
  const fallback = defaultValue(instance, block, evaluate)
  return passed === undefined ? unlessOthers(world, instance, name, evaluate, fallback) : fallback
}

/** Nobody says which var files are passed: one that sets this variable makes its value uncertain. */
function unlessOthers(world: World, instance: ModuleInstance, name: string, evaluate: Evaluate, value: Value): Value {
  const others = optionalFiles(world).flatMap((file) => fromFile(world, instance, file, name, evaluate) ?? [])
  if (others.length === 0) return value
  const possible = [...others, value]
  const places = possible.flatMap((one) => (one.kind === 'known' && one.leaf !== undefined ? [one.leaf.place] : []))
  return dependingOn(unknown('several-candidates', places), joined(possible.map((one) => deepDependencies(one))))
}

function fromFile(
  world: World,
  instance: ModuleInstance,
  file: string,
  name: string,
  evaluate: Evaluate,
): Value | undefined {
  const body = bodyOfFile(world.files, file, world.syntax)
  if (body === undefined) return unknown('no-default', [{ file, start: 0, end: 0 }])
  if ('kind' in body) return unknown(body.reason, [{ file, start: 0, end: 0 }])
  const attribute = attributeOf(body, name)
  return attribute === undefined
    ? undefined
    : passing(evaluate({ instance }, attribute.value), attribute.place, 'tfvars')
}

/** Files that Terraform loads by itself, weakest first: terraform.tfvars, terraform.tfvars.json, *.auto.tfvars in name order. */
export function automaticFiles(world: World, folder: string): readonly string[] {
  const here = indexOf(world.files).byFolder.get(folder) ?? []
  const plain = ['terraform.tfvars', 'terraform.tfvars.json'].flatMap((name) =>
    here.filter((file) => fileNameOf(file) === name),
  )
  const automatic = here.filter((file) => /\.auto\.tfvars(\.json)?$/.test(file))
  return [...plain, ...automatic.toSorted()]
}

function isAutomatic(file: string): boolean {
  return /(^|\/)terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(file)
}

/** Var files that may be passed to this root: below its folder, or beside it where no other Terraform code owns them. */
export function optionalFiles(world: World): readonly string[] {
  const root = world.rootFolder
  const found = indexOf(world.files).varFiles.filter((file) => !isAutomaticHere(file, root))
  return found.filter((file) => ownerFolder(world, file) === root || belongsNowhere(world, file))
}

function isAutomaticHere(file: string, root: string): boolean {
  return isAutomatic(file) && folderOf(file) === root
}

/** The nearest folder above a file that holds Terraform code; undefined where there is none. */
function ownerFolder(world: World, file: string): string | undefined {
  let folder = folderOf(file)
  for (;;) {
    if (hasCode(world, folder)) return folder
    if (folder === '') return undefined
    folder = folderOf(folder)
  }
}

function hasCode(world: World, folder: string): boolean {
  return indexOf(world.files).calls.has(folder)
}

/** A var file without code above it may be anybody's: it is ours when this root declares every name in it. */
function belongsNowhere(world: World, file: string): boolean {
  if (ownerFolder(world, file) !== undefined) return false
  const body = bodyOfFile(world.files, file, world.syntax)
  const module = world.modules.get(world.rootFolder)
  if (body === undefined || 'kind' in body || module === undefined || body.attributes.length === 0) return false
  return body.attributes.every((attribute) => module.byName.has(`variable ${attribute.name}`))
}
