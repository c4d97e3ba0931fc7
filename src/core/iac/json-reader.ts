import { maxNesting, tooLarge } from './limits.js'
import type { DataEntry, DataNode, DataScalar, SyntaxFault } from './syntax.js'
import { lineAt } from './text-lines.js'

/**
 * Reads strict JSON with the exact place of every value. A byte order mark is skipped, its index counted. Duplicate keys,
 * comments and anything that JSON.parse rejects are faults.
 */
export function readJson(text: string): DataNode | SyntaxFault {
  const capped = tooLarge(text, 'json')
  if (capped) return capped
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    JSON.parse(body)
  } catch (cause) {
    return {
      kind: 'fault',
      reason: 'unparseable',
      line: 1,
      message: cause instanceof Error ? cause.message : 'not JSON',
    }
  }
  const cursor: Cursor = { text, at: text.length - body.length, depth: 0, duplicate: undefined }
  try {
    const node = readValue(cursor)
    if (cursor.duplicate === undefined) return node
  } catch (cause) {
    if (!(cause instanceof TooDeep)) throw cause
    return { kind: 'fault', reason: 'too-large', line: lineAt(text, cause.offset), message: 'nested too deeply' }
  }
  return {
    kind: 'fault',
    reason: 'unparseable',
    line: lineAt(text, cursor.duplicate ?? cursor.at),
    message: 'a key stands twice',
  }
}

/** Leaves the recursion at the first value below the allowed depth. */
class TooDeep extends Error {
  readonly offset: number
  constructor(offset: number) {
    super('nested too deeply')
    this.offset = offset
  }
}

interface Cursor {
  readonly text: string
  at: number
  depth: number
  duplicate: number | undefined
}

function skipSpace(cursor: Cursor): void {
  while (' \t\r\n'.includes(cursor.text[cursor.at] ?? '!')) cursor.at += 1
}

function readValue(cursor: Cursor): DataNode {
  skipSpace(cursor)
  const first = cursor.text[cursor.at]
  if (first !== '{' && first !== '[') return readScalar(cursor)
  cursor.depth += 1
  if (cursor.depth > maxNesting) throw new TooDeep(cursor.at)
  const node = first === '{' ? readMap(cursor) : readList(cursor)
  cursor.depth -= 1
  return node
}

function readMap(cursor: Cursor): DataNode {
  const start = cursor.at
  const entries: DataEntry[] = []
  const seen = new Set<string>()
  cursor.at += 1
  for (skipSpace(cursor); cursor.text[cursor.at] !== '}'; skipSpace(cursor)) {
    const keyStart = cursor.at
    const key = readScalar(cursor).text
    if (seen.has(key)) cursor.duplicate = keyStart
    seen.add(key)
    skipSpace(cursor)
    cursor.at += 1
    entries.push({ key, keyStart, value: readValue(cursor) })
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
  }
  cursor.at += 1
  return { kind: 'map', start, end: cursor.at, entries }
}

function readList(cursor: Cursor): DataNode {
  const start = cursor.at
  const items: DataNode[] = []
  cursor.at += 1
  for (skipSpace(cursor); cursor.text[cursor.at] !== ']'; skipSpace(cursor)) {
    items.push(readValue(cursor))
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
  }
  cursor.at += 1
  return { kind: 'list', start, end: cursor.at, items }
}

function readScalar(cursor: Cursor): DataScalar {
  const start = cursor.at
  if (cursor.text[start] === '"') {
    for (cursor.at += 1; cursor.text[cursor.at] !== '"'; cursor.at += 1)
      if (cursor.text[cursor.at] === '\\') cursor.at += 1
    cursor.at += 1
    const value = String(JSON.parse(cursor.text.slice(start, cursor.at)))
    return { kind: 'scalar', start, end: cursor.at, value, text: value, quote: '"' }
  }
  while (cursor.at < cursor.text.length && !',]} \t\r\n'.includes(cursor.text[cursor.at] ?? ',')) cursor.at += 1
  const text = cursor.text.slice(start, cursor.at)
  return { kind: 'scalar', start, end: cursor.at, value: bareValue(text), text, quote: '' }
}

function bareValue(text: string): number | boolean | null {
  if (text === 'true') return true
  if (text === 'false') return false
  return text === 'null' ? null : Number(text)
}
