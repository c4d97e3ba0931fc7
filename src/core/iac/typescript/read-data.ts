import { readJson } from '../json-reader.js'
import { folderOf, joinPath } from '../paths.js'
import { joined } from '../values.js'
import { dataValue } from './data-value.js'
import { programFolder } from './program-folder.js'
import { allDependencies, type ForeignValue, type ProgramValue, plain, unknownValue } from './program-values.js'
import type { CallSite, Run } from './run.js'

/** How a path that begins at the repository's root is written while the program runs. */
export const rootMark = '/repository'

const modules: Readonly<Record<string, string>> = {
  path: 'path',
  'node:path': 'path',
  fs: 'fs',
  'node:fs': 'fs',
  'fs-extra': 'fs',
  'js-yaml': 'yaml',
  yaml: 'yaml',
}

/** Reading a data file of the repository: its path, its text, its values; undefined for any other call. */
export function readData(
  run: Run,
  target: ForeignValue,
  args: readonly ProgramValue[],
  site: CallSite,
): ProgramValue | undefined {
  const word = target.path.at(-1)
  const kind = Object.hasOwn(modules, target.module) ? modules[target.module] : undefined
  if (kind === 'path' && (word === 'join' || word === 'resolve')) return joinedPath(run, args, site)
  if (kind === 'fs' && word === 'readFileSync') return textOfFile(run, args, site)
  const isJson = target.module === 'global' && target.path.join('.') === 'JSON.parse'
  const isYaml = kind === 'yaml' && (word === 'load' || word === 'parse' || word === 'safeLoad')
  const [text] = args
  if (!(isJson || isYaml) || text?.kind !== 'unknown' || text.textOf === undefined) return undefined
  const file = text.textOf
  const content = run.files.get(file) ?? ''
  const root = isJson ? readJson(content) : run.syntax.yaml(content)
  return root.kind === 'fault'
    ? unknownValue(root.reason, [{ file, start: 0, end: 0 }])
    : dataValue(run.files, file, root, 'json-data-file')
}

function joinedPath(run: Run, args: readonly ProgramValue[], site: CallSite): ProgramValue | undefined {
  const texts = args.map((arg) => (arg.kind === 'scalar' ? String(arg.scalar) : undefined))
  if (texts.some((text) => text === undefined)) return undefined
  const path = texts.join('/')
  const at = path.lastIndexOf(rootMark)
  const inside =
    at < 0 ? joinPath(programFolder(run.files, site.scope.file), path) : joinPath('', path.slice(at + rootMark.length))
  return inside === undefined ? undefined : plain(`${rootMark}/${inside}`, joined(args.map(allDependencies)))
}

function textOfFile(run: Run, args: readonly ProgramValue[], site: CallSite): ProgramValue | undefined {
  const path = joinedPath(run, args.slice(0, 1), site)
  const file = path?.kind === 'scalar' ? String(path.scalar).slice(rootMark.length + 1) : undefined
  if (path === undefined || file === undefined || !run.files.has(file)) return undefined
  const place = { file: site.scope.file, ...site.span }
  return { ...unknownValue('computed', [place], allDependencies(path)), textOf: file }
}

/** The folder of a module, as it is seen by the program. */
export function folderValue(file: string): ProgramValue {
  return plain(`${rootMark}/${folderOf(file)}`)
}
