import { readJson } from '../json-reader.js'
import type { DataMap, DataNode, Syntax, SyntaxFault } from '../syntax.js'

/** A CloudFormation template that could be read. `anchors` are YAML's, in source order. */
export interface Template {
  readonly file: string
  readonly root: DataMap
  readonly anchors: ReadonlyMap<string, DataNode>
}

/** Reads a template as JSON or YAML by its first character. */
export function readTemplate(file: string, text: string, syntax: Syntax): Template | SyntaxFault {
  const isJson = /^\uFEFF?\s*\{/.test(text) && !/\.ya?ml$/.test(file)
  const root = isJson ? readJson(text) : syntax.yaml(text)
  if (root.kind === 'fault') return root
  if (root.kind !== 'map') return { kind: 'fault', reason: 'unparseable', line: 1, message: 'not a template' }
  const anchors = new Map<string, DataNode>()
  const twice = collectAnchors(root, anchors)
  if (twice)
    return { kind: 'fault', reason: 'unparseable', line: 1, message: 'a merge key, or an anchor defined twice' }
  return { file, root, anchors }
}

function collectAnchors(node: DataNode, anchors: Map<string, DataNode>): boolean {
  if (node.kind === 'map' && node.entries.some((entry) => entry.key === '<<')) return true
  let twice = false
  if (node.anchor !== undefined) {
    twice = anchors.has(node.anchor)
    anchors.set(node.anchor, node)
  }
  const parts = node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.kind === 'list' ? node.items : []
  for (const part of parts) twice = collectAnchors(part, anchors) || twice
  return twice
}

/** The value under a key of a plain map. */
export function entryOf(node: DataNode | undefined, key: string): DataNode | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined
}

/** The text of a scalar. */
export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined
}

/** An intrinsic function in its short (`!Ref A`) or long (`Ref: A`) form, under its long name without `Fn::`. */
export interface Intrinsic {
  readonly name: string
  readonly argument: DataNode
}

/** The intrinsic that a node is, or undefined. */
export function intrinsicOf(node: DataNode): Intrinsic | undefined {
  if (node.tag?.startsWith('!') && /^![A-Z]\w*$/.test(node.tag)) {
    const { tag, ...argument } = node
    return { name: tag.slice(1), argument }
  }
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined
  const [entry] = node.entries
  if (entry === undefined) return undefined
  if (entry.key === 'Ref') return { name: 'Ref', argument: entry.value }
  return entry.key.startsWith('Fn::') ? { name: entry.key.slice(4), argument: entry.value } : undefined
}
