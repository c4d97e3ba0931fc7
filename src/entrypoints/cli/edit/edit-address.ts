import type { CodeFormat, FileSet, GroupAddress } from '../../../core/model/code.js'
import { TrimtabError } from '../../../core/model/errors.js'
import type { EditContextFile } from './edit-context.js'

/** The formats by their names, for an option. */
export const codeFormats = [
  'terraform',
  'terragrunt',
  'cloudformation-yaml',
  'cloudformation-json',
  'cdk-ts',
  'pulumi-ts',
  'pulumi-yaml',
  'beanstalk',
  'values-yaml',
] as const satisfies readonly CodeFormat[]

/** Where to look for a group that is named by its address. Throws `usage` where the format cannot be told. */
export function editAddress(
  files: FileSet,
  group: string,
  { template, rootModule = '' }: EditContextFile,
  format: CodeFormat | undefined,
): GroupAddress {
  const told = format ?? formatOf(files, group, template, rootModule)
  if (told === undefined)
    throw new TrimtabError(
      'usage',
      `editing ${group}: its format cannot be told; give --format ${codeFormats.join(', ')}`,
    )
  return { kind: 'found', format: told, file: template ?? '', line: 1, address: group, rootModule }
}

function formatOf(
  files: FileSet,
  group: string,
  template: string | undefined,
  rootModule: string,
): CodeFormat | undefined {
  if (group === 'AWSEBAutoScalingGroup') return 'beanstalk'
  if (template !== undefined) return /\.(json|template)$/.test(template) ? 'cloudformation-json' : 'cloudformation-yaml'
  const here = [...files.keys()].filter((file) => (rootModule === '' ? true : file.startsWith(`${rootModule}/`)))
  if (here.some((file) => /(^|\/)terragrunt\.hcl$/.test(file))) return 'terragrunt'
  if (/(^|\.)aws_\w+\./.test(group) || here.some((file) => /\.(tf|tofu)(\.json)?$/.test(file))) return 'terraform'
  if (here.some((file) => /(^|\/)Pulumi\.yaml$/.test(file)))
    return here.some((file) => file.endsWith('.ts')) ? 'pulumi-ts' : 'pulumi-yaml'
  return here.some((file) => /(^|\/)cdk\.json$/.test(file)) ? 'cdk-ts' : undefined
}
