import type { CodeSite, FileSet, GroupAddress } from '../../model/code.js'
import { siteAt } from '../text-lines.js'

const definitions = [
  'AutoScalingGroup(',
  'autoscaling.Group(',
  'add_nodegroup_capacity(',
  'add_capacity(',
  'NodeGroup(',
  'Nodegroup(',
]

/** Where a Python program defines the group of an address, or any group at all where the name is not found. */
export function pythonSite(
  files: FileSet,
  address: Pick<GroupAddress, 'address' | 'rootModule'>,
): CodeSite | undefined {
  const name = address.address.split('/').at(-1) ?? ''
  const sites = [...files].flatMap(([file, text]) => {
    if (!file.endsWith('.py') || (address.rootModule !== '' && !file.startsWith(`${address.rootModule}/`))) return []
    return definitions.flatMap((word) => {
      const at = text.indexOf(word)
      return at < 0 ? [] : namedAt(files, file, text, word, name)
    })
  })
  return sites[0]
}

function namedAt(files: FileSet, file: string, text: string, word: string, name: string): readonly CodeSite[] {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const near = text.slice(at, at + 400)
    if (name !== '' && (near.includes(`"${name}"`) || near.includes(`'${name}'`))) return [siteAt(files, file, at)]
  }
  return []
}
