import type { FileSet } from '../../model/code.js'
import type { DataNode } from '../syntax.js'
import { listOf, objectOf, type ProgramValue, plain, unknownValue } from './program-values.js'

/** The entry of a mapping under a key. */
export function entryAt(node: DataNode | undefined, key: string): DataNode | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined
}

/** A node of a JSON or YAML file as a value of the program; its scalars are places to edit. */
export function dataValue(files: FileSet, file: string, node: DataNode, where: string, depth = 0): ProgramValue {
  const place = { file, start: node.start, end: node.end }
  if (node.kind === 'alias' || node.tag !== undefined || depth > 60) return unknownValue('computed', [place])
  if (node.kind === 'map')
    return objectOf(
      node.entries.map(({ key, value }) => [key, dataValue(files, file, value, where, depth + 1)] as const),
    )
  if (node.kind === 'list') return listOf(node.items.map((item) => dataValue(files, file, item, where, depth + 1)))
  if (node.value === null || typeof node.value === 'boolean') return { ...plain(node.value), trail: [place] }
  const quoted = node.quote !== ''
  const inner = quoted ? { file, start: place.start + 1, end: place.end - 1 } : place
  if (
    node.quote === 'block' ||
    (files.get(file) ?? '').slice(inner.start, inner.end) !== node.text ||
    node.anchor !== undefined
  )
    return { ...plain(node.value), outside: 'computed', trail: [place] }
  const id = `${file}:${inner.start}`
  return {
    kind: 'scalar',
    scalar: node.value,
    leaf: { id, place: inner, quoted, where, variables: [] },
    trail: [inner],
    dependencies: new Set([id]),
  }
}
