import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { maxNesting, tooLarge } from '../../core/iac/limits.js'
import type { DataEntry, DataNode, SyntaxFault } from '../../core/iac/syntax.js'
import { lineAt } from '../../core/iac/text-lines.js'

/** Reads the one document of a YAML text with exact positions; tags and anchors are kept, aliases and merge keys (`<<`) never followed. */
export function readYaml(text: string): DataNode | SyntaxFault {
  const capped = tooLarge(text, 'yaml')
  if (capped) return capped
  const bomb = bombOf(text)
  if (bomb !== undefined) return bomb
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, keepSourceTokens: false })
  const [first, second] = 'empty' in documents ? [] : documents
  if (first === undefined) return fault(text, 0, 'the file is empty')
  if (second !== undefined) return fault(text, second.range[0], 'the file holds several documents')
  const problem = first.errors[0]
  if (problem) return fault(text, problem.pos[0], problem.message.split('\n')[0] ?? 'not YAML')
  return fromDocument(text, first)
}

/** An anchor and a tag are all that a node may have; the parser takes quadratic time over a run of them. */
const mostProperties = 3
/** What the lexer puts between tokens to say what follows; they stand in no text. */
const lexerMarks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f'])
const scalarMark = '\u001f'

/**
 * What only the lexer's own tokens tell, before the parser sees the text: flow brackets (what stands in strings and
 * comments is no nesting, nor hides any), runs of tags and anchors, and a second document. Linear time.
 */
function bombOf(text: string): SyntaxFault | undefined {
  let [depth, properties, documents, offset] = [0, 0, 0, 0]
  let before = ''
  for (const token of new Lexer().lex(text)) {
    const isMark = before !== scalarMark
    if (isMark && (token === '[' || token === '{')) depth += 1
    else if (isMark && (token === ']' || token === '}')) depth -= 1
    if (isMark && (token[0] === '!' || token[0] === '&')) properties += 1
    else if (token[0] !== '#' && token.trim() !== '') properties = 0
    if (isMark && token === '---') documents += 1
    if (depth > maxNesting) return { ...fault(text, offset, 'nested too deeply'), reason: 'too-large' }
    if (properties > mostProperties) return fault(text, offset, 'a node with many tags or anchors')
    if (documents > 1) return fault(text, offset, 'the file holds several documents')
    if (!lexerMarks.has(token)) offset += token.length
    before = token
  }
  return undefined
}

function fault(text: string, offset: number, message: string): SyntaxFault {
  return {
    kind: 'fault',
    reason: 'unparseable',
    line: lineAt(text, offset),
    message,
  }
}

/** Thrown inside this file only, to leave the recursion at the first thing that is not a plain tree. */
class Unreadable extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

function fromDocument(text: string, document: Document.Parsed): DataNode | SyntaxFault {
  if (document.contents === null) return fault(text, 0, 'the file is empty')
  try {
    return convert(document.contents as Node)
  } catch (cause) {
    if (cause instanceof Unreadable) return fault(text, cause.offset, cause.message)
    throw cause
  }
}

function base(node: Node): { start: number; end: number; tag?: string; anchor?: string } {
  const [start, end] = node.range ?? [0, 0]
  const tag = 'tag' in node && typeof node.tag === 'string' && !node.tag.startsWith('tag:') ? node.tag : undefined
  const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined
  return { start, end, ...(tag === undefined ? {} : { tag }), ...(anchor === undefined ? {} : { anchor }) }
}

function convert(node: Node): DataNode {
  if (isAlias(node)) return { kind: 'alias', name: node.source, ...base(node) }
  if (isScalar(node)) return convertScalar(node)
  if (isMap(node)) return convertMap(node)
  if (isSeq(node)) return convertList(node)
  throw new Unreadable(0, 'a node of an unknown kind')
}

const quotes = { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'", BLOCK_LITERAL: 'block', BLOCK_FOLDED: 'block' } as const

function convertScalar(node: Scalar): DataNode {
  const quote = node.type !== undefined && node.type in quotes ? quotes[node.type as keyof typeof quotes] : ''
  const { value } = node
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
  const kept = plain ? value : String(value)
  const text = quote === '' && node.source !== undefined ? node.source : String(kept === null ? '' : kept)
  return { kind: 'scalar', value: kept, text, quote, ...base(node) }
}

function convertMap(node: YAMLMap): DataNode {
  const seen = new Set<string>()
  const entries = node.items.map((pair): DataEntry => {
    const key = pair.key
    const start = base(node).start
    if (!isScalar(key)) throw new Unreadable(start, 'a key that is not a plain word')
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
    const keyStart = key.range?.[0] ?? start
    if (seen.has(name)) throw new Unreadable(keyStart, `the key ${name} stands twice`)
    seen.add(name)
    const value = pair.value as Node | null
    return { key: name, keyStart, value: value === null ? empty(key.range?.[1] ?? start) : convert(value) }
  })
  return { kind: 'map', entries, ...base(node) }
}

function empty(at: number): DataNode {
  return { kind: 'scalar', value: null, text: '', quote: '', start: at, end: at }
}

function convertList(node: YAMLSeq): DataNode {
  return {
    kind: 'list',
    items: node.items.map((item) => convert(item as Node)),
    ...base(node),
  }
}
