import { readJson } from '../json-reader.js'
import { folderOf } from '../paths.js'
import type { Place } from '../place.js'
import {
  asText,
  computed,
  deepDependencies,
  dependingOn,
  joined,
  type KnownValue,
  leavesOf,
  none,
  once,
  passing,
  type ResourceValue,
  signed,
  unknown,
  type Value,
} from '../values.js' // prettier-ignore
import { attributeOf, type Expr, type ForExpr, partsOf, type Step } from './ast.js'
import { dataValue } from './data-value.js'
import { callFunction } from './functions.js'
import { childInstance, expand, localFolder } from './instances.js'
import { spokenEnvironment } from './spoken-environment.js'
import { usualNames, variableValue } from './variables.js'
import { remembered, type Scope, type World } from './world.js'

/** What an expression is worth in a scope. Never throws; what cannot be decided is unknown and keeps all it depends on. */
export const evaluate = (world: World, scope: Scope, expression: Expr): Value => {
  world.budget.left -= 1
  if (world.budget.left < 0 || world.active.size > 200) {
    world.budget.left = -1
    return unknown('too-large', [expression.place])
  }
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression)
    case 'template':
      return templateValue(world, scope, expression)
    case 'reference':
      return referenceValue(world, scope, expression)
    case 'traversal':
      return follow(world, scope, evaluate(world, scope, expression.target), expression.steps, expression.place)
    case 'call':
      return callFunction({ world, scope, expression, evaluate: (inner) => evaluate(world, scope, inner) })
    case 'conditional':
      return conditionalValue(world, scope, expression)
    case 'binary':
      return binaryValue(world, scope, expression)
    case 'not':
      return notValue(evaluate(world, scope, expression.operand), expression.place)
    case 'object':
      return objectValue(world, scope, expression)
    case 'list':
      return {
        kind: 'list',
        items: expression.items.map((item) => once(() => evaluate(world, scope, item))),
        dependencies: none,
      }
    case 'for':
      return forValue(world, scope, expression)
    case 'opaque':
      return opaqueValue(world, scope, expression)
  }
}

const literalValue = (expression: Expr & { kind: 'literal' }): Value => {
  const { place, value, quoted } = expression
  if (value === null) return computed(null)
  const id = `${place.file}:${place.start}`
  return {
    kind: 'known',
    scalar: value,
    leaf: { id, place, quoted, where: 'literal', variables: [] },
    trail: [place],
    dependencies: new Set([id]),
  }
}

/** Everything inside counts, each part evaluated as far as it goes. */
const opaqueValue = (world: World, scope: Scope, expression: Expr): Value =>
  unknown(
    'computed',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )

const templateValue = (world: World, scope: Scope, expression: Expr & { kind: 'template' }): Value => {
  const parts = expression.parts.map((part) =>
    typeof part === 'string' ? computed(part) : evaluate(world, scope, part),
  )
  const [only, more] = parts
  if (only !== undefined && more === undefined && typeof expression.parts[0] !== 'string') return only
  const dependencies = joined(parts.map((part) => deepDependencies(part)))
  const texts = parts.map((part) => (part.kind === 'known' ? asText(part.scalar) : undefined))
  if (texts.every((text) => text !== undefined)) return computed(texts.join(''), dependencies)
  const blocking = parts.find((part) => part.kind === 'unknown')
  const lost = unknown(blocking?.kind === 'unknown' ? blocking.reason : 'computed', [expression.place], dependencies)
  return { ...lost, shape: parts.flatMap(shapeOf) }
}

const shapeOf = (part: Value): readonly (string | undefined)[] => {
  if (part.kind === 'known') return [asText(part.scalar)]
  return part.kind === 'unknown' && part.shape !== undefined ? part.shape : [undefined]
}

