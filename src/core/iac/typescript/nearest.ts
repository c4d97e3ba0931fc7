import type { FileSet } from '../../model/code.js'
import { folderOf } from '../paths.js'

/** The file of this name in the nearest folder above a file, or the only one there is. */
export function nearest(files: FileSet, file: string, name: string): string | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (files.has(path)) return path
    if (folder === '') break
  }
  const [only, second] = [...files.keys()].filter((path) => path.endsWith(`/${name}`))
  return second === undefined ? only : undefined
}
