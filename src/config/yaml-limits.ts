import { Lexer } from 'yaml'

/** Largest configuration that is read, in UTF-8 bytes. */
export const maxConfigBytes = 64 * 1024
/** Deepest nesting that reaches the parser: yaml 2.9.1 on Node 20 aborts the process on a few thousand levels. */
export const maxNesting = 64
/** Most lexical tokens: keeps key comparison and flow lists in the parser fast. */
export const maxTokens = 8_000

/** Why a text must not reach the YAML parser, with its line; undefined for a text that may. */
export interface LimitFault {
  readonly line: number
  readonly message: string
}

/**
 * Measures size, nesting and length with the lexer alone, which does not recurse. Nesting is overestimated: brackets,
 * indentations, and every `-`, `?` and `:` of a line count.
 */
export function limitFaultOf(text: string): LimitFault | undefined {
  if (Buffer.byteLength(text) > maxConfigBytes) return { line: 1, message: 'expected a file of at most 64 KB' }
  const indents: number[] = []
  let line = 1
  let tokens = 0
  let flow = 0
  let marks = 0
  let indent = 0
  let lineHasContent = false
  for (const token of new Lexer().lex(text)) {
    tokens += 1
    if (tokens > maxTokens)
      return { line, message: `expected at most ${maxTokens.toLocaleString('en')} words and marks` }
    if (token === '[' || token === '{') flow += 1
    else if (token === ']' || token === '}') flow = Math.max(flow - 1, 0)
    else if (flow === 0 && (token === '-' || token === '?' || token === ':')) marks += 1
    if (!lineHasContent && token.trim() !== '' && token !== '\u0002' && token !== '\u001f') {
      while ((indents.at(-1) ?? -1) >= indent) indents.pop()
      indents.push(indent)
      lineHasContent = true
    }
    if (flow + marks + indents.length > maxNesting)
      return { line, message: `expected at most ${maxNesting} levels of nesting` }
    if (!lineHasContent && /^[ \t]+$/.test(token)) indent = token.length
    if (!token.includes('\n')) continue
    line += token.split('\n').length - 1
    marks = 0
    indent = 0
    lineHasContent = false
  }
  return undefined
}
