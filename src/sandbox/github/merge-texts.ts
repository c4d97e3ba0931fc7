/**
 * Merges two descendants of a text line by line, as git does: changes that neither overlap nor touch are both taken,
 * the same change on both sides is taken once. Undefined means a conflict.
 * @example mergeTexts('a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n') // 'A\nb\nC\n'
 */
export function mergeTexts(base: string, ours: string, theirs: string): string | undefined {
  if (ours === theirs || theirs === base) return ours
  if (ours === base) return theirs
  const lines = splitLines(base)
  const left = changes(lines, splitLines(ours))
  const right = changes(lines, splitLines(theirs))
  const all = [...left, ...right.filter((change) => !left.some((other) => sameChange(other, change)))]
  all.sort((a, b) => a.from - b.from || a.to - b.to)
  const merged: string[] = []
  let at: number | undefined
  for (const change of all) {
    if (at !== undefined && change.from <= at) return undefined
    merged.push(...lines.slice(at ?? 0, change.from), ...change.lines)
    at = change.to
  }
  return [...merged, ...lines.slice(at ?? 0)].join('')
}

/** Replaces lines `from` up to, not including, `to`. */
interface Change {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

function sameChange(a: Change, b: Change): boolean {
  return a.from === b.from && a.to === b.to && a.lines.join('') === b.lines.join('')
}

function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** The changes from one list of lines to another, by their longest common subsequence. */
function changes(before: readonly string[], after: readonly string[]): readonly Change[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const rest = Math.min(before.length, after.length) - start
  while (end < rest && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const a = before.slice(start, before.length - end)
  const b = after.slice(start, after.length - end)
  const lengths = commonLengths(a, b)
  const found: Change[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [fromI, fromJ] = [i, j]
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j >= b.length || (i < a.length && length(lengths, i + 1, j) >= length(lengths, i, j + 1))) i += 1
      else j += 1
    }
    if (i > fromI || j > fromJ) found.push({ from: start + fromI, to: start + i, lines: b.slice(fromJ, j) })
    while (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1
      j += 1
    }
  }
  return found
}

function length(lengths: readonly Uint32Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** `lengths[i][j]`: how many lines `a` from i and `b` from j have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i]
    if (row === undefined) continue
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const equal = a[i] === b[j]
      row[j] = equal
        ? length(lengths, i + 1, j + 1) + 1
        : Math.max(length(lengths, i + 1, j), length(lengths, i, j + 1))
    }
  }
  return lengths
}
