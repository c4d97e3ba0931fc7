import type { FileSet } from '../../model/code.js'
import { fileNameOf, folderOf, joinPath } from '../paths.js'
import type { Place } from '../place.js'
import type { DataNode, Syntax } from '../syntax.js'
import { environmentNames } from '../terraform/environment-names.js'
import { givenVariable } from './context.js'
import { dataValue, entryAt } from './data-value.js'
import { nearest } from './nearest.js'
import { nothing, type ProgramValue, placesOf, plain, unknownValue } from './program-values.js'
import type { Run } from './run.js'

type Files = Pick<Run, 'files' | 'syntax' | 'context'>

/** The project's file that governs a file. */
export function projectFile(run: Files, file: string): string | undefined {
  return nearest(run.files, file, 'Pulumi.yaml') ?? nearest(run.files, file, 'Pulumi.yml')
}

/** The project's name. */
export function projectOf(run: Files, file: string): string | undefined {
  const found = projectFile(run, file)
  const name = found === undefined ? undefined : entryAt(rootOf(run, found), 'name')
  return name?.kind === 'scalar' ? name.text : undefined
}

function rootOf(run: Files, file: string): DataNode | undefined {
  const root = run.syntax.yaml(run.files.get(file) ?? '')
  return root.kind === 'fault' ? undefined : root
}

/** The stack that is meant: the caller's, the one that bears the environment's name, or the only one with a file. */
export function stackOf(run: Files, file: string): string | undefined {
  const { stack, environment } = run.context
  if (stack !== undefined) return stack.slice(stack.lastIndexOf('/') + 1)
  const stacks = stackFiles(run, file).map(stackName)
  if (environment !== undefined) {
    if (stacks.includes(environment)) return environment
    const [only, second] = stacks.filter((one) => environmentNames(environment).includes(one.toLowerCase()))
    return second === undefined ? only : undefined
  }
  const [only, second] = stacks
  return second === undefined ? only : undefined
}

/** The files of all stacks of the project that governs a file. */
export function stackFiles(run: Files, file: string): readonly string[] {
  const project = projectFile(run, file)
  if (project === undefined) return []
  const folder = folderOf(project)
  return [...run.files.keys()].filter((one) => folderOf(one) === folder && isStackFile(fileNameOf(one))).sort()
}

/** Files that show how a stack is configured configure none. */
function isStackFile(name: string): boolean {
  return /^Pulumi\.[^/]+\.ya?ml$/.test(name) && !/^Pulumi\.(readme|example|sample|template|default)/i.test(name)
}

/** The name of the stack that a file configures. */
export function stackName(file: string): string {
  return fileNameOf(file)
    .replace(/^Pulumi\./, '')
    .replace(/\.ya?ml$/, '')
}

/** A value of the configuration; nothing where it is not set. */
export function configValue(
  run: Files,
  file: string,
  space: string | undefined,
  key: string,
  place: Place,
): ProgramValue {
  const project = projectOf(run, file)
  const own = space === undefined || space === project
  const names = own ? [`${space ?? project ?? ''}:${key}`, key] : [`${space}:${key}`]
  const stacks = stackFiles(run, file)
  const stack = stackOf(run, file)
  const written = stacks.find((one) => stackName(one) === stack)
  const found = written === undefined ? undefined : valueIn(run, written, names)
  if (found !== undefined) return found
  const given = givenConfig(run, names, key)
  if (given !== undefined) return given
  if (stack === undefined && stacks.length > 0) {
    const all = stacks.flatMap((one) => valueIn(run, one, names) ?? [])
    if (all.length > 0) return { ...unknownValue('several-candidates', [...all.flatMap(placesOf), place]), hint: key }
  }
  const ofProject = projectValue(run, file, key, own)
  if (ofProject !== undefined) return ofProject
  const known =
    written !== undefined || (run.context.stackConfig !== undefined && run.context.stackConfig !== 'unknown')
  return known ? nothing : { ...unknownValue('external-value', [place]), hint: key }
}

function givenConfig(run: Files, names: readonly string[], key: string): ProgramValue | undefined {
  const { stackConfig } = run.context
  const name = names.find((one) => typeof stackConfig === 'object' && Object.hasOwn(stackConfig, one))
  const value = typeof stackConfig === 'object' && name !== undefined ? stackConfig[name] : undefined
  return value === undefined ? givenVariable(run, key) : { ...plain(value), outside: 'no-default' }
}

/** A key without a namespace is the project's own. */
function valueIn(run: Files, file: string, names: readonly string[]): ProgramValue | undefined {
  const root = run.syntax.yaml(run.files.get(file) ?? '')
  if (root.kind === 'fault') return unknownValue('unparseable', [{ file, start: 0, end: 0 }])
  const config = entryAt(root, 'config')
  const node = names.map((name) => entryAt(config, name)).find((one) => one !== undefined)
  if (node === undefined) return undefined
  if (entryAt(node, 'secure') !== undefined)
    return unknownValue('external-value', [{ file, start: node.start, end: node.end }])
  return dataValue(run.files, file, node, 'stack-config')
}

/** A value or default of the project's own file, which all stacks share. */
function projectValue(run: Files, file: string, key: string, own: boolean): ProgramValue | undefined {
  const found = projectFile(run, file)
  const root = found === undefined ? undefined : rootOf(run, found)
  if (found === undefined || root === undefined || !own) return undefined
  const project = projectOf(run, file)
  for (const section of ['config', 'configuration']) {
    const node = entryAt(entryAt(root, section), key) ?? entryAt(entryAt(root, section), `${project}:${key}`)
    if (node === undefined) continue
    if (node.kind !== 'map') return dataValue(run.files, found, node, 'config-default')
    const value = entryAt(node, 'value') ?? entryAt(node, 'default')
    if (value !== undefined) return dataValue(run.files, found, value, 'config-default')
    if (entryAt(node, 'type') === undefined) return dataValue(run.files, found, node, 'config-default')
  }
  return undefined
}

/** The module with which a Pulumi program starts: what its project file names, or `index.ts` beside it. */
export function pulumiEntry(files: FileSet, root: string, syntax: Syntax): string | undefined {
  const inside = (name: string) => (root === '' ? name : `${root}/${name}`)
  const project = [inside('Pulumi.yaml'), inside('Pulumi.yml')].find((file) => files.has(file))
  const parsed = project === undefined ? undefined : syntax.yaml(files.get(project) ?? '')
  const main = parsed === undefined || parsed.kind === 'fault' ? undefined : entryAt(parsed, 'main')
  const named = main?.kind === 'scalar' ? joinPath(root, main.text) : undefined
  return [named, named === undefined ? undefined : `${named}/index.ts`, inside('index.ts')].find(
    (file) => file !== undefined && /\.tsx?$/.test(file) && files.has(file),
  )
}