const conditionalValue = (world: World, scope: Scope, expression: Expr & { kind: 'conditional' }): Value => {
  const test = evaluate(world, scope, expression.test)
  if (test.kind === 'known' && (test.scalar === true || test.scalar === false)) {
    const arm = evaluate(world, scope, test.scalar ? expression.yes : expression.no)
    return dependingOn(passing(arm, expression.place, 'conditional-branch'), test.dependencies)
  }
  const arms = [expression.yes, expression.no].map((arm) => evaluate(world, scope, arm))
  const dependencies = joined([deepDependencies(test), ...arms.map((arm) => deepDependencies(arm))])
  return unknown('several-candidates', [expression.place], dependencies)
}

const notValue = (operand: Value, place: Place): Value => {
  if (operand.kind === 'known' && typeof operand.scalar === 'boolean')
    return computed(!operand.scalar, operand.dependencies)
  return unknown(operand.kind === 'unknown' ? operand.reason : 'computed', [place], deepDependencies(operand))
}

const compare: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
}

const binaryValue = (world: World, scope: Scope, expression: Expr & { kind: 'binary' }): Value => {
  const { operator, place } = expression
  const left = evaluate(world, scope, expression.left)
  const right = evaluate(world, scope, expression.right)
  const nullness = comparedToNull(operator, left, right)
  if (nullness !== undefined) return nullness
  const dependencies = joined([deepDependencies(left), deepDependencies(right)])
  const answer = logical(operator, left, right) ?? comparison(operator, left, right)
  if (answer !== undefined) return computed(answer, dependencies)
  const blocking = [left, right].find((side) => side.kind === 'unknown')
  const arithmetic = ['+', '-', '*', '/', '%'].includes(operator)
  return unknown(blocking?.kind === 'unknown' && !arithmetic ? blocking.reason : 'computed', [place], dependencies)
}

const logical = (operator: string, left: Value, right: Value): boolean | undefined => {
  if (operator !== '&&' && operator !== '||') return undefined
  const deciding = operator === '||'
  const scalars = [left, right].map((side) => (side.kind === 'known' ? side.scalar : undefined))
  if (scalars.includes(deciding)) return deciding
  return scalars.every((scalar) => scalar === !deciding) ? !deciding : undefined
}

/** A map, a list, a resource or a written scalar is never null, whatever an edit puts there: its content does not matter. */
const comparedToNull = (operator: string, left: Value, right: Value): Value | undefined => {
  if (operator !== '==' && operator !== '!=') return undefined
  const [other, ...more] = [left, right].filter((side) => !(side.kind === 'known' && side.scalar === null))
  if (other === undefined || more.length > 0 || other.kind === 'unknown') return undefined
  const own = other.kind === 'known' ? other.leaf?.id : undefined
  return computed(operator === '!=', new Set([...other.dependencies].filter((id) => id !== own)))
}

const comparison = (operator: string, left: Value, right: Value): boolean | undefined => {
  if (left.kind !== 'known' || right.kind !== 'known') return undefined
  if (operator === '==' || operator === '!=') {
    const same =
      left.scalar === right.scalar || (left.scalar !== null && right.scalar !== null && sameAcrossTypes(left, right))
    return operator === '==' ? same : !same
  }
  const test = compare[operator]
  const numbers = [left, right].map((side) =>
    side.scalar === null || side.scalar === '' ? Number.NaN : Number(side.scalar),
  )
  const [first, second] = numbers
  if (test === undefined || first === undefined || second === undefined || numbers.some(Number.isNaN)) return undefined
  return test(first, second)
}

/** A variable typed as text may hold a bare number: Terraform has converted it, we compare as text. */
const sameAcrossTypes = (left: KnownValue, right: KnownValue): boolean => String(left.scalar) === String(right.scalar)

