import type { CodeFormat, FileSet, GroupAddress, Refused } from '../model/code.js'
import { cloudFormationCandidates } from './cloudformation/find-cloudformation-group.js'
import { beanstalkCandidates, beanstalkGroup } from './data-files/find-beanstalk-group.js'
import { choose, type WantedGroup } from './name-match.js'
import { folderOf } from './paths.js'
import { refused } from './refusal.js'
import type { Syntax } from './syntax.js'
import { terraformCandidates, terragruntCandidates } from './terraform/find-terraform-group.js'
import { isYamlProject, programCandidates } from './typescript/find-program-group.js'
import { definingFiles } from './typescript/program-roots.js'
import { pythonSite } from './typescript/python.js'

/**
 * Where a configuration says that a group is: a root module's folder or a template's file and the address in it; no
 * address where the file holds plain values.
 */
export interface ConfiguredPlace {
  readonly path: string
  readonly address?: string
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
  if (configured !== undefined) return configuredAddress(files, group, configured)
  if (group.stack?.logicalId === beanstalkGroup) return choose(beanstalkCandidates(files))
  const templates = cloudFormationCandidates(files, group, syntax)
  const programs = programCandidates(files, group, syntax)
  if (group.stack !== undefined) return orPython(files, group, choose([...templates, ...programs]))
  const found = choose([
    ...templates,
    ...programs,
    ...terraformCandidates(files, group, syntax),
    ...terragruntCandidates(files, group, syntax),
  ])
  return orPython(files, group, found)
}

/** Where nothing else defines the group but a program in Python names it, that is said. */
function orPython(files: FileSet, group: WantedGroup, found: GroupAddress | Refused): GroupAddress | Refused {
  if (found.kind === 'found' || found.reason !== 'not-found') return found
  const site = pythonSite(files, group)
  return site === undefined ? found : refused('unsupported-language', [site])
}

function configuredAddress(
  files: FileSet,
  group: WantedGroup,
  { path, address }: ConfiguredPlace,
): GroupAddress | Refused {
  const clean = path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '')
  if (address === undefined) return valuesAddress(files, group, clean)
  if (address === beanstalkGroup) return choose(beanstalkCandidates(files, clean))
  if (clean.endsWith('.py') && files.has(clean))
    return refused('unsupported-language', [pythonSite(files, { name: address }) ?? { file: clean, line: 1, text: '' }])
  if (files.has(clean)) {
    const format = programFormat(files, clean) ?? formatOf(clean)
    if (format === undefined) return refused('unsupported-format', [{ file: clean, line: 1, text: '' }])
    return { kind: 'found', format, file: clean, line: 1, address, rootModule: folderOf(clean) }
  }
  const [first] = [...files.keys()]
    .filter((file) => folderOf(file) === clean && /\.(tf|tofu)(\.json)?$|(^|\/)terragrunt\.hcl$/.test(file))
    .sort()
  const program = first === undefined ? configuredProgram(files, clean, address) : undefined
  if (program !== undefined) return program
  if (first === undefined)
    return refused(
      'not-found',
      [{ file: clean, line: 1, text: '' }],
      'The configured path holds no Terraform code and no CDK or Pulumi program',
    )
  return { kind: 'found', format: formatOf(first) ?? 'terraform', file: first, line: 1, address, rootModule: clean }
}

function valuesAddress(files: FileSet, { name }: WantedGroup, file: string): GroupAddress | Refused {
  if (!files.has(file))
    return refused('not-found', [{ file, line: 1, text: '' }], 'The configured path is no file of values')
  return { kind: 'found', format: 'values-yaml', file, line: 1, address: name, rootModule: folderOf(file) }
}

/** A folder with a CDK or Pulumi program in it. */
function configuredProgram(files: FileSet, folder: string, address: string): GroupAddress | undefined {
  const inside = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const base = { kind: 'found', line: 1, address, rootModule: folder } as const
  const project = ['Pulumi.yaml', 'Pulumi.yml'].map(inside).find((file) => files.has(file))
  if (project !== undefined) {
    const format = isYamlProject(files.get(project) ?? '') ? 'pulumi-yaml' : 'pulumi-ts'
    return { ...base, format, file: format === 'pulumi-yaml' ? project : '' }
  }
  return files.has(inside('cdk.json')) || definingFiles(files, folder).length > 0
    ? { ...base, format: 'cdk-ts', file: '' }
    : undefined
}

function programFormat(files: FileSet, file: string): CodeFormat | undefined {
  if (/(^|\/)Pulumi\.ya?ml$/.test(file)) return 'pulumi-yaml'
  if (!/\.[mc]?tsx?$/.test(file)) return undefined
  return (files.get(file) ?? '').includes('@pulumi/') ? 'pulumi-ts' : 'cdk-ts'
}

function formatOf(file: string): CodeFormat | undefined {
  if (/(^|\/)terragrunt\.hcl$/.test(file)) return 'terragrunt'
  if (/\.(tf|tofu)(\.json)?$/.test(file)) return 'terraform'
  if (/\.ya?ml$/.test(file)) return 'cloudformation-yaml'
  return /\.(json|template)$/.test(file) ? 'cloudformation-json' : undefined
}
