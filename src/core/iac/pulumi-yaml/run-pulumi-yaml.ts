import type { EditContext, FileSet } from '../../model/code.js'
import type { DataNode, Syntax } from '../syntax.js'
import { dataValue, entryAt } from '../typescript/data-value.js'
import {
  allDependencies,
  listOf,
  markOf,
  nothing,
  objectOf,
  type ProgramValue,
  partsOf,
  plain,
  unknownValue,
} from '../typescript/program-values.js'
import { configValue } from '../typescript/pulumi-config.js'
import type { Resource } from '../typescript/resource.js'
import { createRun, type Run } from '../typescript/run.js'
import { idleSteps } from '../typescript/run-program.js'
import { joined, none } from '../values.js'

/** What to read: the project file of a program written in YAML, with what the caller knows. */
export interface PulumiYamlRequest {
  readonly files: FileSet
  readonly syntax: Syntax
  readonly context: EditContext
  readonly file: string
}

interface Reading {
  readonly run: Run
  readonly file: string
  readonly root: DataNode
  readonly made: Map<string, Resource>
  readonly open: Set<string>
}

/** The resources of a program written in YAML, their values as far as the project and its stack decide them. */
export function runPulumiYaml(request: PulumiYamlRequest): Run {
  const { files, syntax, context, file } = request
  const repeat = (other: EditContext) => runPulumiYaml({ ...request, context: other })
  const run = createRun({ files, syntax, context, steps: idleSteps, repeat })
  const root = syntax.yaml(files.get(file) ?? '')
  if (root.kind === 'fault') {
    run.faults.set(file, root)
    return run
  }
  const reading: Reading = { run, file, root, made: new Map(), open: new Set() }
  const resources = entryAt(root, 'resources')
  if (resources?.kind === 'map') for (const { key } of resources.entries) resourceNamed(reading, key)
  return run
}

function resourceNamed(reading: Reading, name: string): Resource | undefined {
  const known = reading.made.get(name)
  const node = entryAt(entryAt(reading.root, 'resources'), name)
  const type = entryAt(node, 'type')
  if (known !== undefined || node === undefined || type?.kind !== 'scalar' || reading.open.has(name)) return known
  reading.open.add(name)
  const properties = entryAt(node, 'properties')
  const options = entryAt(node, 'options')
  const args = properties === undefined ? objectOf() : nodeValue(reading, properties)
  const resource: Resource = {
    id: `${reading.file}#${name}`,
    ...wordsOf(type.text),
    name: plain(name),
    nameText: undefined,
    path: [name],
    args,
    argument: 0,
    options: options === undefined ? undefined : nodeValue(reading, options),
    receiver: undefined,
    place: { file: reading.file, start: node.start, end: node.end },
    bindings: new Map(),
    parts: partsOf(listOf([args])),
    gate: none,
  }
  reading.open.delete(name)
  reading.made.set(name, resource)
  reading.run.resources.push(resource)
  return resource
}

/** `aws:autoscaling/group:Group` and `aws:autoscaling:Group` are the same resource. */
function wordsOf(type: string): Pick<Resource, 'module' | 'words'> {
  const [provider = '', ...rest] = type.split(':')
  const words = rest.map((part) => part.split('/')[0] ?? '').filter((part) => part !== 'index' && part !== '')
  return { module: `@pulumi/${provider}`, words }
}

function nodeValue(reading: Reading, node: DataNode): ProgramValue {
  const { run, file } = reading
  run.budget.left -= 1
  const place = { file, start: node.start, end: node.end }
  if (run.budget.left < 0) return unknownValue('too-large', [place])
  if (node.kind === 'list') return listOf(node.items.map((item) => nodeValue(reading, item)))
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, value }) => [key, nodeValue(reading, value)] as const)
    const call = entries.find(([key]) => key.startsWith('fn::') || key.startsWith('Fn::'))
    if (call === undefined) return objectOf(entries)
    const outside = /invoke|stackReference|secret|[A-Za-z]+:[A-Za-z]/.test(call[0].slice(4))
    return unknownValue(outside ? 'external-value' : 'computed', [place], allDependencies(call[1]))
  }
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.text.includes('${'))
    return interpolated(reading, node.text, place)
  return dataValue(run.files, file, node, 'literal')
}

/** A text with `${…}`: the value itself where it is nothing else, else a text of which a shape is known. */
function interpolated(reading: Reading, text: string, place: Resource['place']): ProgramValue {
  const parts = text.split(/(\$\{[^{}]{1,200}\})/).filter((part) => part !== '')
  const values = parts.map((part) =>
    part.startsWith('${') ? reference(reading, part.slice(2, -1), place) : plain(part),
  )
  const [only, second] = values
  if (only !== undefined && second === undefined)
    return only.kind === 'scalar' ? { ...only, trail: [place, ...only.trail] } : only
  const shape = values.map((value) => (value.kind === 'scalar' ? String(value.scalar) : undefined))
  const dependencies = joined(values.map(allDependencies))
  if (shape.every((part) => part !== undefined))
    return { ...plain(shape.join(''), dependencies), outside: 'computed', trail: [place] }
  return { ...unknownValue('computed', [place], dependencies), shape }
}

function reference(reading: Reading, text: string, place: Resource['place']): ProgramValue {
  const [name = '', ...path] = text.split('.')
  const { root, run, file, open } = reading
  const resource = resourceNamed(reading, name)
  if (resource !== undefined)
    return { ...unknownValue('computed', [place], new Set([markOf(resource)])), from: { resource, path } }
  const variable = entryAt(entryAt(root, 'variables'), name)
  if (variable !== undefined && !open.has(`$${name}`)) {
    open.add(`$${name}`)
    const value = nodeValue(reading, variable)
    open.delete(`$${name}`)
    return path.length === 0 ? value : within(value, path, place)
  }
  const declared = ['config', 'configuration'].some((section) => entryAt(entryAt(root, section), name) !== undefined)
  if (name === 'pulumi' || path.length > 0) return unknownValue('computed', [place])
  const value = configValue(run, file, undefined, name, place)
  if (value === nothing) return unknownValue(declared ? 'no-default' : 'external-value', [place])
  return value
}

function within(value: ProgramValue, path: readonly string[], place: Resource['place']): ProgramValue {
  let at = value
  for (const key of path) {
    const next = at.kind === 'object' ? at.entries.get(key) : undefined
    if (next === undefined)
      return unknownValue(at.kind === 'unknown' ? at.reason : 'computed', [place], allDependencies(value))
    at = next
  }
  return at
}
