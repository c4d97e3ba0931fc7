import type { FileSet } from '../../model/code.js'
import { readJson } from '../json-reader.js'
import { fileNameOf } from '../paths.js'
import type { CstNode, Syntax } from '../syntax.js'
import { lineAt } from '../text-lines.js'
import type { Attribute, Block, Body, FileFault, TerraformModule } from './ast.js'
import { indexOf } from './file-index.js'
import { lowerHcl } from './lower-hcl.js'
import { lowerTerraformJson } from './lower-json.js'

function isTerraform(file: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(file)
}

function isOverride(file: string): boolean {
  return /(^|_)override\.(tf|tofu)(\.json)?$/.test(fileNameOf(file))
}

/** Reads one Terraform file (`.tf`, `.tf.json`, `.tfvars`, `.hcl`). */
export function readTerraformFile(file: string, text: string, syntax: Syntax): Body | FileFault {
  if (file.endsWith('.json')) {
    const node = readJson(text)
    return node.kind === 'fault' ? { ...node, file } : lowerTerraformJson(file, node, syntax)
  }
  const tree = syntax.hcl(text)
  if ('kind' in tree) return { ...tree, file }
  const loose = looseOffset(text, tree)
  if (loose === undefined) return lowerHcl(file, text, tree)
  return {
    kind: 'fault',
    reason: 'unparseable',
    line: lineAt(text, loose),
    message: 'Terraform would reject this',
    file,
  }
}

/** Where the grammar is more lenient than Terraform: JSON as a whole file, an attribute set twice, a broken line in quotes. */
function looseOffset(text: string, node: CstNode): number | undefined {
  if (node.type === 'config_file' && node.children.some((child) => child.type === 'object')) return node.start
  if (node.type === 'string_lit' || node.type === 'quoted_template') {
    const broken = node.children.find(
      (child) => child.type === 'template_literal' && text.slice(child.start, child.end).includes('\n'),
    )
    if (broken) return broken.start
  }
  const names = new Set<string>()
  for (const child of node.children) {
    const name = child.type === 'attribute' ? text.slice(child.start, child.children[0]?.end) : undefined
    if (name !== undefined && names.has(name)) return child.start
    if (name !== undefined) names.add(name)
    const inside = looseOffset(text, child)
    if (inside !== undefined) return inside
  }
  return undefined
}

/** Reads one file of a file set, once for as long as the set lives; undefined when it is not there. */
export function bodyOfFile(files: FileSet, file: string, syntax: Syntax): Body | FileFault | undefined {
  const { bodies } = indexOf(files)
  const known = bodies.get(file)
  const text = files.get(file)
  if (known !== undefined || text === undefined) return known
  const made = readTerraformFile(file, text, syntax)
  bodies.set(file, made)
  return made
}

/** Reads a module's folder (not its subfolders): primary files in name order, then override files in name order. */
export function readModule(files: FileSet, folder: string, syntax: Syntax): TerraformModule {
  const names = (indexOf(files).byFolder.get(folder) ?? []).filter(isTerraform).sort()
  const faults: FileFault[] = []
  const blocks: Block[] = []
  for (const file of names.filter((name) => !isOverride(name))) {
    const body = readTerraformFile(file, files.get(file) ?? '', syntax)
    if ('kind' in body) faults.push(body)
    else blocks.push(...body.blocks)
  }
  for (const file of names.filter(isOverride)) {
    const body = readTerraformFile(file, files.get(file) ?? '', syntax)
    if ('kind' in body) faults.push(body)
    else for (const block of body.blocks) override(blocks, block)
  }
  return { folder, blocks, byName: byName(blocks), locals: localsOf(blocks), faults }
}

function nameOf(block: Block): string {
  return [block.type, ...block.labels].join(' ')
}

function byName(blocks: readonly Block[]): ReadonlyMap<string, readonly Block[]> {
  const named = new Map<string, Block[]>()
  for (const block of blocks) named.set(nameOf(block), [...(named.get(nameOf(block)) ?? []), block])
  return named
}

/** Attributes of an override replace those of the same block, nested blocks replace all of their type. */
function override(blocks: Block[], change: Block): void {
  const at = change.type === 'locals' ? -1 : blocks.findIndex((block) => nameOf(block) === nameOf(change))
  const old = blocks[at]
  if (old === undefined) {
    blocks.push(change)
    return
  }
  const names = new Set(change.body.attributes.map((attribute) => attribute.name))
  const types = new Set(change.body.blocks.map((block) => block.type))
  blocks[at] = {
    ...old,
    body: {
      attributes: [...old.body.attributes.filter((attribute) => !names.has(attribute.name)), ...change.body.attributes],
      blocks: [...old.body.blocks.filter((block) => !types.has(block.type)), ...change.body.blocks],
    },
  }
}

function localsOf(blocks: readonly Block[]): ReadonlyMap<string, Attribute> {
  return new Map(
    blocks
      .filter((block) => block.type === 'locals')
      .flatMap((block) => block.body.attributes.map((local) => [local.name, local] as const)),
  )
}
