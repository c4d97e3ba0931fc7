import type { CodeSite, FileSet } from '../../model/code.js'
import { siteAt } from '../text-lines.js'

const definitions = [
  'AutoScalingGroup(',
  'autoscaling.Group(',
  'add_nodegroup_capacity(',
  'add_auto_scaling_group_capacity(',
  'add_capacity(',
  'NodeGroup(',
  'Nodegroup(',
]

/** What is known of a group that may be defined in Python: its name or address, its stack's logical id. */
export interface PythonGroup {
  readonly name: string
  readonly stack?: { readonly logicalId: string }
  readonly folder?: string
}

/** Where a Python program names the group in its definition. */
export function pythonSite(files: FileSet, group: PythonGroup): CodeSite | undefined {
  const { folder = '' } = group
  for (const [file, text] of files) {
    if (!file.endsWith('.py') || (folder !== '' && !file.startsWith(`${folder}/`))) continue
    for (const word of definitions) {
      const at = namedAt(text, word, group)
      if (at !== undefined) return siteAt(files, file, at)
    }
  }
  return undefined
}

function namedAt(text: string, word: string, group: PythonGroup): number | undefined {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const texts = [...text.slice(at, at + 400).matchAll(/(["'])([^"'\n]{1,200})\1/g)].map((found) => found[2] ?? '')
    if (texts.some((one) => isNameOf(one, group))) return at
  }
  return undefined
}

/** The name itself or the last step of an address, the name before Pulumi's random digits, or the id in a logical id. */
function isNameOf(text: string, { name, stack }: PythonGroup): boolean {
  if (text === name || text === name.split('/').at(-1)) return true
  if (/^-[0-9a-f]{7}$/.test(name.slice(-8)) && text === name.slice(0, -8)) return true
  const bare = text.replace(/[^A-Za-z0-9]/g, '')
  return stack !== undefined && bare.length > 2 && (stack.logicalId === bare || stack.logicalId.includes(`${bare}ASG`))
}
