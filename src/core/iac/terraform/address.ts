import { computed } from '../values.js'
import type { Block } from './ast.js'
import { childInstance, type Evaluate, type Expansion, expand, expansionOf, localFolder } from './instances.js'
import { type ModuleInstance, rootInstance, type World } from './world.js'

/** One step of an address: a module call or the resource at its end, with its key. */
export interface AddressStep {
  readonly kind: 'module' | 'resource'
  readonly type: string
  readonly name: string
  readonly key: string | undefined
}

/**
 * Reads a Terraform address.
 * @example parseAddress('module.web["a"].aws_autoscaling_group.this[0]') // a module step with key a, a resource with key 0
 * @returns undefined when the text is no address
 */
export function parseAddress(address: string): readonly AddressStep[] | undefined {
  const steps: AddressStep[] = []
  let rest = address.trim()
  while (rest !== '') {
    const found = /^([\w-]+)\.([\w-]+)/.exec(rest)
    if (found?.[1] === undefined || found[2] === undefined) return undefined
    rest = rest.slice(found[0].length)
    const key = rest.startsWith('[') ? readKey(rest) : { key: undefined, length: 0 }
    if (key === undefined) return undefined
    rest = rest.slice(key.length)
    steps.push({ kind: found[1] === 'module' ? 'module' : 'resource', type: found[1], name: found[2], key: key.key })
    if (rest.startsWith('.')) rest = rest.slice(1)
    else if (rest !== '') return undefined
  }
  return steps.length > 0 ? steps : undefined
}

function readKey(text: string): { readonly key: string; readonly length: number } | undefined {
  const digits = /^\[(\d+)\]/.exec(text)
  if (digits?.[1] !== undefined) return { key: digits[1], length: digits[0].length }
  if (!text.startsWith('["')) return undefined
  const end = text.indexOf('"]')
  return end < 0 ? undefined : { key: text.slice(2, end), length: end + 2 }
}

/** A resource block in one module instance and one of its copies. */
export interface FoundResource {
  readonly kind: 'resource'
  readonly instance: ModuleInstance
  readonly block: Block
  readonly copy: Expansion
}

/** A call of a module from elsewhere, with the address steps inside it. */
export interface FoundForeign {
  readonly kind: 'foreign'
  readonly instance: ModuleInstance
  readonly block: Block
  readonly copy: Expansion
  readonly inside: readonly AddressStep[]
}

/** What stands at an address: a resource, a module from elsewhere, or why neither. */
export type Found =
  | FoundResource
  | FoundForeign
  | { readonly kind: 'missing' }
  | { readonly kind: 'duplicate'; readonly blocks: readonly Block[] }

/** Walks an address from the root module. */
export function findAddress(world: World, steps: readonly AddressStep[], evaluate: Evaluate): Found {
  let instance = rootInstance(world)
  for (const [at, step] of steps.entries()) {
    const name = step.kind === 'module' ? `module ${step.name}` : `resource ${step.type} ${step.name}`
    const blocks = instance.module.byName.get(name) ?? []
    const [block, second] = blocks
    if (block === undefined) return { kind: 'missing' }
    if (second !== undefined) return { kind: 'duplicate', blocks }
    const copy = expansionOf(expand({ instance }, block, evaluate), step.key)
    if (copy === undefined) return { kind: 'missing' }
    if (step.kind === 'resource') return { kind: 'resource', instance, block, copy }
    if (localFolder(instance, block) === undefined)
      return { kind: 'foreign', instance, block, copy, inside: steps.slice(at + 1) }
    const child = childInstance(
      world,
      instance,
      step.name,
      step.key === undefined ? undefined : computed(step.key),
      evaluate,
    )
    if (child === undefined) return { kind: 'missing' }
    instance = child.instance
  }
  return { kind: 'missing' }
}