const objectValue = (world: World, scope: Scope, expression: Expr & { kind: 'object' }): Value => {
  const entries = new Map<string, () => Value>()
  const keys: Value[] = []
  for (const entry of expression.entries) {
    const key = entry.key.kind === 'literal' ? computed(entry.key.value) : evaluate(world, scope, entry.key)
    const name = key.kind === 'known' ? asText(key.scalar) : undefined
    if (name === undefined) return opaqueValue(world, scope, expression)
    keys.push(key)
    entries.set(
      name,
      once(() => passing(evaluate(world, scope, entry.value), entry.value.place, 'map-entry')),
    )
  }
  return { kind: 'map', entries, dependencies: joined(keys.map((key) => key.dependencies)) }
}

/** The elements of a map or list as key and value; undefined when they are not known. */
export const elementsOf = (
  value: Value,
): readonly { readonly key: Value; readonly value: () => Value }[] | undefined => {
  if (value.kind === 'map')
    return [...value.entries].map(([key, entry]) => ({ key: computed(key, value.dependencies), value: entry }))
  if (value.kind !== 'list') return undefined
  return value.items.map((item, at) => ({ key: computed(at, value.dependencies), value: item }))
}

const forValue = (world: World, scope: Scope, expression: ForExpr): Value => {
  const over = evaluate(world, scope, expression.over)
  const elements = elementsOf(over)
  const made =
    elements === undefined || expression.grouped ? undefined : forElements(world, scope, expression, elements)
  if (made !== undefined) return dependingOn(made, over.dependencies)
  const names = new Map(
    expression.names.map(
      (name) => [name, () => unknown('computed', [expression.place], deepDependencies(over))] as const,
    ),
  )
  return opaqueValue(world, { ...scope, names: new Map([...(scope.names ?? []), ...names]) }, expression)
}

const forElements = (
  world: World,
  scope: Scope,
  expression: ForExpr,
  elements: readonly { readonly key: Value; readonly value: () => Value }[],
): Value | undefined => {
  const [first, second] = expression.names
  if (first === undefined || elements.length > 500) return undefined
  const entries = new Map<string, () => Value>()
  const items: (() => Value)[] = []
  let dependencies = none
  for (const element of elements) {
    const bound =
      second === undefined
        ? [[first, element.value] as const]
        : ([
            [first, () => element.key],
            [second, element.value],
          ] as const)
    const inner = { ...scope, names: new Map([...(scope.names ?? []), ...bound]) }
    const kept = expression.test === undefined ? computed(true) : evaluate(world, inner, expression.test)
    if (kept.kind !== 'known' || typeof kept.scalar !== 'boolean') return undefined
    dependencies = joined([dependencies, kept.dependencies])
    if (!kept.scalar) continue
    const value = once(() => evaluate(world, inner, expression.value))
    items.push(value)
    if (expression.key === undefined) continue
    const key = evaluate(world, inner, expression.key)
    const name = key.kind === 'known' ? asText(key.scalar) : undefined
    if (name === undefined) return undefined
    dependencies = joined([dependencies, key.dependencies])
    entries.set(name, value)
  }
  return expression.key === undefined ? { kind: 'list', items, dependencies } : { kind: 'map', entries, dependencies }
}

type Reference = Expr & { readonly kind: 'reference' }

