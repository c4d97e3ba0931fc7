import type { Place } from '../place.js'
import type { DataNode, DataScalar } from '../syntax.js'
import {
  asText,
  computed,
  deepDependencies,
  dependingOn,
  joined,
  leavesOf,
  none,
  once,
  passing,
  signed,
  signOf,
  unknown,
  type Value,
} from '../values.js'
import { conditionNamed } from './conditions.js'
import { parameterOf, parameterValue } from './parameters.js'
import { nestedStack, resourcesOf, type Stack, type StackWorld } from './stack.js'
import { entryOf, type Intrinsic, intrinsicOf, textOf } from './template.js'

/** What a node of a template is worth in a stack. Never throws; what cannot be decided keeps all it depends on. */
export function evaluateNode(world: StackWorld, stack: Stack, node: DataNode): Value {
  world.budget.left -= 1
  if (world.budget.left < 0) return unknown('too-large', [placeOf(stack, node)])
  if (node.kind === 'alias') return aliasValue(world, stack, node.name, placeOf(stack, node))
  const intrinsic = intrinsicOf(node)
  if (intrinsic) return intrinsicValue(world, stack, intrinsic, placeOf(stack, node))
  if (node.kind === 'scalar') return scalarValue(stack, node)
  if (node.kind === 'list') {
    return {
      kind: 'list',
      items: node.items.map((item) => once(() => evaluateNode(world, stack, item))),
      dependencies: none,
    }
  }
  const entries = node.entries.map((entry) => [entry.key, once(() => evaluateNode(world, stack, entry.value))] as const)
  return { kind: 'map', entries: new Map(entries), dependencies: none }
}

/** The place of a node in its template's file. */
export function placeOf(stack: Stack, node: DataNode): Place {
  return {
    file: stack.template.file,
    start: node.start,
    end: node.end,
  }
}

function scalarValue(stack: Stack, node: DataScalar): Value {
  if (node.value === null) return computed(null)
  if (node.quote === 'block' || node.tag !== undefined)
    return signed(unknown('computed', [placeOf(stack, node)], ownId(stack, node)), JSON.stringify(node.text))
  const quoted = node.quote !== ''
  const place = quoted ? { file: stack.template.file, start: node.start + 1, end: node.end - 1 } : placeOf(stack, node)
  const id = `${place.file}:${place.start}`
  return {
    kind: 'known',
    scalar: node.value,
    leaf: { id, place, quoted, where: 'literal', variables: [] },
    trail: [place],
    dependencies: new Set([id]),
  }
}

function ownId(stack: Stack, node: DataNode) {
  return new Set([`${stack.template.file}:${node.start}`])
}

function aliasValue(world: StackWorld, stack: Stack, name: string, place: Place): Value {
  const key = `${stack.path}*${name}`
  const node = stack.template.anchors.get(name)
  if (node === undefined || world.active.has(key)) return unknown('unparseable', [place])
  world.active.add(key)
  const value = evaluateNode(world, stack, node)
  world.active.delete(key)
  return value
}

function intrinsicValue(world: StackWorld, stack: Stack, intrinsic: Intrinsic, place: Place): Value {
  const { name, argument } = intrinsic
  if (name === 'Ref') return refValue(world, stack, textOf(argument), place)
  if (name === 'If') return ifValue(world, stack, argument, place)
  if (name === 'FindInMap') return mapValue(world, stack, argument, place)
  if (name === 'Sub') return subValue(world, stack, argument, place)
  if (name === 'GetAtt') return attributeValue(world, stack, argument)
  return opaque(world, stack, intrinsic, name === 'ImportValue' ? 'external-value' : 'computed', place)
}

/** A function that is not followed: a function of its argument, wherever that is described. */
function opaque(
  world: StackWorld,
  stack: Stack,
  { name, argument }: Intrinsic,
  reason: 'computed' | 'external-value',
  place: Place,
): Value {
  const value = evaluateNode(world, stack, argument)
  const sign = signOf(value)
  return signed(unknown(reason, [place], deepDependencies(value)), sign === undefined ? undefined : `${name}(${sign})`)
}

function refValue(world: StackWorld, stack: Stack, name: string | undefined, place: Place): Value {
  if (name === undefined) return unknown('computed', [place])
  if (name === 'AWS::NoValue') return computed(null)
  if (name === 'AWS::Region' && world.context.region !== undefined) return computed(world.context.region)
  if (name.startsWith('AWS::')) return signed(unknown('several-candidates', [place]), name)
  if (parameterOf(stack, name) !== undefined) {
    return passing(
      parameterValue(world, stack, name, (inner, node) => evaluateNode(world, inner, node)),
      place,
    )
  }
  if (!resourcesOf(stack.template).has(name)) return unknown('unparseable', [place])
  const id = `@${stack.path}|${name}`
  return {
    kind: 'resource',
    id,
    instancePath: stack.path,
    address: name,
    key: undefined,
    path: [],
    dependencies: new Set([id]),
  }
}

