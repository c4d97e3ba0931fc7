import type { CodeFormat, FileSet } from '../../model/code.js'
import { type Candidate, fitsShape, type WantedGroup } from '../name-match.js'
import { folderOf } from '../paths.js'
import { runPulumiYaml } from '../pulumi-yaml/run-pulumi-yaml.js'
import type { Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { groupKindOf } from './group-kinds.js'
import { bearsLogicalId } from './logical-id.js'
import { shapeOf } from './operators.js'
import { programFolder } from './program-folder.js'
import { definingFiles, rootsOf } from './program-roots.js'
import type { Resource } from './resource.js'
import { runProgram } from './run-program.js'

/** Every definition in CDK and Pulumi programs that may be the group's. */
export function programCandidates(files: FileSet, group: WantedGroup, syntax: Syntax): readonly Candidate[] {
  const start = definingFiles(files, '')
  const roots = start.length === 0 ? [] : (rootsOf(files, start, '') ?? start)
  const scripts = roots.length === 0 ? [] : runProgram({ files, syntax, context: {}, roots }).resources
  const projects = [...files].filter(([file, text]) => /(^|\/)Pulumi\.ya?ml$/.test(file) && isYamlProject(text))
  const declared = projects.flatMap(([file]) => runPulumiYaml({ files, syntax, context: {}, file }).resources)
  return distinct([...scripts, ...declared].flatMap((resource) => candidateOf(files, group, resource)))
}

/** True for the project file of a program written in YAML. */
export function isYamlProject(text: string): boolean {
  return /^runtime:[ \t]{0,9}(['"]?yaml|\r?\n[ \t]{1,9}name:[ \t]{0,9}['"]?yaml)/m.test(text)
}

/** Instances of one place under one address are one candidate: which of them is meant is asked when it is edited. */
function distinct(all: readonly Candidate[]): readonly Candidate[] {
  return [
    ...new Map(all.map((one) => [`${one.address.file}:${one.address.line}:${one.address.address}`, one])).values(),
  ]
}

function candidateOf(files: FileSet, group: WantedGroup, resource: Resource): readonly Candidate[] {
  const kind = groupKindOf(resource)
  if (kind === undefined) return []
  const strength =
    kind.library === 'cdk' ? ofConstruct(group, resource, kind.name) : ofResource(group, resource, kind.name)
  const own = resource.name?.kind === 'scalar' ? String(resource.name.scalar) : resource.nameText
  if (strength === undefined || own === undefined) return []
  const { file } = resource.place
  const { line, text } = siteAt(files, file, resource.place.start)
  const format: CodeFormat = kind.library === 'cdk' ? 'cdk-ts' : /\.ya?ml$/.test(file) ? 'pulumi-yaml' : 'pulumi-ts'
  const address = kind.library === 'cdk' && resource.path !== undefined ? resource.path.join('/') : own
  const rootModule = format === 'pulumi-yaml' ? folderOf(file) : programFolder(files, file)
  return [{ strength, text, address: { kind: 'found', format, file, line, address, rootModule } }]
}

type Strength = Candidate['strength'] | undefined

/** The stack's tags tell a construct by its path; a name that the code gives tells it too. */
function ofConstruct(group: WantedGroup, resource: Resource, name: readonly string[] | undefined): Strength {
  if (group.stack !== undefined) {
    const bears = bearsLogicalId(resource, group.stack.logicalId)
    if (bears === 'no') return undefined
    const [stack] = resource.path ?? []
    const named = stack !== undefined && stackNamed(resource.path ?? [], group.stack.name)
    return bears === 'surely' && named ? 3 : bears === 'surely' ? 2 : 1
  }
  return ofName(group.name, resource, name)
}

/** A stack is named after its path from the application, joined by dashes; nested ones begin so. */
function stackNamed(path: readonly string[], stack: string): boolean {
  return path.some((_, at) => {
    const name = path.slice(0, at + 1).join('-')
    return stack === name || stack.startsWith(`${name}-`)
  })
}

/** Pulumi puts seven hexadecimal digits behind the resource's name where the code gives none. */
function ofResource(group: WantedGroup, resource: Resource, name: readonly string[] | undefined): Strength {
  if (group.stack !== undefined) return undefined
  const given = ofName(group.name, resource, name)
  if (given !== undefined || givenName(resource, name) !== undefined) return given
  const [base, suffix] = [group.name.slice(0, -8), group.name.slice(-8)]
  if (!/^-[0-9a-f]{7}$/.test(suffix) || resource.name === undefined) return undefined
  if (resource.name.kind === 'scalar') return resource.name.scalar === base ? 3 : undefined
  return fitsShape(shapeOf(resource.name), base) ? 2 : undefined
}

function givenName({ args }: Resource, name: readonly string[] | undefined) {
  const [key] = name ?? []
  const value = key === undefined || args?.kind !== 'object' ? undefined : args.entries.get(key)
  return value?.kind === 'scalar' && value.scalar === undefined ? undefined : value
}

function ofName(wanted: string, resource: Resource, name: readonly string[] | undefined): Strength {
  const value = givenName(resource, name)
  if (value === undefined) return undefined
  if (value.kind === 'scalar') return value.scalar === wanted ? 3 : undefined
  return fitsShape(shapeOf(value), wanted) ? 2 : undefined
}
