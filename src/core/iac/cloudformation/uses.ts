import type { DataNode } from '../syntax.js'
import { joined, none, type Value, type ValuePart, valueParts } from '../values.js'
import { conditionNamed } from './conditions.js'
import { evaluateNode, placeOf } from './evaluate.js'
import { allStacks, resourcesOf, type Stack, type StackWorld, typeOf } from './stack.js'
import { entryOf, textOf } from './template.js'

/** A use of a value: one part of one resource. `id` is `stack|LogicalId/Properties/…`, the same before and after an edit. */
export interface StackUse extends ValuePart {
  readonly id: string
  readonly owner: string
  readonly type: string | undefined
  readonly node: DataNode
  readonly stack: Stack
}

/** Every use of any value: all resources of all stacks, their conditions, and outputs that other stacks can import. */
export function allStackUses(world: StackWorld, top: Stack): readonly StackUse[] {
  return allStacks(world, top).flatMap((stack) => [
    ...[...resourcesOf(stack.template)].flatMap(([id, node]) => resourceUses(world, stack, id, node)),
    ...sectionUses(world, stack, 'Rules'),
    ...sectionUses(world, stack, 'Transform'),
    ...exportUses(world, stack),
  ])
}

function resourceUses(world: StackWorld, stack: Stack, id: string, node: DataNode): readonly StackUse[] {
  const owner = `${stack.path}|${id}`
  const condition = textOf(entryOf(node, 'Condition'))
  const gate =
    condition === undefined ? none : conditionNamed(world, stack, condition, placeOf(stack, node)).dependencies
  const base = { owner, type: typeOf(node), node, stack }
  const made = valueParts(withoutNestedParameters(world, stack, node)).map((part) => ({
    ...part,
    ...base,
    id: `${owner}${part.path}`,
  }))
  return [{ ...base, id: `${owner}#condition`, path: '', dependencies: gate, text: undefined }, ...made]
}

/** Arguments of a nested stack whose template is here are used inside it, not at the call. */
function withoutNestedParameters(world: StackWorld, stack: Stack, node: DataNode): Value {
  const value = evaluateNode(world, stack, node)
  const type = typeOf(node)
  if ((type !== 'AWS::CloudFormation::Stack' && type !== 'AWS::Serverless::Application') || value.kind !== 'map')
    return value
  const isLocal = allStacks(world, stack).some(
    (child) =>
      child.parent?.stack === stack && child.parent.parameters === entryOf(entryOf(node, 'Properties'), 'Parameters'),
  )
  const properties = value.entries.get('Properties')?.()
  if (!isLocal || properties?.kind !== 'map') return value
  const kept = new Map([...properties.entries].filter(([key]) => key !== 'Parameters'))
  return { ...value, entries: new Map([...value.entries, ['Properties', () => ({ ...properties, entries: kept })]]) }
}

function sectionUses(world: StackWorld, stack: Stack, section: string): readonly StackUse[] {
  const node = entryOf(stack.template.root, section)
  if (node === undefined) return []
  const owner = `${stack.path}|${section}`
  return valueParts(evaluateNode(world, stack, node)).map((part) => ({
    ...part,
    id: `${owner}${part.path}`,
    owner,
    type: undefined,
    node,
    stack,
  }))
}

function exportUses(world: StackWorld, stack: Stack): readonly StackUse[] {
  const outputs = entryOf(stack.template.root, 'Outputs')
  if (outputs?.kind !== 'map') return []
  return outputs.entries
    .filter((entry) => entryOf(entry.value, 'Export') !== undefined)
    .map(({ key, value: node }) => {
      const parts = valueParts(evaluateNode(world, stack, node))
      const owner = `${stack.path}|Outputs/${key}`
      return {
        id: owner,
        owner,
        type: undefined,
        node,
        stack,
        path: '',
        dependencies: joined(parts.map((part) => part.dependencies)),
        text: undefined,
      }
    })
}
