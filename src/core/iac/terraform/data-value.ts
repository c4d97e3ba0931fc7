import type { DataNode } from '../syntax.js'
import { computed, none, once, unknown, type Value } from '../values.js'

/** A JSON or YAML file's content as values whose leaves stand in that file. Anchors, aliases, merge keys and tags are not followed. */
export function dataValue(file: string, node: DataNode): Value {
  if (node.anchor !== undefined || (node.kind === 'map' && node.entries.some((entry) => entry.key === '<<'))) {
    return unknown('computed', [{ file, start: node.start, end: node.end }])
  }
  if (node.kind === 'map') {
    const entries = new Map(node.entries.map((entry) => [entry.key, once(() => dataValue(file, entry.value))] as const))
    return { kind: 'map', entries, dependencies: none }
  }
  if (node.kind === 'list')
    return { kind: 'list', items: node.items.map((item) => once(() => dataValue(file, item))), dependencies: none }
  const whole = { file, start: node.start, end: node.end }
  if (node.kind === 'alias' || node.tag !== undefined || node.quote === 'block') return unknown('computed', [whole])
  if (node.value === null) return computed(null)
  const quoted = node.quote !== ''
  const place = quoted ? { file, start: node.start + 1, end: node.end - 1 } : whole
  const id = `${file}:${place.start}`
  const leaf = { id, place, quoted, where: 'json-data-file', variables: [] }
  return { kind: 'known', scalar: node.value, leaf, trail: [place], dependencies: new Set([id]) }
}
