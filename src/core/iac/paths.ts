/** The folder of a path; '' at the repository root. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '' : path.slice(0, cut)
}

/** The last part of a path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * Joins a relative path to a folder of the repository.
 * @example joinPath('live/web', '../../modules/asg') // 'modules/asg'
 * @returns undefined when the path leaves the repository
 */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

const codeEndings = /\.(tf|tofu|tf\.json|tfvars|tfvars\.json|hcl|ya?ml|json|template|[mc]?tsx?|py)$/
const beanstalkFiles = /(^|\/)\.ebextensions\/[^/]+\.config$/
const uselessFolders = /(^|\/)(node_modules|\.terraform|\.terragrunt-cache|cdk\.out|\.git|dist|coverage)\//
const uselessNames =
  /(^|\/)(package(-lock)?|tsconfig[^/]*|composer|npm-shrinkwrap|pnpm-lock|\.terraform\.lock)\.(json|ya?ml|hcl)$|\.(d|test|spec)\.[mc]?tsx?$/

/** True for files worth reading from a repository to find and edit groups; everything else need not be fetched. */
export function isInfrastructurePath(path: string): boolean {
  return (codeEndings.test(path) || beanstalkFiles.test(path)) && !uselessFolders.test(path) && !uselessNames.test(path)
}

/** The byte search before any parser: false for a text that cannot define a group. */
export function mentionsGroup(text: string): boolean {
  return (
    text.includes('aws_autoscaling_group') ||
    text.includes('AWS::AutoScaling::AutoScalingGroup') ||
    text.includes('aws_eks_node_group') ||
    text.includes('terraform-aws-modules/')
  )
}
