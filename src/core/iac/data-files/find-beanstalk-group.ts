import type { FileSet } from '../../model/code.js'
import type { Candidate } from '../name-match.js'
import { folderOf } from '../paths.js'

/** The logical id of the group in every stack that Elastic Beanstalk makes. */
export const beanstalkGroup = 'AWSEBAutoScalingGroup'

/** The applications that may hold a Beanstalk group's options: folders with `.ebextensions`, or the one that is named. */
export function beanstalkCandidates(files: FileSet, folder?: string): readonly Candidate[] {
  const extensions = [...files.keys()].filter((file) => /(^|\/)\.ebextensions\/[^/]+\.config$/.test(file)).sort()
  const first = new Map(extensions.map((file) => [folderOf(folderOf(file)), file] as const).reverse())
  return [...first]
    .filter(([rootModule]) => folder === undefined || folder === rootModule)
    .map(([rootModule, file]) => ({
      strength: 2,
      text: '',
      address: { kind: 'found', format: 'beanstalk', file, line: 1, address: beanstalkGroup, rootModule },
    }))
}
