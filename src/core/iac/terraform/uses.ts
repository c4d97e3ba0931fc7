import { type Dependencies, deepDependencies, type ValuePart, valueParts } from '../values.js'
import type { Block } from './ast.js'
import { type AttributeUse, bodyOfCopy, copiesOf, ownerOf, usesBelow } from './attribute-use.js'
import { evaluate } from './evaluate.js'
import { childInstances, localFolder, structureDependencies } from './instances.js'
import { type ModuleInstance, rootInstance, type World } from './world.js'

/** A use of a value with everything that can change it. */
export interface Use {
  readonly id: string
  readonly owner: string
  readonly attribute: AttributeUse['attribute'] | undefined
  readonly block: Block
  readonly dependencies: Dependencies
  /** False when the block has copies that nobody can count: one use stands for many. */
  readonly certain: boolean
}

/** All module instances below the root, the root first. */
export function allInstances(
  world: World,
): readonly { readonly instance: ModuleInstance; readonly certain: boolean }[] {
  const found = [{ instance: rootInstance(world), certain: true }]
  for (let at = 0; at < found.length && found.length < 2_000; at += 1) {
    const parent = found[at]
    if (parent === undefined) break
    for (const call of parent.instance.module.blocks.filter((block) => block.type === 'module')) {
      const children = childInstances(world, parent.instance, call, (scope, expression) =>
        evaluate(world, scope, expression),
      )
      found.push(...children.map((child) => ({ instance: child.instance, certain: child.certain && parent.certain })))
    }
  }
  if (found.length >= 2_000) world.budget.left = -1
  return found
}

/** Every use of any value in a world: attributes of resources, data sources, providers and foreign modules, and what counts copies. */
export function allUses(world: World): readonly Use[] {
  return [...inputUses(world), ...moduleUses(world)]
}

/** The inputs of a module that is kept elsewhere: each is used by that module, nobody here can see how. */
function inputUses(world: World): readonly Use[] {
  const { terragrunt } = world
  if (terragrunt === undefined || !terragrunt.foreign) return []
  return terragrunt.names().flatMap((name) => {
    const value = terragrunt.input(name)
    const owner = `|${terragrunt.file}`
    const block = inputBlock(terragrunt.file)
    const base = { owner, attribute: undefined, block, certain: true }
    return value === undefined
      ? []
      : valueParts(value).map((part) => ({
          ...base,
          id: `${owner}#${name}${part.path}`,
          dependencies: part.dependencies,
        }))
  })
}

/** A stand-in for the call that Terragrunt makes. */
export function inputBlock(file: string): Block {
  return {
    type: 'module',
    labels: ['terragrunt'],
    place: { file, start: 0, end: 0 },
    body: { attributes: [], blocks: [] },
  }
}

function moduleUses(world: World): readonly Use[] {
  return allInstances(world).flatMap(({ instance, certain }) =>
    instance.module.blocks.flatMap((block) =>
      usedTypes.has(block.type) ? blockUses(world, instance, block, certain) : [],
    ),
  )
}

const usedTypes = new Set(['resource', 'data', 'provider', 'module', 'check', 'ephemeral', 'action'])

function blockUses(world: World, instance: ModuleInstance, block: Block, certain: boolean): readonly Use[] {
  const copies = copiesOf(world, instance, block)
  const structure: Use = {
    id: `${instance.path}|${block.type}.${block.labels.join('.')}#copies`,
    owner: `${instance.path}|${block.labels.join('.')}`,
    attribute: undefined,
    block,
    dependencies: structureDependencies(copies),
    certain,
  }
  if (block.type === 'module' && localFolder(instance, block) !== undefined) return [structure]
  const uses = copies.flatMap((copy) =>
    usesBelow(world, ownerOf(instance, block, copy), bodyOfCopy(block, copy))
      .filter((use) => use.counts || !notUsed.has(use.attribute.name))
      .flatMap((use) =>
        partsUsed(world, use).map((part) => ({
          ...use,
          id: use.id + part.path,
          block,
          certain: certain && copy.certain,
          dependencies: part.dependencies,
        })),
      ),
  )
  return [structure, ...uses]
}

function partsUsed(world: World, use: AttributeUse): readonly Pick<ValuePart, 'path' | 'dependencies'>[] {
  const value = evaluate(world, use.scope, use.attribute.value)
  if (!use.counts) return valueParts(value)
  const counted = value.kind === 'map' || value.kind === 'list' ? value.dependencies : deepDependencies(value)
  return [{ path: '#counted', dependencies: counted }]
}

/** Meta-arguments: counted as structure, or without any effect on what is deployed. */
const notUsed = new Set([
  'count',
  'for_each',
  'depends_on',
  'ignore_changes',
  'replace_triggered_by',
  'source',
  'version',
  'providers',
])
