import { type ParserPlugin, parse } from '@babel/parser'
import { tooLarge } from '../../core/iac/limits.js'
import type { SyntaxFault, SyntaxNode } from '../../core/iac/syntax.js'

/** Reads a TypeScript module into the parser's own tree, after the caps; what the parser rejects is a fault. */
export function readTypeScript(text: string, jsx: boolean): SyntaxNode | SyntaxFault {
  const read = parseScript(text, jsx, false)
  return 'reason' in read ? read : (read.program as unknown as SyntaxNode)
}

/** Every token of a TypeScript text in order, comments too: two texts with equal tokens mean the same. */
export function scriptTokens(text: string, jsx: boolean): readonly string[] | SyntaxFault {
  const read = parseScript(text, jsx, true)
  if ('reason' in read) return read
  return (read.tokens ?? []).map((token: { readonly start: number; readonly end: number }) =>
    unquoted(text.slice(token.start, token.end)),
  )
}

function parseScript(text: string, jsx: boolean, tokens: boolean) {
  const capped = tooLarge(text, 'typescript')
  if (capped) return capped
  const plugins: ParserPlugin[] = ['typescript', 'decorators-legacy', ...(jsx ? (['jsx'] as const) : [])]
  try {
    return parse(text, { sourceType: 'module', plugins, errorRecovery: false, attachComment: false, tokens })
  } catch (cause) {
    return faultOf(cause)
  }
}

/** A text without its quotes, so that a changed text is seen as just that. */
function unquoted(token: string): string {
  return /^(['"]).*\1$/s.test(token) && token.length > 1 ? token.slice(1, -1) : token
}

/** The parser is plain JavaScript: a tree too deep for it ends in a RangeError, which nothing survives but the process. */
function faultOf(cause: unknown): SyntaxFault {
  if (cause instanceof RangeError)
    return { kind: 'fault', reason: 'too-large', line: 1, message: 'nested too deeply to be read' }
  if (!(cause instanceof SyntaxError)) throw cause
  const { loc } = cause as SyntaxError & { readonly loc?: { readonly line: number } }
  const message = cause.message.split('\n')[0] ?? 'not TypeScript'
  return { kind: 'fault', reason: 'unparseable', line: loc?.line ?? 1, message }
}
