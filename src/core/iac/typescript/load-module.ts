import { readJson } from '../json-reader.js'
import type { SyntaxFault } from '../syntax.js'
import type { ModuleNode, Statement } from './ast.js'
import { dataValue } from './data-value.js'
import { lowerModule } from './lower-module.js'
import { exportedValue } from './module-exports.js'
import { placeOfFile, resolveModule } from './module-files.js'
import { objectOf, type ProgramValue, unknownValue } from './program-values.js'
import type { CallSite, Run } from './run.js'
import { createScope, type LoadedModule } from './scope.js'

/** The parsed module of a file, read once. */
export function parsedModule(
  run: Pick<Run, 'files' | 'syntax' | 'parsed'>,
  file: string,
): ModuleNode | SyntaxFault | undefined {
  const known = run.parsed.get(file)
  if (known !== undefined) return known
  const text = run.files.get(file)
  if (text === undefined) return undefined
  const tree = run.syntax.typescript(text, file.endsWith('.tsx'))
  const made = 'reason' in tree ? (tree as SyntaxFault) : lowerModule(tree, text)
  run.parsed.set(file, made)
  return made
}

/** A module of the repository, run when it is first asked for; undefined where it cannot be read. */
export function loadModule(run: Run, file: string): LoadedModule | undefined {
  const known = run.modules.get(file)
  if (known !== undefined) return known
  if (file.endsWith('.json')) return loadData(run, file)
  const parsed = parsedModule(run, file)
  if (parsed === undefined) return undefined
  if (parsed.kind === 'fault') {
    run.faults.set(file, parsed)
    return undefined
  }
  const scope = createScope(file, undefined)
  const module: LoadedModule = { file, scope, exports: new Map(), all: [] }
  run.modules.set(file, module)
  for (const statement of parsed.body) link(run, module, statement)
  const { frames, trace } = run.state
  run.state.frames = []
  run.state.trace = ''
  run.steps.execute(run, scope, parsed.body)
  run.state.frames = frames
  run.state.trace = trace
  return module
}

/** Notes what a module imports and hands on, before it runs. */
function link(run: Run, module: LoadedModule, statement: Statement): void {
  if (statement.kind === 'import') {
    const from = target(run, module.file, statement.from)
    for (const { imported, local } of statement.names) module.scope.imports.set(local, { from, name: imported })
  }
  if (statement.kind !== 'export') return
  if (statement.from === undefined) {
    for (const { local, exported } of statement.names) module.exports.set(exported, { kind: 'local', name: local })
    return
  }
  const from = target(run, module.file, statement.from)
  if (statement.all) module.all.push(from)
  for (const { local, exported } of statement.names)
    module.exports.set(exported, { kind: 'handed-on', target: { from, name: local } })
}

function target(run: Run, file: string, specifier: string): LoadedModule | string {
  const found = resolveModule(run.files, file, specifier)
  return (found === undefined ? undefined : run.steps.load(run, found)) ?? specifier
}

function loadData(run: Run, file: string): LoadedModule | undefined {
  const root = readJson(run.files.get(file) ?? '')
  const value =
    root.kind === 'fault'
      ? unknownValue(root.reason, [placeOfFile(file)])
      : dataValue(run.files, file, root, 'json-data-file')
  const module: LoadedModule = { file, scope: createScope(file, undefined), exports: new Map(), all: [] }
  module.exports.set('default', { kind: 'value', value })
  if (value.kind === 'object')
    for (const [key, entry] of value.entries) module.exports.set(key, { kind: 'value', value: entry })
  run.modules.set(file, module)
  return module
}

/** What `require('./x')` gives. */
export function requireModule(run: Run, specifier: string, site: CallSite): ProgramValue {
  const place = { file: site.scope.file, ...site.span }
  const from = target(run, site.scope.file, specifier)
  if (typeof from !== 'string' && from.file.endsWith('.json'))
    return exportedValue(run, { from, name: 'default' }, place)
  return exportedValue(run, { from, name: '*' }, place) ?? objectOf()
}
