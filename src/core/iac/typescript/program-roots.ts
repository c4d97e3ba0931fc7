import type { CodeSite, FileSet } from '../../model/code.js'
import { siteAt } from '../text-lines.js'
import { importsOf, isProgramFile, resolveModule } from './module-files.js'
import type { Run } from './run.js'

const groupWords = [
  'AutoScalingGroup',
  'autoscaling.Group',
  'odegroup',
  'odeGroup',
  'addCapacity',
  '@pulumi/eks',
  '@pulumi/aws/autoscaling',
  'autoscaling',
]

/** The byte search before any parser: false for a text that cannot define a group. */
export function mayDefineGroup(text: string): boolean {
  return groupWords.some((word) => text.includes(word))
}

/** The program files below a folder that may define a group. */
export function definingFiles(files: FileSet, root: string): readonly string[] {
  return [...files].flatMap(([file, text]) => {
    const below = root === '' || file.startsWith(`${root}/`)
    return below && isProgramFile(file, root) && mayDefineGroup(text) ? [file] : []
  })
}

const rootsAllowed = 400

/**
 * The modules to run so that every module which uses one of these runs too: these, and whatever imports them, directly or
 * through others. Undefined where that is more than may be run.
 */
export function rootsOf(files: FileSet, start: readonly string[], root: string): readonly string[] | undefined {
  const importers = importersOf(files, root)
  const found = new Set(start)
  for (const file of found) {
    for (const other of importers.get(file) ?? []) found.add(other)
    if (found.size > rootsAllowed) return undefined
  }
  const inside = new Set([...found].filter((file) => [...(importers.get(file) ?? [])].every((other) => other === file)))
  return [...inside, ...[...found].filter((file) => !inside.has(file))].sort(
    (first, second) => Number(inside.has(second)) - Number(inside.has(first)) || (first < second ? -1 : 1),
  )
}

const importersKnown = new WeakMap<FileSet, Map<string, ReadonlyMap<string, ReadonlySet<string>>>>()

function importersOf(files: FileSet, root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const cached = importersKnown.get(files)?.get(root)
  if (cached !== undefined) return cached
  const found = new Map<string, Set<string>>()
  for (const [file, text] of files) {
    if (!isProgramFile(file, root)) continue
    for (const specifier of importsOf(text)) {
      const target = resolveModule(files, file, specifier)
      if (target !== undefined) found.set(target, (found.get(target) ?? new Set<string>()).add(file))
    }
  }
  const all = importersKnown.get(files) ?? new Map()
  importersKnown.set(files, all.set(root, found))
  return found
}

/** Program files that may read a data file: by its name, or through what the tool makes of it. */
export function readersOf(files: FileSet, data: string): readonly string[] {
  const name = data.slice(data.lastIndexOf('/') + 1)
  const words =
    name === 'cdk.json' ? ['tryGetContext', 'getContext'] : name.startsWith('Pulumi.') ? ['Config('] : [name]
  return [...files].flatMap(([file, text]) =>
    isProgramFile(file) && words.some((word) => text.includes(word)) ? [file] : [],
  )
}

/** Where something that is not run names a data file of the program: it may take the value too. */
export function namedElsewhere(run: Pick<Run, 'files' | 'modules'>, data: string): CodeSite | undefined {
  const name = data.slice(data.lastIndexOf('/') + 1)
  if (/\.[mc]?tsx?$/.test(data) || name === 'cdk.json' || /^Pulumi\./.test(name)) return undefined
  for (const [file, text] of run.files) {
    const at = file === data || run.modules.has(file) ? -1 : text.indexOf(name)
    if (at >= 0 && !(isProgramFile(file) === false && /\.tsx?$/.test(file))) return siteAt(run.files, file, at)
  }
  return undefined
}
