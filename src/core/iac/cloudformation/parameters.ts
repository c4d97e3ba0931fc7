import type { CodeScalar } from '../../model/code.js'
import { readJson } from '../json-reader.js'
import type { Place } from '../place.js'
import type { DataNode, DataScalar } from '../syntax.js'
import { computed, deepDependencies, dependingOn, joined, passing, signed, unknown, type Value } from '../values.js'
import type { Stack, StackWorld } from './stack.js'
import { entryOf, textOf } from './template.js'

type EvaluateIn = (stack: Stack, node: DataNode) => Value

/** The declaration of a parameter. */
export function parameterOf(stack: Stack, name: string): DataNode | undefined {
  return entryOf(entryOf(stack.template.root, 'Parameters'), name)
}

/** The value of a parameter: the parent's argument, the deployment's parameter files, what is deployed, or the default. */
export function parameterValue(world: StackWorld, stack: Stack, name: string, evaluate: EvaluateIn): Value {
  const key = `${stack.path}#${name}`
  const known = world.values.get(key)
  if (known) return known
  if (world.active.has(key)) return unknown('unparseable', [])
  world.active.add(key)
  const value = through(stack, name, decide(world, stack, name, evaluate))
  world.active.delete(key)
  world.values.set(key, value)
  return value
}

function through(stack: Stack, name: string, value: Value): Value {
  if (/^AWS::SSM::Parameter::Value</.test(textOf(entryOf(parameterOf(stack, name), 'Type')) ?? '')) {
    return unknown('external-value', [], deepDependencies(value))
  }
  if (value.kind !== 'known' || value.leaf === undefined) return value
  return { ...value, leaf: { ...value.leaf, variables: [...value.leaf.variables, { instancePath: stack.path, name }] } }
}

function decide(world: StackWorld, stack: Stack, name: string, evaluate: EvaluateIn): Value {
  if (stack.parent !== undefined) {
    const { parameters, stack: parent } = stack.parent
    if (parameters !== undefined && parameters.kind !== 'map')
      return unknown('computed', [], deepDependencies(evaluate(parent, parameters)))
    const given = entryOf(parameters, name)
    return given === undefined
      ? defaultValue(stack, name, evaluate)
      : passing(evaluate(parent, given), place(parent, given), 'nested-stack-parameter')
  }
  return topValue(world, stack, name, evaluate)
}

function place(stack: Stack, node: DataNode): Place {
  return { file: stack.template.file, start: node.start, end: node.end }
}

function defaultValue(stack: Stack, name: string, evaluate: EvaluateIn): Value {
  const declared = parameterOf(stack, name)
  const written = entryOf(declared, 'Default')
  if (written === undefined) {
    const places = declared === undefined ? [] : [{ ...place(stack, declared), end: declared.start }]
    return signed(unknown('no-default', places), `Ref(${stack.path}|${name})`)
  }
  return passing(evaluate(stack, written), place(stack, written), 'parameter-default')
}

function topValue(world: StackWorld, stack: Stack, name: string, evaluate: EvaluateIn): Value {
  const { stackParameters, parameterFiles } = world.context
  const written = fromFiles(world, name) ?? defaultValue(stack, name, evaluate)
  const files = parameterFiles === undefined ? optionalParameterFiles(world, stack) : []
  const others = files.flatMap((file) => fromFile(world, file, name) ?? [])
  if (stackParameters === 'unknown') return unsure([...others, written])
  const told = stackParameters?.[name]
  if (told !== undefined) return deployed([written, ...others], told)
  return others.length > 0 ? unsure([...others, written]) : written
}

function unsure(possible: readonly Value[]): Value {
  const places = possible.flatMap((one) => (one.kind === 'known' && one.leaf !== undefined ? [one.leaf.place] : []))
  return dependingOn(unknown('several-candidates', places), joined(possible.map((one) => deepDependencies(one))))
}

