const contextLines = 3
/** Above this many cells the changed middle is shown as one block instead of being compared line by line. */
const largestComparison = 4_000_000

interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/**
 * The change of one file as `git diff` prints it, with three lines of context; empty where the texts are equal.
 * @example unifiedDiff('a.tf', 'x\ny\n', 'x\nz\n') // '--- a/a.tf\n+++ b/a.tf\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n'
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return ''
  const lines = compare(linesOf(before), linesOf(after))
  return `--- a/${path}\n+++ b/${path}\n${hunksOf(lines).join('')}`
}

/** Each line keeps its line end, so that a missing one at the end of the file is a difference. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1
  const kept = (text: string): Line => ({ mark: ' ', text })
  return [
    ...before.slice(0, start).map(kept),
    ...compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ]
}

/** The longest common lines stay; what is only on one side is taken out or put in. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const taken = (text: string): Line => ({ mark: '-', text })
  const put = (text: string): Line => ({ mark: '+', text })
  if (before.length * after.length > largestComparison) return [...before.map(taken), ...after.map(put)]
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] as number
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ mark: ' ', text: before[i] as string })
      i += 1
      j += 1
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(taken(before[i] as string))
      i += 1
    } else {
      lines.push(put(after[j] as string))
      j += 1
    }
  }
  return lines
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(isChange))
  const hunks: string[] = []
  let [oldLine, newLine] = [1, 1]
  let hunk: Line[] = []
  const flush = () => {
    if (hunk.length > 0) hunks.push(hunkText(hunk, oldLine, newLine))
    oldLine += hunk.filter(({ mark }) => mark !== '+').length
    newLine += hunk.filter(({ mark }) => mark !== '-').length
    hunk = []
  }
  for (const [at, line] of lines.entries()) {
    if (near[at]) {
      hunk.push(line)
      continue
    }
    flush()
    oldLine += 1
    newLine += 1
  }
  flush()
  return hunks
}

function isChange({ mark }: Line): boolean {
  return mark !== ' '
}

function hunkText(hunk: readonly Line[], oldLine: number, newLine: number): string {
  const range = (line: number, skipped: Line['mark']) => {
    const count = hunk.filter(({ mark }) => mark !== skipped).length
    return `${count === 0 ? line - 1 : line}${count === 1 ? '' : `,${count}`}`
  }
  const body = hunk.map(({ mark, text }) =>
    text.endsWith('\n') ? `${mark}${text}` : `${mark}${text}\n\\ No newline at end of file\n`,
  )
  return `@@ -${range(oldLine, '+')} +${range(newLine, '-')} @@\n${body.join('')}`
}
