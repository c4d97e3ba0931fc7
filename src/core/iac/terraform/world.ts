import type { EditContext, FileSet } from '../../model/code.js'
import type { Syntax } from '../syntax.js'
import type { Value } from '../values.js'
import type { Block, TerraformModule } from './ast.js'
import { indexOf } from './file-index.js'
import { readModule } from './module.js'

/**
 * One way of deploying one root module: files, what the caller knows, and everything evaluated so far. The maps are
 * caches of pure results; `budget` bounds the work and is checked by whoever trusts the answers.
 */
export interface World {
  readonly files: FileSet
  readonly syntax: Syntax
  readonly context: EditContext
  readonly rootFolder: string
  readonly modules: Map<string, TerraformModule>
  readonly values: Map<string, Value>
  readonly active: Set<string>
  readonly instances: Map<string, ModuleInstance>
  readonly budget: { left: number }
  /** How the code itself calls the caller's environment, by root folder. */
  readonly spoken: Map<string, { readonly name: string | undefined }>
  /** The Terragrunt unit that hands its inputs to the root module. */
  readonly terragrunt: TerragruntUnit | undefined
}

/** What a Terragrunt unit gives a world. `foreign`: the module itself is kept elsewhere, only the inputs are known. */
export interface TerragruntUnit {
  readonly file: string
  readonly foreign: boolean
  readonly input: (name: string) => Value | undefined
  readonly names: () => readonly string[]
  /** True when an included file could not be found, so that nobody knows what else this unit takes. */
  readonly unreadable: boolean
  readonly siblings: () => readonly OpenedUnit[]
}

/** The world of one Terragrunt unit, or why there is none. */
export type OpenedUnit =
  | World
  | {
      readonly kind: 'closed'
      readonly reason: 'unparseable' | 'not-found' | 'too-large' | 'several-candidates'
      readonly file: string
      readonly line: number
    }

/** A module as called once: `path` is its address, '' for the root. */
export interface ModuleInstance {
  readonly path: string
  readonly module: TerraformModule
  readonly call: { readonly block: Block; readonly scope: Scope } | undefined
  /** Set for a Terragrunt file, which is evaluated like a module of locals. */
  readonly terragrunt?: { readonly file: string; readonly unitFolder: string }
}

/** Where an expression is evaluated. `names` holds the variables of for-expressions, dynamic blocks and trials. */
export interface Scope {
  readonly instance: ModuleInstance
  readonly each?: { readonly key: Value; readonly value: () => Value }
  readonly count?: Value
  readonly names?: ReadonlyMap<string, () => Value>
}

/** Evaluation steps that one question may cost. */
const stepsAllowed = 400_000

/** A new world; parsed modules are shared by all worlds over the same file set. */
export function createWorld(
  base: Pick<World, 'files' | 'syntax' | 'context' | 'rootFolder'> & Partial<Pick<World, 'terragrunt' | 'spoken'>>,
): World {
  return {
    files: base.files,
    syntax: base.syntax,
    context: base.context,
    rootFolder: base.rootFolder,
    modules: indexOf(base.files).modules,
    terragrunt: base.terragrunt,
    spoken: base.spoken ?? new Map(),
    values: new Map(),
    active: new Set(),
    instances: new Map(),
    budget: { left: stepsAllowed },
  }
}

/** The module of a folder, read once for all worlds that share the cache. */
export function moduleAt(world: World, folder: string): TerraformModule {
  const known = world.modules.get(folder)
  if (known) return known
  const made = readModule(world.files, folder, world.syntax)
  world.modules.set(folder, made)
  return made
}

/** The root module's instance. */
export function rootInstance(world: World): ModuleInstance {
  const known = world.instances.get('')
  if (known) return known
  const root: ModuleInstance = { path: '', module: moduleAt(world, world.rootFolder), call: undefined }
  world.instances.set('', root)
  return root
}

/** Evaluates under a name at most once; a name that is being evaluated already gives `cycle`. */
export function remembered(world: World, name: string, cycle: () => Value, make: () => Value): Value {
  const known = world.values.get(name)
  if (known) return known
  if (world.active.has(name)) return cycle()
  world.active.add(name)
  const made = make()
  world.active.delete(name)
  world.values.set(name, made)
  return made
}
