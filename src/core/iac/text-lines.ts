import type { CodeSite, FileSet } from '../model/code.js'

/** The line (from 1) that holds a UTF-16 offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** The whole line around an offset, without its line end. */
export function lineTextAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const next = text.indexOf('\n', offset)
  const line = text.slice(start, next < 0 ? text.length : next)
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** The site of an offset in a file, to show to a reader; `text` is cut after 300 characters. */
export function siteAt(files: FileSet, file: string, offset: number): CodeSite {
  const text = files.get(file)
  if (text === undefined) return { file, line: 1, text: '' }
  return { file, line: lineAt(text, offset), text: lineTextAt(text, offset).slice(0, 300) }
}
