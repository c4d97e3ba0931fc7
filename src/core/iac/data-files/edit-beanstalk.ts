import type { EditableProperty, EditOutcome, FileSet, Refused } from '../../model/code.js'
import { type EditsRequest, type ScalarChange, scalarChanges } from '../edit-request.js'
import { refused } from '../refusal.js'
import type { DataNode, Syntax } from '../syntax.js'
import { siteAt } from '../text-lines.js'
import { editScalars, type PlacedScalar, readData, severalEnvironments } from './edit-scalar.js'

interface Setting {
  readonly file: string
  readonly node: DataNode
}

const options: Readonly<Partial<Record<EditableProperty, readonly [string, string]>>> = {
  minSize: ['aws:autoscaling:asg', 'MinSize'],
  maxSize: ['aws:autoscaling:asg', 'MaxSize'],
  instanceType: ['aws:autoscaling:launchconfiguration', 'InstanceType'],
}

/** Edits option settings of an Elastic Beanstalk application (`.ebextensions/*.config`), the last file in name order wins. */
export function editBeanstalk(request: EditsRequest, syntax: Syntax): EditOutcome {
  const { files, address } = request
  const changes = scalarChanges(request.changes)
  if (changes === undefined || changes.length === 0) return refused('unsupported-property', [])
  const read = readExtensions(files, address.rootModule, syntax)
  if ('kind' in read) return read
  const overriding = read.find(({ root }) => overridesGroup(root))
  if (overriding) return refused('overridden', [siteAt(files, overriding.file, overriding.root.start)])
  const placed: PlacedScalar[] = []
  for (const change of changes) {
    const found = settingOf(files, read, change)
    if ('kind' in found) return found
    const refusal = contradiction(files, read, changes, change) ?? severalEnvironments(request, found.file, found.node)
    if (refusal) return refusal
    placed.push({ ...found, change })
  }
  return editScalars(files, placed, 'option-setting')
}

interface Extension {
  readonly file: string
  readonly root: DataNode
}

function readExtensions(files: FileSet, rootModule: string, syntax: Syntax): readonly Extension[] | Refused {
  const folder = rootModule === '' ? '.ebextensions/' : `${rootModule}/.ebextensions/`
  const read: Extension[] = []
  for (const file of [...files.keys()].filter((name) => name.startsWith(folder) && name.endsWith('.config')).sort()) {
    const root = readData(file, files.get(file) ?? '', syntax)
    if (root.kind === 'fault') return refused(root.reason, [{ file, line: root.line, text: '' }], root.message)
    read.push({ file, root })
  }
  return read
}

/** The setting that wins for the changed property. A list of instance types wins over the one type. */
function settingOf(files: FileSet, read: readonly Extension[], { property }: ScalarChange): Setting | Refused {
  const option = options[property]
  if (option === undefined) return refused('unsupported-property', [])
  const [lists] =
    property === 'instanceType' ? read.filter((one) => settingsIn(one, ['aws:ec2:instances', 'InstanceTypes'])[0]) : []
  if (lists) return refused('overridden', [siteAt(files, lists.file, lists.root.start)])
  return read.flatMap((one) => settingsIn(one, option)).at(-1) ?? refused('absent', [])
}

/** Settings as a map of namespaces, or as a list of entries with namespace, option_name and value. */
function settingsIn({ file, root }: Extension, [namespace, name]: readonly [string, string]): readonly Setting[] {
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
  read: readonly Extension[],
  changes: readonly ScalarChange[],
  { property, wanted }: ScalarChange,
): Refused | undefined {
  const other = property === 'minSize' ? 'maxSize' : property === 'maxSize' ? 'minSize' : undefined
  const option = other === undefined ? undefined : options[other]
  if (option === undefined) return undefined
  const last = read.flatMap((one) => settingsIn(one, option)).at(-1)
  const bound = Number(changes.find((change) => change.property === other)?.wanted ?? textOf(last?.node))
  const wrong = other === 'maxSize' ? Number(wanted) > bound : Number(wanted) < bound
  return wrong && last !== undefined ? refused('inconsistent', [siteAt(files, last.file, last.node.start)]) : undefined
}

function entry(node: DataNode | undefined, key: string): DataNode | undefined {
  return node?.kind === 'map' ? node.entries.find((one) => one.key === key)?.value : undefined
}

function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined
}