/** An attribute of a resource; an output of a nested stack depends on what that output is made of. */
function attributeValue(world: StackWorld, stack: Stack, argument: DataNode): Value {
  const parts =
    argument.kind === 'list' ? argument.items.map((item) => textOf(item) ?? '') : (textOf(argument) ?? '').split('.')
  const [name = '', ...path] = parts
  const id = `@${stack.path}|${name}`
  const child = nestedStack(world, stack, name)
  const output = path[0] === 'Outputs' ? entryOf(entryOf(child?.template.root, 'Outputs'), path[1] ?? '') : undefined
  const value = entryOf(output, 'Value')
  const more = child === undefined || value === undefined ? none : deepDependencies(evaluateNode(world, child, value))
  return {
    kind: 'resource',
    id,
    instancePath: stack.path,
    address: name,
    key: undefined,
    path,
    dependencies: joined([new Set([id]), more]),
  }
}

function ifValue(world: StackWorld, stack: Stack, argument: DataNode, place: Place): Value {
  const [condition, yes, no] = argument.kind === 'list' ? argument.items : []
  const name = textOf(condition)
  if (name === undefined || yes === undefined || no === undefined)
    return opaque(world, stack, { name: 'If', argument }, 'computed', place)
  const test = conditionNamed(world, stack, name, place)
  if (test.kind === 'known' && typeof test.scalar === 'boolean') {
    const arm = evaluateNode(world, stack, test.scalar ? yes : no)
    return dependingOn(passing(arm, place, 'condition-branch'), test.dependencies)
  }
  const arms = [yes, no].map((arm) => evaluateNode(world, stack, arm))
  const dependencies = joined([deepDependencies(test), ...arms.map((arm) => deepDependencies(arm))])
  return unknown('several-candidates', [place], dependencies)
}

function mapValue(world: StackWorld, stack: Stack, argument: DataNode, place: Place): Value {
  const items = argument.kind === 'list' ? argument.items.map((item) => evaluateNode(world, stack, item)) : []
  const dependencies = joined(items.map((item) => deepDependencies(item)))
  const [map, top, second] = items.map((item) => (item.kind === 'known' ? asText(item.scalar) : undefined))
  const mapping = map === undefined ? undefined : entryOf(entryOf(stack.template.root, 'Mappings'), map)
  if (mapping === undefined || items.length !== 3)
    return opaque(world, stack, { name: 'FindInMap', argument }, 'computed', place)
  const whole = evaluateNode(world, stack, mapping)
  if (top === undefined || second === undefined) {
    const lost = unknown(
      'several-candidates',
      [...leavesUnder(whole, second), place],
      joined([dependencies, deepDependencies(whole)]),
    )
    const signs = [...items, whole].map((item) => signOf(item))
    return signed(lost, signs.every((sign) => sign !== undefined) ? `FindInMap(${signs.join(',')})` : undefined)
  }
  const found = entryOf(entryOf(mapping, top), second)
  if (found === undefined) return unknown('computed', [place], dependencies)
  return dependingOn(passing(evaluateNode(world, stack, found), place, 'mapping-entry'), dependencies)
}

function leavesUnder(whole: Value, second: string | undefined): readonly Place[] {
  if (whole.kind !== 'map' || second === undefined) return []
  return [...whole.entries.values()].flatMap((entry) => {
    const inner = entry()
    const value = inner.kind === 'map' ? inner.entries.get(second)?.() : undefined
    return value === undefined ? [] : leavesOf(value)
  })
}

function subValue(world: StackWorld, stack: Stack, argument: DataNode, place: Place): Value {
  const [template, given] = argument.kind === 'list' ? argument.items : [argument]
  const text = textOf(template)
  if (text === undefined) return opaque(world, stack, { name: 'Sub', argument }, 'computed', place)
  const values = evaluateNode(world, stack, given ?? { kind: 'map', entries: [], start: place.start, end: place.start })
  const parts = subParts(text).map((part): Value => {
    if ('text' in part) return computed(part.text)
    const own = values.kind === 'map' ? values.entries.get(part.name)?.() : undefined
    if (own !== undefined) return own
    if (part.name.includes('.'))
      return attributeValue(world, stack, {
        kind: 'scalar',
        value: part.name,
        text: part.name,
        quote: '',
        start: place.start,
        end: place.end,
      })
    return refValue(world, stack, part.name, place)
  })
  const [only, more] = parts
  if (only !== undefined && more === undefined && text.startsWith('$')) return only
  const dependencies = joined([deepDependencies(values), ...parts.map((part) => deepDependencies(part))])
  const shape = parts.map((part) => (part.kind === 'known' ? asText(part.scalar) : undefined))
  if (shape.every((piece) => piece !== undefined)) return computed(shape.join(''), dependencies)
  const signs = parts.map((part) => signOf(part))
  const sign = signs.every((one) => one !== undefined) ? `Sub(${signs.join(',')})` : undefined
  return { ...signed(unknown('computed', [place], dependencies), sign), shape }
}

function subParts(text: string): readonly ({ readonly text: string } | { readonly name: string })[] {
  const parts: ({ readonly text: string } | { readonly name: string })[] = []
  let at = 0
  for (const match of text.matchAll(/\$\{([^}!][^}]{0,300})\}/g)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index) })
    parts.push({ name: (match[1] ?? '').trim() })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ text: text.slice(at).replaceAll('$' + '{!', '$' + '{') })
  return parts
}
