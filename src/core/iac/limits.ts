import type { SyntaxFault } from './syntax.js'

/** Largest text, in UTF-16 units, that a parser is shown. */
export const maxTextLength = 1_048_576

/** Deepest nesting that a parser is shown; 64 levels survived 3,000 parses in a warm process where 1,500 abort it. */
export const maxNesting = 64

/** Most lines and commas of a YAML text together: a flow list of a megabyte would cost seconds and half a gigabyte. */
export const maxYamlItems = 40_000

/** Largest TypeScript text that a parser is shown: it takes 200 ms for as many characters of nothing but punctuation. */
export const maxScriptLength = 262_144

/** Most punctuation marks of a TypeScript text: a parser's time is that of its tokens. 3,000 dense lines have 11,000. */
export const maxScriptMarks = 20_000

/** Most labels around one statement: the parser looks through all of them at each. */
const maxLabels = 60

/** Most type arguments or arrow arms that may be open around one another: the parser tries each twice. */
const maxTries = 8

const opening = new Set(['[', '{', '('])
const closing = new Set([']', '}', ')'])

/** A fault when the text is too large or nested too deeply for any parser, undefined when it may be read. Linear time. */
export function tooLarge(text: string, kind: 'hcl' | 'yaml' | 'json' | 'typescript'): SyntaxFault | undefined {
  const allowed = kind === 'typescript' ? maxScriptLength : maxTextLength
  if (text.length > allowed) return fault(1, `the file has ${text.length} characters, ${allowed} allowed`)
  if (text.includes('\u0000')) return { kind: 'fault', reason: 'unparseable', line: 1, message: 'the file holds a NUL' }
  const brackets = tooManyBrackets(text)
  if (brackets !== undefined || kind === 'hcl' || kind === 'json') return brackets
  return kind === 'yaml' ? (tooManyItems(text) ?? tooManyIndents(text)) : tooManyMarks(text)
}

/** Punctuation, and how often a parenthesis opens behind `>` or `?` before one of these is closed. */
function tooManyMarks(text: string): SyntaxFault | undefined {
  let [marks, line] = [0, 1]
  let [before, colons] = ['', 0]
  const open: boolean[] = []
  let tries = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === '\n') line += 1
    if (' \t\r\n'.includes(character)) continue
    if (/[^\w\s]/.test(character)) {
      marks += 1
      colons = character === ':' ? colons + 1 : 0
    }
    if (colons > maxLabels) return fault(line, 'too many labels around one statement')
    if (character === '(') {
      open.push(before === '>')
      if (before === '>') tries += 1
    } else if (character === ')' && open.pop() === true) tries -= 1
    if (tries > maxTries) return fault(line, 'too many type arguments around one another')
    before = character
  }
  return marks > maxScriptMarks ? fault(1, `the file has more than ${maxScriptMarks} punctuation marks`) : undefined
}

function fault(line: number, message: string): SyntaxFault {
  return { kind: 'fault', reason: 'too-large', line, message }
}

/**
 * A first, linear count that stops plain bombs before any lexer: brackets everywhere, strings and comments too. Closing
 * brackets hidden in strings could lower it, so each reader counts once more, exactly, on its own tokens or tree.
 */
function tooManyBrackets(text: string): SyntaxFault | undefined {
  let depth = 0
  let line = 1
  for (const character of text) {
    if (character === '\n') line += 1
    else if (opening.has(character)) depth += 1
    else if (closing.has(character) && depth > 0) depth -= 1
    if (depth > maxNesting) return fault(line, `nested more than ${maxNesting} levels deep`)
  }
  return undefined
}

function tooManyItems(text: string): SyntaxFault | undefined {
  let items = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 44) items += 1
  }
  return items > maxYamlItems ? fault(1, `the file has more than ${maxYamlItems} lines and commas`) : undefined
}

/** Counts open indentation levels and runs of `- `, `? ` and `: ` at the start of each line. */
function tooManyIndents(text: string): SyntaxFault | undefined {
  const open: number[] = []
  let line = 0
  for (const raw of text.split('\n')) {
    line += 1
    const { columns, width } = lineIndents(raw)
    if (width === raw.trimEnd().length) continue
    const first = columns[0]
    if (first === undefined) continue
    while (open.length > 0 && (open.at(-1) ?? -1) >= first) open.pop()
    open.push(...columns)
    if (open.length > maxNesting) return fault(line, `nested more than ${maxNesting} levels deep`)
  }
  return undefined
}

function lineIndents(raw: string): { readonly columns: readonly number[]; readonly width: number } {
  const columns: number[] = []
  let at = 0
  while (raw[at] === ' ' || raw[at] === '\t') at += 1
  columns.push(at)
  while ((raw[at] === '-' || raw[at] === '?' || raw[at] === ':') && (raw[at + 1] === ' ' || raw[at + 1] === '\t')) {
    at += 2
    while (raw[at] === ' ' || raw[at] === '\t') at += 1
    columns.push(at)
    if (columns.length > maxNesting + 1) break
  }
  return { columns, width: at }
}
