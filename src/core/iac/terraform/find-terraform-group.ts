import type { EditContext, FileSet } from '../../model/code.js'
import { type Candidate, fitsShape, type WantedGroup } from '../name-match.js'
import { fileNameOf, folderOf, mentionsGroup } from '../paths.js'
import type { Syntax } from '../syntax.js'
import { openUnit } from '../terragrunt/unit.js'
import { siteAt } from '../text-lines.js'
import type { Value } from '../values.js'
import { attributeOf, type Block, blocksOf } from './ast.js'
import { copiesOf } from './attribute-use.js'
import { environmentNames } from './environment-names.js'
import { evaluate } from './evaluate.js'
import { indexOf, reaches, uncalledFolders } from './file-index.js'
import { sourceOf } from './functions.js'
import { copyKey, type Expansion } from './instances.js'
import { allInstances } from './uses.js'
import { optionalFiles } from './variables.js'
import { createWorld, type ModuleInstance, moduleAt, type Scope, type World } from './world.js'

/** Every definition in Terraform code that may be the group's, over all root modules that reach one. */
export function terraformCandidates(files: FileSet, group: WantedGroup, syntax: Syntax): readonly Candidate[] {
  const handed = unitFolders(files, syntax)
  return rootsWithGroups(files)
    .filter((folder) => !handed.has(folder))
    .flatMap((rootFolder) =>
      contexts({ files, syntax, rootFolder }, group).flatMap((context) => {
        const world = createWorld({ files, syntax, rootFolder, context })
        return allInstances(world).flatMap(({ instance }) => instanceCandidates(world, instance, group))
      }),
    )
}

/** Folders that nobody calls and from which calls lead to code with a group. */
function rootsWithGroups(files: FileSet): readonly string[] {
  const index = indexOf(files)
  const holds = (folder: string): boolean =>
    (index.byFolder.get(folder) ?? []).some(
      (file) => /\.(tf|tofu)(\.json)?$/.test(file) && mentionsGroup(files.get(file) ?? ''),
    )
  return uncalledFolders(index).filter((root) => reaches(index, root, holds))
}

/** The deployments to try: as the code stands, in the group's own environment, and with each var file that may be passed. */
function contexts(base: Pick<World, 'files' | 'syntax' | 'rootFolder'>, group: WantedGroup): readonly EditContext[] {
  const bare = createWorld({ ...base, context: {} })
  moduleAt(bare, base.rootFolder)
  const tag = Object.entries(group.tags).find(([key]) => key.toLowerCase() === 'environment')?.[1]
  const environments = tag === undefined ? [] : [...new Set([tag, ...environmentNames(tag)])]
  const files = optionalFiles(bare).slice(0, 20)
  return [{}, ...environments.map((environment) => ({ environment })), ...files.map((file) => ({ varFiles: [file] }))]
}

/** Module folders that Terragrunt units run: those units are the roots, not the module. */
function unitFolders(files: FileSet, syntax: Syntax): ReadonlySet<string> {
  const units = [...files.keys()].filter((file) => fileNameOf(file) === 'terragrunt.hcl')
  const worlds = units.map((file) => ({
    own: folderOf(file),
    world: openUnit(files, folderOf(file), {}, syntax),
  }))
  return new Set(worlds.flatMap(({ own, world }) => ('kind' in world ? [] : [own, world.rootFolder])))
}

/** The same for Terragrunt units; a unit whose module is kept elsewhere is known by its `name` input alone. */
export function terragruntCandidates(files: FileSet, group: WantedGroup, syntax: Syntax): readonly Candidate[] {
  return [...files.keys()]
    .filter((file) => fileNameOf(file) === 'terragrunt.hcl')
    .flatMap((file) => unitCandidates(files, file, group, syntax))
}

function unitCandidates(files: FileSet, file: string, group: WantedGroup, syntax: Syntax): readonly Candidate[] {
  const rootModule = folderOf(file)
  const world = openUnit(files, rootModule, {}, syntax)
  if ('kind' in world) return []
  const located = (address: string) => ({
    kind: 'found' as const,
    format: 'terragrunt' as const,
    file,
    line: 1,
    address,
    rootModule,
  })
  if (world.terragrunt?.foreign) {
    const name = world.terragrunt.input('name')
    const same = name?.kind === 'known' && name.scalar === group.name
    return same ? [{ strength: 2, text: '', address: located('aws_autoscaling_group.this') }] : []
  }
  return allInstances(world)
    .flatMap(({ instance }) => instanceCandidates(world, instance, group))
    .map((one) => ({ ...one, address: located(one.address.address) }))
}

