import type { FileSet, ValueEdit } from '../model/code.js'
import { lineAt, lineTextAt } from './text-lines.js'

/** A replacement to make: the range is in UTF-16 units of the file's present text. */
export interface Replacement {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly newText: string
}

/** Applies replacements that do not overlap; everything outside their ranges stays byte for byte. */
export function splice(
  files: FileSet,
  replacements: readonly Replacement[],
): { readonly edits: readonly ValueEdit[]; readonly files: FileSet } {
  const changed = new Map<string, string>()
  for (const one of replacements.toSorted((first, second) => second.start - first.start)) {
    const text = changed.get(one.file) ?? files.get(one.file) ?? ''
    changed.set(one.file, text.slice(0, one.start) + one.newText + text.slice(one.end))
  }
  const edits = replacements.map((one) => editOf(files.get(one.file) ?? '', changed.get(one.file) ?? '', one))
  return { edits, files: changed }
}

function editOf(before: string, after: string, one: Replacement): ValueEdit {
  const line = lineAt(before, one.start)
  return {
    file: one.file,
    line,
    range: [one.start, one.end],
    oldText: before.slice(one.start, one.end),
    newText: one.newText,
    before: lineTextAt(before, one.start),
    after: after.split('\n')[line - 1]?.replace(/\r$/, '') ?? '',
  }
}
