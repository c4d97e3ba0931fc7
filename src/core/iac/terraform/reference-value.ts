import { readJson } from '../json-reader.js'
import type { Place } from '../place.js'
import {
  asText,
  computed,
  deepDependencies,
  joined,
  none,
  passing,
  type ResourceValue,
  signed,
  unknown,
  type Value,
} from '../values.js'
import { attributeOf, type Expr, partsOf, type Step } from './ast.js'
import { dataValue } from './data-value.js'
import { evaluate } from './evaluate.js'
import { indexOf } from './file-index.js'
import { follow } from './follow.js'
import { childInstance, expand, localFolder } from './instances.js'
import { spokenEnvironment } from './spoken-environment.js'
import { usualNames, variableValue } from './variables.js'
import { remembered, type Scope, type World } from './world.js'

type Reference = Expr & { readonly kind: 'reference' }

/** `var.x`, `local.x`, `each.value`, `module.x.y`, `aws_thing.name.id` and the steps behind them. */
export function referenceValue(world: World, scope: Scope, expression: Reference): Value {
  const { root, steps, place } = expression
  const bound = scope.names?.get(root)
  if (bound !== undefined) return follow(world, scope, bound(), steps, place)
  const [first, second] = steps
  const name = first?.kind === 'attribute' ? first.name : undefined
  if (name === undefined)
    return unknown(
      'computed',
      [place],
      joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
    )
  const rest = steps.slice(1)
  if (root === 'var') return follow(world, scope, passing(namedVariable(world, scope, name), place), rest, place)
  if (root === 'local')
    return follow(world, scope, passing(localValue(world, scope, name, rest[0]), place), rest, place)
  if (root === 'each') return follow(world, scope, eachValue(scope, name, place), rest, place)
  if (root === 'count') return scope.count ?? unknown('several-candidates', [place])
  if (root === 'path') return computed(name === 'module' ? scope.instance.module.folder : world.rootFolder)
  if (root === 'terraform') return workspaceValue(world, place)
  if (root === 'data') return externalValue(world, scope, expression)
  if (root === 'module') return moduleOutput(world, scope, name, second, expression)
  return resourceValue(world, scope, expression)
}

function namedVariable(world: World, scope: Scope, name: string): Value {
  return (
    scope.names?.get(`var.${name}`)?.() ??
    variableValue(world, scope.instance, name, (inner, expr) => evaluate(world, inner, expr))
  )
}

function eachValue(scope: Scope, name: string, place: Place): Value {
  if (scope.each === undefined) return unknown('several-candidates', [place])
  return name === 'key' ? scope.each.key : scope.each.value()
}

function workspaceValue(world: World, place: Place): Value {
  const { workspace } = world.context
  if (workspace !== undefined) return computed(workspace)
  return signed(unknown('several-candidates', [place]), 'terraform.workspace')
}

function externalValue(world: World, scope: Scope, expression: Reference): Value {
  return unknown(
    'external-value',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )
}

function localValue(world: World, scope: Scope, name: string, next: Step | undefined): Value {
  const local = scope.instance.module.locals.get(name)
  if (local === undefined) return missingLocal(world, scope, name, next)
  return remembered(
    world,
    `${scope.instance.path}#local.${name}`,
    () => unknown('computed', [local.place]),
    () => passing(evaluate(world, { instance: scope.instance }, local.value), local.place, 'local'),
  )
}

/**
 * A local that no file defines, because only a part of the repository is here: the environment is known by its usual
 * names, and a data file is the only JSON file of the folder that has the attribute asked for.
 */
function missingLocal(world: World, scope: Scope, name: string, next: Step | undefined): Value {
  const environment = usualNames.includes(name) ? spokenEnvironment(world) : undefined
  if (environment !== undefined) return computed(environment)
  if (next?.kind !== 'attribute') return unknown(usualNames.includes(name) ? 'several-candidates' : 'no-default', [])
  const found = (indexOf(world.files).byFolder.get(scope.instance.module.folder) ?? []).flatMap((file) => {
    const text = world.files.get(file) ?? ''
    if (!file.endsWith('.json') || /\.(tf|tfvars|tofu)\.json$/.test(file)) return []
    const node = text.includes(`"${next.name}"`) ? readJson(text) : undefined
    return node?.kind === 'map' && node.entries.some((entry) => entry.key === next.name) ? [dataValue(file, node)] : []
  })
  const [only, second] = found
  return only !== undefined && second === undefined ? only : unknown('no-default', [])
}

function moduleOutput(
  world: World,
  scope: Scope,
  name: string,
  second: Step | undefined,
  expression: Reference,
): Value {
  const [call] = scope.instance.module.byName.get(`module ${name}`) ?? []
  const indexed = second?.kind === 'index'
  const output = expression.steps[indexed ? 2 : 1]
  if (call === undefined || localFolder(scope.instance, call) === undefined)
    return externalValue(world, scope, expression)
  if (output?.kind !== 'attribute') return opaqueReference(world, scope, expression)
  const key = indexed && second.kind === 'index' ? evaluate(world, scope, second.key) : undefined
  const child = childInstance(world, scope.instance, name, key, (inner, expr) => evaluate(world, inner, expr))
  const [block] = child?.instance.module.byName.get(`output ${output.name}`) ?? []
  const value = block === undefined ? undefined : attributeOf(block.body, 'value')
  if (child === undefined || value === undefined) return opaqueReference(world, scope, expression)
  const made = remembered(
    world,
    `${child.instance.path}#output.${output.name}`,
    () => unknown('computed', [value.place]),
    () => evaluate(world, { instance: child.instance }, value.value),
  )
  return follow(world, scope, made, expression.steps.slice(indexed ? 3 : 2), expression.place)
}

function opaqueReference(world: World, scope: Scope, expression: Reference): Value {
  return unknown(
    'computed',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )
}

function resourceValue(world: World, scope: Scope, expression: Reference): Value {
  const [first, second] = expression.steps
  const name = first?.kind === 'attribute' ? first.name : ''
  const address = `${expression.root}.${name}`
  const keyValue = second?.kind === 'index' ? evaluate(world, scope, second.key) : undefined
  const key = keyValue?.kind === 'known' ? asText(keyValue.scalar) : undefined
  if (key !== undefined && !exists(world, scope, address, key)) {
    return unknown('absent', [expression.place], deepDependencies(keyValue ?? computed(null)))
  }
  const every = second?.kind === 'splat' || (second?.kind === 'index' && key === undefined)
  const prefix = `@${scope.instance.path}|${address}`
  const id = every ? `${prefix}[*]` : `${prefix}[${key ?? ''}]`
  const rest = expression.steps.slice(second === undefined || second.kind === 'attribute' ? 1 : 2)
  const path = rest.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []))
  const dependencies = joined([new Set([id, prefix]), keyValue === undefined ? none : deepDependencies(keyValue)])
  return {
    kind: 'resource',
    id,
    instancePath: scope.instance.path,
    address,
    key,
    path,
    dependencies,
  } satisfies ResourceValue
}

/** False only when it is known which copies a resource has, and this is none of them. */
function exists(world: World, scope: Scope, address: string, key: string): boolean {
  const [block] = scope.instance.module.byName.get(`resource ${address.replace('.', ' ')}`) ?? []
  const name = `${scope.instance.path}#copies.${address}`
  if (block === undefined || world.active.has(name)) return true
  world.active.add(name)
  const copies = expand({ instance: scope.instance }, block, (inner, expression) => evaluate(world, inner, expression))
  world.active.delete(name)
  return copies.some((copy) => !copy.certain || copy.key === key)
}
