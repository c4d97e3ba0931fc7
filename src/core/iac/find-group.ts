import type { CodeFormat, FileSet, GroupAddress, Refused } from '../model/code.js'
import { cloudFormationCandidates } from './cloudformation/find-cloudformation-group.js'
import { choose, type WantedGroup } from './name-match.js'
import { folderOf } from './paths.js'
import { refused } from './refusal.js'
import type { Syntax } from './syntax.js'
import { terraformCandidates, terragruntCandidates } from './terraform/find-terraform-group.js'

/** Where a configuration says that a group is: a root module's folder or a template's file, and the address in it. */
export interface ConfiguredPlace {
  readonly path: string
  readonly address: string
}

/**
 * A live group's definition in a repository: by configuration, by its stack's tags, by name, by name template, by tags,
 * the strongest of these that points to exactly one place. Several or none: refused, with the candidates.
 */
export function findGroup(
  files: FileSet,
  group: WantedGroup,
  configured: ConfiguredPlace | undefined,
  syntax: Syntax,
): GroupAddress | Refused {
  if (configured !== undefined) return configuredAddress(files, configured)
  const templates = cloudFormationCandidates(files, group, syntax)
  if (group.stack !== undefined) return choose(templates)
  return choose([
    ...templates,
    ...terraformCandidates(files, group, syntax),
    ...terragruntCandidates(files, group, syntax),
  ])
}

function configuredAddress(files: FileSet, { path, address }: ConfiguredPlace): GroupAddress | Refused {
  const clean = path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '')
  if (files.has(clean)) {
    const format = formatOf(clean)
    if (format === undefined) return refused('unsupported-format', [{ file: clean, line: 1, text: '' }])
    return { kind: 'found', format, file: clean, line: 1, address, rootModule: folderOf(clean) }
  }
  const [first] = [...files.keys()]
    .filter((file) => folderOf(file) === clean && /\.(tf|tofu)(\.json)?$|(^|\/)terragrunt\.hcl$/.test(file))
    .sort()
  if (first === undefined)
    return refused('not-found', [{ file: clean, line: 1, text: '' }], 'The configured path holds no Terraform code')
  return { kind: 'found', format: formatOf(first) ?? 'terraform', file: first, line: 1, address, rootModule: clean }
}

function formatOf(file: string): CodeFormat | undefined {
  if (/(^|\/)terragrunt\.hcl$/.test(file)) return 'terragrunt'
  if (/\.(tf|tofu)(\.json)?$/.test(file)) return 'terraform'
  if (/\.ya?ml$/.test(file)) return 'cloudformation-yaml'
  return /\.(json|template)$/.test(file) ? 'cloudformation-json' : undefined
}
