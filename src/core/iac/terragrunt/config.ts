import { folderOf } from '../paths.js'
import type { SyntaxFault } from '../syntax.js'
import { attributeOf, type Body, blocksOf } from '../terraform/ast.js'
import { evaluate } from '../terraform/evaluate.js'
import { bodyOfFile } from '../terraform/module.js'
import type { ModuleInstance, Scope, World } from '../terraform/world.js'
import { none, once, unknown, type Value } from '../values.js'

/** One Terragrunt file as read for one unit. `exposed` is what other files see of it: its locals and inputs. */
export interface Config {
  readonly kind: 'config'
  readonly file: string
  readonly body: Body
  readonly scope: Scope
  readonly exposed: () => Value
}

/** Reads a Terragrunt file in the name of a unit; undefined when there is no such file. */
export function readConfig(world: World, file: string, unitFolder: string): Config | SyntaxFault | undefined {
  const body = bodyOfFile(world.files, file, world.syntax)
  if (body === undefined || 'kind' in body) return body
  const instance = instanceOf(body, file, unitFolder)
  const scope: Scope = { instance, names: new Map([['dependency', () => unknown('external-value', [])] as const]) }
  return { kind: 'config', file, body, scope, exposed: once(() => exposedValue(world, body, scope)) }
}

function instanceOf(body: Body, file: string, unitFolder: string): ModuleInstance {
  const locals = blocksOf(body, 'locals').flatMap((block) =>
    block.body.attributes.map((local) => [local.name, local] as const),
  )
  const path = `terragrunt:${unitFolder}:${file}`
  const module = { folder: folderOf(file), blocks: [], byName: new Map(), locals: new Map(locals), faults: [] }
  return { path, module, call: undefined, terragrunt: { file, unitFolder } }
}

function exposedValue(world: World, body: Body, scope: Scope): Value {
  const locals = [...scope.instance.module.locals.keys()].map(
    (name) => [name, once(() => localOf(world, scope, name))] as const,
  )
  const inputs = attributeOf(body, 'inputs')
  const parts: (readonly [string, () => Value])[] = [
    ['locals', () => ({ kind: 'map', entries: new Map(locals), dependencies: none })],
  ]
  if (inputs !== undefined) parts.push(['inputs', once(() => evaluate(world, scope, inputs.value))])
  return { kind: 'map', entries: new Map(parts), dependencies: none }
}

function localOf(world: World, scope: Scope, name: string): Value {
  const place = scope.instance.module.locals.get(name)?.place ?? { file: '', start: -1, end: -1 }
  return evaluate(world, scope, { kind: 'reference', place, root: 'local', steps: [{ kind: 'attribute', name }] })
}