function instanceCandidates(world: World, instance: ModuleInstance, group: WantedGroup): readonly Candidate[] {
  return instance.module.blocks.flatMap((block) => {
    const end = addressEnd(block)
    if (end === undefined) return []
    return copiesOf(world, instance, block).flatMap((copy) => {
      const strength = matchStrength(world, block, copy, group)
      if (strength === undefined) return []
      const path = instance.path === '' ? '' : `${instance.path}.`
      const address = `${path}${end.name}${copyKey(block, copy)}${end.inside}`
      const { file, line, text } = siteAt(world.files, block.place.file, block.place.start)
      const { rootFolder: rootModule } = world
      return [
        {
          strength,
          text,
          address: { kind: 'found' as const, format: 'terraform' as const, file, line, address, rootModule },
        },
      ]
    })
  })
}

function addressEnd(block: Block): { readonly name: string; readonly inside: string } | undefined {
  const [type, name] = block.labels
  if (block.type === 'resource' && (type === 'aws_autoscaling_group' || type === 'aws_eks_node_group'))
    return { name: `${type}.${name}`, inside: '' }
  if (
    block.type !== 'module' ||
    !/terraform-aws-modules\/(terraform-aws-)?autoscaling/.test(sourceOf(block.body) ?? '')
  )
    return undefined
  const ignoring = attributeOf(block.body, 'ignore_desired_capacity_changes') !== undefined
  return { name: `module.${type}`, inside: `.aws_autoscaling_group.${ignoring ? 'idc' : 'this'}[0]` }
}

function matchStrength(
  world: World,
  block: Block,
  copy: Expansion,
  group: WantedGroup,
): Candidate['strength'] | undefined {
  const node = block.labels[0] === 'aws_eks_node_group'
  const wanted = node ? group.tags['eks:nodegroup-name'] : group.name
  if (wanted === undefined) return undefined
  const prefix = attributeOf(block.body, 'name_prefix')
  const name = attributeOf(block.body, node ? 'node_group_name' : 'name')
  if (name !== undefined) return nameStrength(evaluate(world, copy.scope, name.value), wanted)
  if (prefix !== undefined) return prefixStrength(evaluate(world, copy.scope, prefix.value), wanted)
  return tagStrength(world, block, copy.scope, group)
}

function nameStrength(value: Value, wanted: string): Candidate['strength'] | undefined {
  if (value.kind === 'known') return value.scalar === wanted ? 3 : undefined
  return value.kind === 'unknown' && value.shape !== undefined && fitsShape(value.shape, wanted) ? 2 : undefined
}

/** Terraform puts 26 digits of time and counter behind a prefix. */
function prefixStrength(value: Value, wanted: string): Candidate['strength'] | undefined {
  const tail = /\d{18}[0-9a-f]{8}$/.exec(wanted)
  const start = tail === null ? undefined : wanted.slice(0, tail.index)
  if (value.kind === 'known') return value.scalar === start ? 3 : undefined
  if (value.kind !== 'unknown' || value.shape === undefined || start === undefined) return undefined
  return fitsShape(value.shape, start) ? 2 : undefined
}

/** Without a name, all tags that the code states must be the group's, Name among them. */
function tagStrength(world: World, block: Block, scope: Scope, group: WantedGroup): 1 | undefined {
  const tags = blocksOf(block.body, 'tag').flatMap((tag) => {
    const [key, value] = ['key', 'value']
      .map((name) => attributeOf(tag.body, name)?.value)
      .map((one) => (one === undefined ? undefined : evaluate(world, scope, one)))
    return key?.kind === 'known' && value?.kind === 'known' ? [[String(key.scalar), String(value.scalar)] as const] : []
  })
  const all = tags.every(([key, value]) => group.tags[key] === value)
  return all && tags.some(([key]) => key === 'Name') ? 1 : undefined
}
