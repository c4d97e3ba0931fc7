import type { FileSet } from '../../model/code.js'
import { folderOf, joinPath } from '../paths.js'
import type { Body, FileFault, TerraformModule } from './ast.js'

/** What is known of a file set without parsing it, and the modules parsed so far. */
export interface FileIndex {
  readonly byFolder: ReadonlyMap<string, readonly string[]>
  /** Folders with Terraform code, and the folders that each calls by a literal local source. */
  readonly calls: ReadonlyMap<string, readonly string[]>
  readonly varFiles: readonly string[]
  readonly modules: Map<string, TerraformModule>
  readonly bodies: Map<string, Body | FileFault>
}

const indexes = new WeakMap<FileSet, FileIndex>()

/** The index of a file set, made once for as long as the set lives; a file set must not change after it is handed over. */
export function indexOf(files: FileSet): FileIndex {
  const known = indexes.get(files)
  if (known) return known
  const made = build(files)
  indexes.set(files, made)
  return made
}

function build(files: FileSet): FileIndex {
  const byFolder = new Map<string, string[]>()
  const calls = new Map<string, string[]>()
  for (const [file, text] of files) {
    const folder = folderOf(file)
    const siblings = byFolder.get(folder)
    if (siblings) siblings.push(file)
    else byFolder.set(folder, [file])
    if (/\.(tf|tofu)(\.json)?$/.test(file))
      calls.set(folder, [...(calls.get(folder) ?? []), ...calledFrom(folder, text)])
  }
  return {
    byFolder,
    calls,
    varFiles: [...files.keys()].filter((file) => /\.tfvars(\.json)?$/.test(file)),
    modules: new Map(),
    bodies: new Map(),
  }
}

function calledFrom(folder: string, text: string): readonly string[] {
  return [...text.matchAll(/"?source"?\s{0,40}[=:]\s{0,40}"(\.\.?\/[^"\n]{0,400}|\.\.?)"/g)].flatMap(
    (match) => joinPath(folder, match[1] ?? '') ?? [],
  )
}

/** True when calls lead from one folder to another. */
export function reaches(index: FileIndex, from: string, target: (folder: string) => boolean): boolean {
  const seen = new Set([from])
  for (const folder of seen) {
    if (target(folder)) return true
    for (const next of index.calls.get(folder) ?? []) seen.add(next)
  }
  return false
}

/** Folders with code that no other folder calls. */
export function uncalledFolders(index: FileIndex): readonly string[] {
  const called = new Set([...index.calls.values()].flat())
  return [...index.calls.keys()].filter((folder) => !called.has(folder)).sort()
}