/** What is deployed decides. One place that says the same is the value's own; where none does, the first is shown as drift. */
function deployed(possible: readonly Value[], told: CodeScalar): Value {
  const equal = possible.filter(
    (one) => one.kind === 'known' && one.scalar !== null && String(one.scalar) === String(told),
  )
  const [only, second] = equal
  if (only !== undefined && second === undefined) return only
  const [written] = possible
  const trail =
    only === undefined && written?.kind === 'known' && written.leaf !== undefined ? [written.leaf.place] : []
  return { ...computed(told, joined(possible.map((one) => deepDependencies(one)))), trail }
}

function fromFiles(world: StackWorld, name: string): Value | undefined {
  for (const file of (world.context.parameterFiles ?? []).toReversed()) {
    const value = fromFile(world, file, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** A parameter in a file of the CLI's form (a list of ParameterKey and ParameterValue) or CodePipeline's (`Parameters`). */
function fromFile(world: StackWorld, file: string, name: string): Value | undefined {
  const text = world.files.get(file)
  if (text === undefined) return unknown('no-default', [{ file, start: 0, end: 0 }])
  const root = readJson(text)
  if (root.kind === 'fault') return unknown(root.reason, [{ file, start: 0, end: 0 }])
  const found = parameterIn(root, name)
  if (found === undefined) return undefined
  if (found.kind !== 'scalar' || found.value === null)
    return unknown('computed', [{ file, start: found.start, end: found.end }])
  return fileLeaf(file, found)
}

function fileLeaf(file: string, node: DataScalar): Value {
  const quoted = node.quote !== ''
  const at = quoted ? { file, start: node.start + 1, end: node.end - 1 } : { file, start: node.start, end: node.end }
  const id = `${file}:${at.start}`
  const leaf = { id, place: at, quoted, where: 'parameter-file', variables: [] }
  return { kind: 'known', scalar: node.value, leaf, trail: [at], dependencies: new Set([id]) }
}

function parameterIn(root: DataNode, name: string): DataNode | undefined {
  if (root.kind === 'map') return entryOf(entryOf(root, 'Parameters'), name)
  if (root.kind !== 'list') return undefined
  const found = root.items
    .filter((item) => textOf(entryOf(item, 'ParameterKey')) === name)
    .map((item) => entryOf(item, 'ParameterValue'))
  return found.at(-1)
}

/** True when nothing in a parameter file contradicts what is deployed: then it may be this deployment's own. */
export function saysWhatIsDeployed(world: StackWorld, file: string): boolean {
  const { stackParameters } = world.context
  if (stackParameters === undefined || stackParameters === 'unknown') return false
  return Object.entries(stackParameters).every(([name, told]) => {
    const value = fromFile(world, file, name)
    return value === undefined || (value.kind === 'known' && String(value.scalar) === String(told))
  })
}

/** Parameter files of the repository that fit this template: every name in them is one of its parameters. */
export function optionalParameterFiles(world: StackWorld, stack: Stack): readonly string[] {
  const declared = entryOf(stack.template.root, 'Parameters')
  const names = new Set(declared?.kind === 'map' ? declared.entries.map((entry) => entry.key) : [])
  return [...world.files]
    .filter(([file, text]) => file.endsWith('.json') && file !== stack.template.file && fits(text, names))
    .map(([file]) => file)
}

function fits(text: string, names: ReadonlySet<string>): boolean {
  if (!text.includes('ParameterKey') && !text.includes('"Parameters"')) return false
  if (text.includes('"Resources"')) return false
  const root = readJson(text)
  if (root.kind === 'fault') return false
  const parameters = root.kind === 'map' ? entryOf(root, 'Parameters') : undefined
  const listed = root.kind === 'list' ? root.items.map((item) => textOf(entryOf(item, 'ParameterKey'))) : []
  const found = parameters?.kind === 'map' ? parameters.entries.map((entry) => entry.key) : listed
  return found.length > 0 && found.every((name) => name !== undefined && names.has(name))
}
