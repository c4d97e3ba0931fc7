import type { Place } from '../place.js'
import type { ExportStatement, Statement } from './ast.js'
import { type Completion, on } from './completion.js'
import { objectOf, type ProgramValue, unknownValue } from './program-values.js'
import type { Run } from './run.js'
import type { ImportedName, LoadedModule, Scope } from './scope.js'

/** What an imported name means; a whole module is an object of all it exports. */
export function exportedValue(run: Run, { from, name }: ImportedName, place: Place, depth = 0): ProgramValue {
  if (typeof from === 'string') {
    const path = name === '*' || name === 'default' ? [] : [name]
    return { kind: 'foreign', module: from, path, place: name === '*' ? undefined : place, dependencies: new Set() }
  }
  if (name === '*') return namespaceOf(run, from, place, depth)
  const found = from.exports.get(name)
  if (found?.kind === 'value') return found.value
  if (found?.kind === 'handed-on')
    return depth > 20 ? unknownValue('computed', [place]) : exportedValue(run, found.target, place, depth + 1)
  if (found?.kind === 'local') {
    const cell = from.scope.cells.get(found.name)
    if (cell?.value !== undefined) return cell.value
    const imported = from.scope.imports.get(found.name)
    if (imported !== undefined && depth <= 20) return exportedValue(run, imported, place, depth + 1)
    return { ...unknownValue('computed', [place]), hint: name }
  }
  if (depth > 20) return unknownValue('computed', [place])
  const [only, second] = from.all
    .map((target) => exportedValue(run, { from: target, name }, place, depth + 1))
    .filter((value) => value.kind !== 'unknown')
  return only !== undefined && second === undefined ? only : unknownValue('computed', [place])
}

function namespaceOf(run: Run, from: LoadedModule, place: Place, depth: number): ProgramValue {
  const names = new Set([...from.exports.keys()])
  for (const target of from.all)
    if (typeof target !== 'string') for (const name of target.exports.keys()) names.add(name)
  const entries = [...names].map((name) => [name, exportedValue(run, { from, name }, place, depth + 1)] as const)
  const foreign = from.all.find((target) => typeof target === 'string')
  return objectOf(entries, foreign === undefined ? undefined : unknownValue('computed', [place]))
}

/** Declares what a statement exports and notes the names in the module. */
export function exportNames(
  run: Run,
  scope: Scope,
  statement: ExportStatement,
  act: (inner: Statement) => Completion,
): Completion {
  const module = run.modules.get(scope.file)
  const { declaration, value, names, from } = statement
  if (declaration !== undefined && declaration.kind !== 'function') act(declaration)
  if (module === undefined || from !== undefined) return on
  for (const { local, exported } of names) module.exports.set(exported, { kind: 'local', name: local })
  if (value !== undefined)
    module.exports.set('default', { kind: 'value', value: run.steps.evaluate(run, scope, value) })
  return on
}
