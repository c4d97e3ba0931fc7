import type { FileSet } from '../../model/code.js'
import { folderOf, joinPath } from '../paths.js'
import type { Place } from '../place.js'

const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.json', '/index.ts', '/index.tsx']

/** The start of a file. */
export function placeOfFile(file: string): Place {
  return { file, start: 0, end: 0 }
}

/** The file that an import means, where it is one of the repository; undefined: a package, or a file that is not there. */
export function resolveModule(files: FileSet, from: string, specifier: string): string | undefined {
  const relative = specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..'
  if (!relative) return aliased(files, from, specifier)
  const path = joinPath(folderOf(from), specifier)
  return path === undefined ? undefined : fileAt(files, path)
}

function fileAt(files: FileSet, path: string): string | undefined {
  const base = path.replace(/\.([mc]?)js$/, '')
  for (const candidate of base === path ? [path] : [base, path])
    for (const ending of endings) {
      const file = candidate + ending
      if (files.has(file) && /\.([mc]?tsx?|json)$/.test(file)) return file
    }
  return undefined
}

/** `@/config`, `~/config`, `src/config`, `lib/config`: from a folder above, where exactly one has such a file. */
function aliased(files: FileSet, from: string, specifier: string): string | undefined {
  const inside = /^(?:[@~]\/|(?=(?:src|lib|config|stacks|infra)\/))(.+)$/.exec(specifier)?.[1]
  if (inside === undefined) return undefined
  const found = new Set<string>()
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    for (const base of ['', 'src/', 'lib/']) {
      const file = fileAt(files, `${folder === '' ? '' : `${folder}/`}${base}${inside}`)
      if (file !== undefined) found.add(file)
    }
    if (folder === '') break
  }
  const [only, second] = found
  return second === undefined ? only : undefined
}

const testPath = /(^|\/)(tests?|__tests__|spec|__mocks__|e2e|cypress)\/|\.(test|spec|d)\.[mc]?tsx?$/

/** True for modules of programs; tests and declarations define nothing that is deployed. */
export function isProgramFile(file: string, root = ''): boolean {
  const inside = root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
  return /\.[mc]?tsx?$/.test(file) && !testPath.test(inside)
}

const importWord = /(?:from|import|require)\s{0,8}\(?\s{0,8}(['"])([^'"\n]{1,300})\1/g

/** The modules that a text imports, as written. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(importWord)].map((found) => found[2] ?? '')
}
