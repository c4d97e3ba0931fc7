import type { GroupSettings } from '../../config/group-settings.js'
import { policyFor } from '../../config/policy-for.js'
import type { ConfigFault } from '../../config/read-repository-config.js'
import type { RepositoryConfig } from '../../config/repository-config.js'
import { type ConfiguredPlace, findGroup } from '../../core/iac/find-group.js'
import type { FileSet, GroupAddress, Refused } from '../../core/model/code.js'
import type { Group } from '../../core/model/group.js'
import type { Policy } from '../../core/model/policy.js'
import type { RepositoryName } from '../../ports.js'
import type { CodeParsers, Deps } from '../deps.js'

/** One repository as this pass found it: its configuration, or the faults in it, and its infrastructure files. */
export interface Repository {
  readonly name: RepositoryName
  readonly branch: string
  readonly sha: string
  readonly config: RepositoryConfig | undefined
  readonly faults: readonly ConfigFault[]
  readonly files: FileSet
}

/** Where the teams' code and settings are, read once a pass from the default branches. */
export interface Estate {
  readonly repositories: readonly Repository[]
  /** Repositories that could not be read, with why. */
  readonly unreadable: readonly { readonly repository: RepositoryName; readonly why: string }[]
  readonly home: Repository | undefined
}

/** Where a group's code is: in exactly one repository, or the reason why not. */
export type CodeOfGroup =
  | { readonly kind: 'found'; readonly repository: Repository; readonly address: GroupAddress }
  | { readonly kind: 'missing'; readonly why: string; readonly refused?: Refused; readonly repository?: Repository }

/** The settings that hold for a group: those of its code's repository, else of the home repository, else the defaults. */
export function policyOfGroup(
  estate: Estate,
  deployment: Deps['deployment'],
  group: Group,
  code: CodeOfGroup | undefined,
): Policy {
  const repository = code?.kind === 'found' ? code.repository : estate.home
  return policyFor(repository?.config, group.environment, deployment, group)
}

function configuredPlace(settings: GroupSettings | undefined): ConfiguredPlace | undefined {
  const { path, address, values } = settings ?? {}
  if (path === undefined) return undefined
  if (values !== undefined) return { path }
  return address === undefined ? undefined : { path, address }
}

/** Looks for the group in every repository; found in two is as bad as found in none. */
export async function codeOfGroup(parsers: CodeParsers, estate: Estate, group: Group): Promise<CodeOfGroup> {
  if (estate.repositories.length === 0) return { kind: 'missing', why: 'no repository is connected' }
  const syntax = await parsers.syntax()
  const stackName = group.tags['aws:cloudformation:stack-name']
  const logicalId = group.tags['aws:cloudformation:logical-id']
  const wanted = {
    name: group.name,
    tags: group.tags,
    ...(stackName && logicalId && { stack: { name: stackName, logicalId } }),
  }
  const answers = estate.repositories.map((repository) => {
    const configured = configuredPlace(repository.config?.groups?.[group.name])
    return { repository, answer: findGroup(repository.files, wanted, configured, syntax) }
  })
  const found = answers.flatMap(({ repository, answer }) =>
    answer.kind === 'refused' ? [] : [{ repository, address: answer }],
  )
  const [only] = found
  if (only && found.length === 1) return { kind: 'found', ...only }
  if (found.length > 1)
    return {
      kind: 'missing',
      why: `it is defined in several repositories: ${found.map(({ repository }) => repository.name).join(', ')}`,
    }
  const telling = answers.find(({ answer }) => answer.kind === 'refused' && answer.reason !== 'not-found')
  if (telling?.answer.kind === 'refused')
    return { kind: 'missing', why: telling.answer.hint, refused: telling.answer, repository: telling.repository }
  return {
    kind: 'missing',
    why: `no repository defines it (looked in ${estate.repositories.map(({ name }) => name).join(', ')})`,
  }
}
