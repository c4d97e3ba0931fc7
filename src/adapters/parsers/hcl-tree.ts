import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { Language, type Node, Parser } from 'web-tree-sitter'
import { maxNesting, tooLarge } from '../../core/iac/limits.js'
import type { CstNode, SyntaxFault } from '../../core/iac/syntax.js'

/** Loads the HCL grammar; the answer reads a text into a plain tree, synchronously, and frees the parser's memory. */
export async function loadHclReader(): Promise<(text: string) => CstNode | SyntaxFault> {
  const runtime = await readFile(locate('web-tree-sitter/web-tree-sitter.wasm'))
  const grammar = await readFile(locate('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'))
  await Parser.init({ wasmBinary: runtime })
  const parser = new Parser()
  parser.setLanguage(await Language.load(grammar))
  return (text) => readHcl(parser, text)
}

/** A file of a package: beside this code where that is bundled, else in the package. */
function locate(file: string): string {
  const beside = join(import.meta.dirname, basename(file))
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(file)
}

function readHcl(parser: Parser, text: string): CstNode | SyntaxFault {
  const capped = tooLarge(text, 'hcl')
  if (capped) return capped
  const tree = parser.parse(text)
  if (tree === null) return { kind: 'fault', reason: 'unparseable', line: 1, message: 'the parser gave up' }
  try {
    if (tree.rootNode.hasError) return faultOf(tree.rootNode)
    return plain(tree.rootNode, 0) ?? { kind: 'fault', reason: 'too-large', line: 1, message: 'nested too deeply' }
  } finally {
    tree.delete()
  }
}

function faultOf(root: Node): SyntaxFault {
  let node = root
  for (let next = erroneousChild(node); next; next = erroneousChild(node)) node = next
  return { kind: 'fault', reason: 'unparseable', line: node.startPosition.row + 1, message: 'not HCL' }
}

function erroneousChild(node: Node): Node | undefined {
  return (
    node.children.find((child) => child !== null && (child.hasError || child.isError || child.isMissing)) ?? undefined
  )
}

/** One level of brackets is several nodes deep in the tree. */
const maxTreeDepth = maxNesting * 8

function plain(node: Node, depth: number): CstNode | undefined {
  if (depth > maxTreeDepth) return undefined
  const children: CstNode[] = []
  for (const child of node.children) {
    if (child === null || child.type === 'comment') continue
    const converted = plain(child, depth + 1)
    if (converted === undefined) return undefined
    children.push(converted)
  }
  return { type: node.type, start: node.startIndex, end: node.endIndex, children }
}