const referenceValue = (world: World, scope: Scope, expression: Reference): Value => {
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

const namedVariable = (world: World, scope: Scope, name: string): Value =>
  scope.names?.get(`var.${name}`)?.() ??
  variableValue(world, scope.instance, name, (inner, expr) => evaluate(world, inner, expr))

const eachValue = (scope: Scope, name: string, place: Place): Value => {
  if (scope.each === undefined) return unknown('several-candidates', [place])
  return name === 'key' ? scope.each.key : scope.each.value()
}

const workspaceValue = (world: World, place: Place): Value => {
  const { workspace } = world.context
  if (workspace !== undefined) return computed(workspace)
  return signed(unknown('several-candidates', [place]), 'terraform.workspace')
}

const externalValue = (world: World, scope: Scope, expression: Reference): Value =>
  unknown(
    'external-value',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )

const localValue = (world: World, scope: Scope, name: string, next: Step | undefined): Value => {
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
const missingLocal = (world: World, scope: Scope, name: string, next: Step | undefined): Value => {
  const environment = usualNames.includes(name) ? spokenEnvironment(world) : undefined
  if (environment !== undefined) return computed(environment)
  if (next?.kind !== 'attribute') return unknown(usualNames.includes(name) ? 'several-candidates' : 'no-default', [])
  const found = [...world.files].flatMap(([file, text]) => {
    if (
      folderOf(file) !== scope.instance.module.folder ||
      !file.endsWith('.json') ||
      /\.(tf|tfvars|tofu)\.json$/.test(file)
    )
      return []
    const node = text.includes(`"${next.name}"`) ? readJson(text) : undefined
    return node?.kind === 'map' && node.entries.some((entry) => entry.key === next.name) ? [dataValue(file, node)] : []
  })
  const [only, second] = found
  return only !== undefined && second === undefined ? only : unknown('no-default', [])
}

const moduleOutput = (
  world: World,
  scope: Scope,
  name: string,
  second: Step | undefined,
  expression: Reference,
): Value => {
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

const opaqueReference = (world: World, scope: Scope, expression: Reference): Value =>
  unknown(
    'computed',
    [expression.place],
    joined(partsOf(expression).map((part) => deepDependencies(evaluate(world, scope, part)))),
  )

const resourceValue = (world: World, scope: Scope, expression: Reference): Value => {
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
const exists = (world: World, scope: Scope, address: string, key: string): boolean => {
  const [block] = scope.instance.module.byName.get(`resource ${address.replace('.', ' ')}`) ?? []
  const name = `${scope.instance.path}#copies.${address}`
  if (block === undefined || world.active.has(name)) return true
  world.active.add(name)
  const copies = expand({ instance: scope.instance }, block, (inner, expression) => evaluate(world, inner, expression))
  world.active.delete(name)
  return copies.some((copy) => !copy.certain || copy.key === key)
}

/** Follows `.name` and `[key]` into a value. An index that is not known depends on every entry it could mean. */
const follow = (world: World, scope: Scope, value: Value, steps: readonly Step[], place: Place): Value => {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (value.kind === 'resource') {
    const path = step.kind === 'attribute' ? [...value.path, step.name] : value.path
    return follow(world, scope, { ...value, path }, rest, place)
  }
  if (step.kind === 'splat') return unknown('computed', [place], deepDependencies(value))
  const key = step.kind === 'attribute' ? computed(step.name) : evaluate(world, scope, step.key)
  if (value.kind === 'unknown')
    return unknown(value.reason, value.places, joined([value.dependencies, deepDependencies(key)]))
  if (value.kind === 'known') return unknown('computed', [place], joined([value.dependencies, deepDependencies(key)]))
  const more = joined([value.dependencies, deepDependencies(key)])
  const name = key.kind === 'known' ? asText(key.scalar) : undefined
  if (name === undefined) return candidates(world, scope, value, rest, place, more)
  const entry = value.kind === 'map' ? value.entries.get(name) : value.items[Number(name)]
  if (entry === undefined) return unknown('absent', [place], more)
  return dependingOn(follow(world, scope, entry(), rest, place), more)
}

const candidates = (
  world: World,
  scope: Scope,
  value: Value & { readonly kind: 'map' | 'list' },
  rest: readonly Step[],
  place: Place,
  more: Value['dependencies'],
): Value => {
  const entries = value.kind === 'map' ? [...value.entries.values()] : value.items
  const possible = entries.map((entry) => follow(world, scope, entry(), rest, place))
  const places = possible.flatMap((one) => (one.kind === 'known' ? leavesOf(one) : []))
  return unknown(
    'several-candidates',
    places.length > 0 ? places : [place],
    joined([more, ...possible.map((one) => deepDependencies(one))]),
  )
}
