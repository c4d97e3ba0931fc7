import { type Dirent, readdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { FileSet } from '../../core/model/code.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { CodeReader } from '../../ports.js'

/** Larger files are no infrastructure code that a person edits. */
const fileLimit = 1024 * 1024
const longestWalk = 200_000
const skippedFolders = new Set(['.git', '.terraform', 'node_modules'])

/** What a checkout is called where there is no GitHub to name it. */
export function checkoutName(directory: string): string {
  return `checkout/${basename(resolve(directory)) || 'root'}`
}

/**
 * One checkout on disk, read as it lies there, uncommitted edits included. Symbolic links are not followed and files
 * over 1 MB are left out. Nothing is ever written. Throws `not-found` where there is no such folder.
 */
export function createDirectoryReader(directory: string): CodeReader {
  const root = resolve(directory)
  return {
    async repositories() {
      await demandFolder(root, directory)
      return [checkoutName(directory)]
    },
    async head() {
      await demandFolder(root, directory)
      return { branch: 'working tree', sha: 'working-tree' }
    },
    async files(_repository, _sha, wanted) {
      await demandFolder(root, directory)
      return readTree(root, wanted)
    },
  }
}

async function demandFolder(root: string, written: string): Promise<void> {
  const found = await stat(root).catch(() => undefined)
  if (found?.isDirectory()) return
  const met = found ? 'it is not a folder' : 'there is no such folder'
  throw new TrimtabError('not-found', `reading the checkout "${written}": ${met}; name the top folder of a checkout`)
}

async function readTree(root: string, wanted: (path: string) => boolean): Promise<FileSet> {
  const files = new Map<string, string>()
  for (const path of pathsBelow(root, '')) {
    if (!wanted(path)) continue
    const full = join(root, path)
    if ((await stat(full)).size <= fileLimit) files.set(path, await readFile(full, 'utf8'))
  }
  return files
}

/** Plain files in a stable order; at most `longestWalk` entries are looked at. */
function* pathsBelow(root: string, folder: string, budget = { left: longestWalk }): Generator<string> {
  const entries = entriesOf(join(root, folder)).sort(byName)
  for (const entry of entries) {
    budget.left -= 1
    if (budget.left < 0) return
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* pathsBelow(root, path, budget)
    else if (entry.isFile()) yield path
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const met = error instanceof Error ? error.message : String(error)
    throw new TrimtabError('usage', `reading the checkout: expected folders that can be read, got ${met}`)
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1
}
