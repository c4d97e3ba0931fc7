import type { EditContext, FileSet } from '../../model/code.js'
import { folderOf, joinPath } from '../paths.js'
import type { DataNode, Syntax, SyntaxFault } from '../syntax.js'
import type { Value } from '../values.js'
import { entryOf, readTemplate, type Template, textOf } from './template.js'

/** One deployment of one top template: files, what the caller knows, and everything evaluated so far. */
export interface StackWorld {
  readonly files: FileSet
  readonly syntax: Syntax
  readonly context: EditContext
  readonly templates: Map<string, Template | SyntaxFault>
  readonly values: Map<string, Value>
  readonly active: Set<string>
  readonly budget: { left: number }
}

/** A stack: the top one, or one nested in it; `path` is '' for the top and `Nested` or `Nested/Inner` below. */
export interface Stack {
  readonly path: string
  readonly template: Template
  /** The parent and the node of the nested stack's Parameters there. */
  readonly parent: { readonly stack: Stack; readonly parameters: DataNode | undefined } | undefined
}

const stepsAllowed = 400_000

/** A new world; `templates` may be handed on from another one over the same files. */
export function createStackWorld(
  base: Pick<StackWorld, 'files' | 'syntax' | 'context'> & Partial<Pick<StackWorld, 'templates'>>,
): StackWorld {
  return {
    files: base.files,
    syntax: base.syntax,
    context: base.context,
    templates: base.templates ?? new Map(),
    values: new Map(),
    active: new Set(),
    budget: { left: stepsAllowed },
  }
}

/** The template of a file, read once. */
export function templateAt(world: StackWorld, file: string): Template | SyntaxFault | undefined {
  const known = world.templates.get(file)
  if (known) return known
  const text = world.files.get(file)
  if (text === undefined) return undefined
  const made = readTemplate(file, text, world.syntax)
  world.templates.set(file, made)
  return made
}

/** Why a template cannot be used, or the template. */
export function isTemplate(template: Template | SyntaxFault | undefined): template is Template {
  return template !== undefined && !('kind' in template)
}

/** The resources of a stack by logical id. */
export function resourcesOf(template: Template): ReadonlyMap<string, DataNode> {
  const resources = entryOf(template.root, 'Resources')
  return new Map(resources?.kind === 'map' ? resources.entries.map((entry) => [entry.key, entry.value] as const) : [])
}

/** The type of a resource. */
export function typeOf(resource: DataNode | undefined): string | undefined {
  return textOf(entryOf(resource, 'Type'))
}

/** A property that CloudFormation does not know would make it reject the stack: such a call is not followed. */
const nestingProperties = new Set([
  'TemplateURL',
  'Location',
  'Parameters',
  'NotificationARNs',
  'Tags',
  'TimeoutInMinutes',
])

/** The stack nested under a logical id, where its template is a file of the repository. */
export function nestedStack(world: StackWorld, stack: Stack, logicalId: string): Stack | undefined {
  const resource = resourcesOf(stack.template).get(logicalId)
  const type = typeOf(resource)
  const properties = entryOf(resource, 'Properties')
  const place = type === 'AWS::CloudFormation::Stack' ? entryOf(properties, 'TemplateURL') : undefined
  const application = type === 'AWS::Serverless::Application' ? entryOf(properties, 'Location') : undefined
  if (properties?.kind === 'map' && properties.entries.some((entry) => !nestingProperties.has(entry.key)))
    return undefined
  const file = templateFile(world, stack, place ?? application)
  const template = file === undefined ? undefined : templateAt(world, file)
  if (!isTemplate(template) || stack.path.split('/').length > 8) return undefined
  const path = stack.path === '' ? logicalId : `${stack.path}/${logicalId}`
  return { path, template, parent: { stack, parameters: entryOf(properties, 'Parameters') } }
}

/** A relative path, or the tail of an address in a bucket when exactly one file of the repository ends like it. */
function templateFile(world: StackWorld, stack: Stack, node: DataNode | undefined): string | undefined {
  const text = textOf(node)
  if (text === undefined || text.length > 1_000) return undefined
  if (!/^\w+:\/\/|\$\{/.test(text)) return joinPath(folderOf(stack.template.file), text)
  const tail = text.replace(/^\w+:\/\/[^/]*\//, '').replace(/^.*\$\{[^}]*\}\/?/, '')
  const name = tail.split('/').filter((part) => part !== '')
  for (let from = 0; from < name.length; from += 1) {
    const ending = name.slice(from).join('/')
    const found = [...world.files.keys()].filter((file) => file === ending || file.endsWith(`/${ending}`))
    const [only, second] = found
    if (only !== undefined) return second === undefined ? only : undefined
  }
  return undefined
}

/** All stacks from a top one down, the top first. */
export function allStacks(world: StackWorld, top: Stack): readonly Stack[] {
  const found = [top]
  for (let at = 0; at < found.length && found.length < 500; at += 1) {
    const stack = found[at]
    if (stack === undefined) break
    for (const id of resourcesOf(stack.template).keys()) {
      const child = nestedStack(world, stack, id)
      if (child) found.push(child)
    }
  }
  if (found.length >= 500) world.budget.left = -1
  return found
}
