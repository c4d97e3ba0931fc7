import type { EditOutcome } from '../../model/code.js'
import { type EditsRequest, scalarChanges } from '../edit-request.js'
import { refused } from '../refusal.js'
import type { DataNode, Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { editScalars, type PlacedScalar, readData, severalEnvironments } from './edit-scalar.js'

/**
 * Edits values of a plain YAML or JSON file at configured paths. What comes in by a merge key or an alias, or is read by
 * one elsewhere, serves several places and is refused.
 */
export function editValuesFile(request: EditsRequest, syntax: Syntax): EditOutcome {
  const { files, address, context } = request
  const changes = scalarChanges(request.changes)
  const file = context?.file ?? address.file
  const text = files.get(file)
  if (changes === undefined || changes.length === 0) return unsupported(file)
  if (text === undefined) return refused('not-found', [])
  const root = readData(file, text, syntax)
  if (root.kind === 'fault') return refused(root.reason, [{ file, line: root.line, text: '' }], root.message)
  const aliases = aliasesIn(root)
  const placed: PlacedScalar[] = []
  for (const change of changes) {
    const path = context?.paths?.[change.property] ?? context?.path
    const steps = path === undefined ? undefined : parsePath(path)
    if (steps === undefined || (changes.length > 1 && context?.paths === undefined)) return unsupported(file)
    const found = walk(root, steps)
    if (found.kind === 'missing') return refused('not-found', [])
    const site = siteAt(files, file, found.node.start)
    if (found.merged || found.way.some((node) => node.anchor !== undefined && aliases.has(node.anchor)))
      return refused('shared-by-several-groups', [site])
    const several = severalEnvironments(request, file, found.node)
    if (several) return several
    placed.push({ file, node: found.node, change })
  }
  return editScalars(files, placed, 'values-entry')
}

function unsupported(file: string): EditOutcome {
  return refused('unsupported-property', [{ file, line: 1, text: '' }])
}

/** One step of a path: a key, a position, or the item of a list that has a value under a key. */
type PathStep = { readonly key: string } | { readonly index: number } | { readonly where: string; readonly is: string }

/**
 * Reads a path.
 * @example parsePath('pools[name=build].max') // key pools, the item whose name is build, key max
 * @returns undefined when the text is no path
 */
export function parsePath(path: string): readonly PathStep[] | undefined {
  const steps: PathStep[] = []
  for (let rest = path; rest !== ''; ) {
    const found = /^(?:\.?([^.[\]=]+)|\[(\d+)\]|\[([^\]=]+)=([^\]]+)\])/.exec(rest)
    if (found === null) return undefined
    const [whole, key, index, where, is] = found
    if (key !== undefined) steps.push({ key })
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (where !== undefined && is !== undefined) steps.push({ where, is })
    rest = rest.slice(whole.length)
  }
  return steps.length > 0 ? steps : undefined
}

type Walked =
  | { readonly kind: 'missing' }
  | { readonly kind: 'found'; readonly node: DataNode; readonly way: readonly DataNode[]; readonly merged: boolean }

function walk(root: DataNode, steps: readonly PathStep[]): Walked {
  const way: DataNode[] = [root]
  let node = root
  for (const step of steps) {
    const next = child(node, step)
    if (next === undefined) {
      const merges = node.kind === 'map' && 'key' in step && node.entries.some((entry) => entry.key === '<<')
      return merges ? { kind: 'found', node, way, merged: true } : { kind: 'missing' }
    }
    if (next.kind === 'alias') return { kind: 'found', node: next, way, merged: true }
    way.push(next)
    node = next
  }
  return { kind: 'found', node, way, merged: false }
}

function child(node: DataNode, step: PathStep): DataNode | undefined {
  if ('key' in step) return node.kind === 'map' ? entry(node, step.key) : undefined
  if (node.kind !== 'list') return undefined
  if ('index' in step) return node.items[step.index]
  const [only, second] = node.items.filter((item) => {
    const value = entry(item, step.where)
    return value?.kind === 'scalar' && value.text === step.is
  })
  return second === undefined ? only : undefined
}

function entry(node: DataNode, key: string): DataNode | undefined {
  return node.kind === 'map' ? node.entries.find((one) => one.key === key)?.value : undefined
}

function aliasesIn(node: DataNode): ReadonlySet<string> {
  if (node.kind === 'alias') return new Set([node.name])
  const parts = node.kind === 'map' ? node.entries.map((one) => one.value) : node.kind === 'list' ? node.items : []
  return new Set(parts.flatMap((part) => [...aliasesIn(part)]))
}
