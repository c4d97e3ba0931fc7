import type { EditableProperty, EditOutcome, FileSet } from '../../model/code.js'
import { type EditsRequest, scalarChanges } from '../edit-request.js'
import { refused } from '../refusal.js'
import type { DataNode, Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { editScalar, readData, severalEnvironments } from './edit-scalar.js'

interface Setting {
  readonly file: string
  readonly node: DataNode
}

const options: Readonly<Partial<Record<EditableProperty, readonly [string, string]>>> = {
  minSize: ['aws:autoscaling:asg', 'MinSize'],
  maxSize: ['aws:autoscaling:asg', 'MaxSize'],
  instanceType: ['aws:autoscaling:launchconfiguration', 'InstanceType'],
}

/** Edits one option setting of an Elastic Beanstalk application (`.ebextensions/*.config`), the last file in name order wins. */
export function editBeanstalk(request: EditsRequest, syntax: Syntax): EditOutcome {
  const { files, address } = request
  const [change, second] = scalarChanges(request.changes) ?? []
  const option = change === undefined ? undefined : options[change.property]
  if (change === undefined || second !== undefined || option === undefined) return refused('unsupported-property', [])
  const folder = address.rootModule === '' ? '.ebextensions/' : `${address.rootModule}/.ebextensions/`
  const names = [...files.keys()].filter((file) => file.startsWith(folder) && file.endsWith('.config')).sort()
  const found: Setting[] = []
  for (const file of names) {
    const root = readData(file, files.get(file) ?? '', syntax)
    if (root.kind === 'fault') return refused(root.reason, [{ file, line: root.line, text: '' }], root.message)
    if (overridesGroup(root)) return refused('overridden', [siteAt(files, file, root.start)])
    found.push(...settingsIn(file, root, option))
    if (
      change.property === 'instanceType' &&
      settingsIn(file, root, ['aws:ec2:instances', 'InstanceTypes']).length > 0
    ) {
      return refused('overridden', [siteAt(files, file, root.start)])
    }
  }
  const last = found.at(-1)
  if (last === undefined) return refused('absent', [])
  const bounds = contradiction(files, names, syntax, change)
  return (
    bounds ??
    severalEnvironments(request, last.file, last.node) ??
    editScalar(files, last.file, last.node, change, 'option-setting')
  )
}

/** Settings as a map of namespaces, or as a list of entries with namespace, option_name and value. */
function settingsIn(file: string, root: DataNode, [namespace, name]: readonly [string, string]): readonly Setting[] {
  const settings = entry(root, 'option_settings')
  if (settings?.kind === 'map') {
    const node = entry(entry(settings, namespace), name)
    return node === undefined ? [] : [{ file, node }]
  }
  if (settings?.kind !== 'list') return []
  return settings.items.flatMap((item) => {
    const node = entry(item, 'value')
    const same = textOf(entry(item, 'namespace')) === namespace && textOf(entry(item, 'option_name')) === name
    return same && node !== undefined ? [{ file, node }] : []
  })
}

/** Resources of the application may set the group's properties past all option settings. */
function overridesGroup(root: DataNode): boolean {
  return entry(entry(root, 'Resources'), 'AWSEBAutoScalingGroup') !== undefined
}

function contradiction(
  files: FileSet,
  names: readonly string[],
  syntax: Syntax,
  change: { readonly property: EditableProperty; readonly wanted: unknown },
): EditOutcome | undefined {
  const other = change.property === 'minSize' ? 'maxSize' : change.property === 'maxSize' ? 'minSize' : undefined
  const option = other === undefined ? undefined : options[other]
  if (option === undefined) return undefined
  const found = names.flatMap((file) => {
    const root = readData(file, files.get(file) ?? '', syntax)
    return root.kind === 'fault' ? [] : settingsIn(file, root, option)
  })
  const last = found.at(-1)
  const bound = last === undefined ? Number.NaN : Number(textOf(last.node))
  const wrong = other === 'maxSize' ? Number(change.wanted) > bound : Number(change.wanted) < bound
  return wrong && last !== undefined ? refused('inconsistent', [siteAt(files, last.file, last.node.start)]) : undefined
}

function entry(node: DataNode | undefined, key: string): DataNode | undefined {
  return node?.kind === 'map' ? node.entries.find((one) => one.key === key)?.value : undefined
}

function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined
}
