import { createHash } from 'node:crypto'
import type { Resource } from './resource.js'

/** What the group's own CloudFormation resource is called below its construct. */
function tailOf({ words }: Resource): readonly string[] {
  const word = words.at(-1) ?? ''
  if (word.startsWith('Cfn')) return []
  return word === 'Nodegroup' || word === 'addNodegroupCapacity' ? ['Resource'] : ['ASG']
}

/**
 * The logical id that the CDK gives a resource: the words of its path in the stack, and eight digits of the path's MD5.
 * @example logicalIdOf(['Returns', 'ASG']) // 'ReturnsASG0327E4FF'
 */
export function logicalIdOf(path: readonly string[]): string {
  const parts = path.filter((part) => part !== 'Default')
  const bare = (part: string) => part.replace(/[^A-Za-z0-9]/g, '')
  const [only, second] = parts
  if (only !== undefined && second === undefined) return bare(only)
  const hash = createHash('md5').update(parts.join('/')).digest('hex').slice(0, 8).toUpperCase()
  const told: string[] = []
  for (const part of parts) if (!told.at(-1)?.endsWith(part)) told.push(part)
  return (
    told
      .filter((part) => part !== 'Resource')
      .map(bare)
      .join('')
      .slice(0, 240) + hash
  )
}

/** Whether a group of a CDK program can be a stack's resource of this logical id: surely, perhaps, or not. */
export function bearsLogicalId(group: Resource, logicalId: string): 'surely' | 'perhaps' | 'no' {
  const { path, name } = group
  const tail = tailOf(group)
  for (let from = 0; path !== undefined && from < path.length; from += 1)
    if (logicalIdOf([...path.slice(from), ...tail]) === logicalId) return 'surely'
  if (path !== undefined || name?.kind !== 'scalar') return 'no'
  const own = [String(name.scalar), ...tail].map((part) => part.replace(/[^A-Za-z0-9]/g, '')).join('')
  return logicalId === own || logicalId.slice(0, -8).endsWith(own) ? 'perhaps' : 'no'
}
