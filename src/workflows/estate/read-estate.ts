import { isInfrastructurePath } from '../../core/iac/paths.js'
import { TrimtabError } from '../../core/model/errors.js'
import type { RepositoryName } from '../../ports.js'
import type { CodeHost, Deps } from '../deps.js'
import type { Estate, Repository } from './estate.js'

export const configPath = '.github/trimtab.yml'

/** Reads every connected repository's configuration and infrastructure files from its default branch. */
export async function readEstate(
  deps: Pick<Deps, 'host' | 'journal'>,
  configuredHome: RepositoryName | undefined,
): Promise<Estate> {
  const { host } = deps
  if (!host) return { repositories: [], unreadable: [], home: undefined }

  const listed = await listRepositories(deps, host)
  if ('why' in listed) return { repositories: [], unreadable: [listed], home: undefined }
  const { names } = listed
  const answers = await Promise.all(names.map((name) => tryRead(deps, host, name)))

  const repositories = answers.flatMap((answer) => ('sha' in answer ? [answer] : []))
  const unreadable = answers.flatMap((answer) => ('why' in answer ? [answer] : []))
  return { repositories, unreadable, home: homeOf(repositories, configuredHome) }
}

/** GitHub that is down hides every repository; bad credentials are the caller's and are thrown. */
async function listRepositories(
  deps: Pick<Deps, 'journal'>,
  host: CodeHost,
): Promise<{ names: readonly RepositoryName[] } | { repository: RepositoryName; why: string }> {
  try {
    return { names: await host.code.repositories() }
  } catch (error) {
    if (error instanceof TrimtabError && !passing.includes(error.code)) throw error
    deps.journal.failure('repositories could not be listed', error, {})
    return { repository: 'GitHub', why: error instanceof Error ? error.message : String(error) }
  }
}

const passing: readonly string[] = ['unreachable', 'throttled', 'internal']

async function tryRead(
  deps: Pick<Deps, 'journal'>,
  host: CodeHost,
  name: RepositoryName,
): Promise<Repository | { repository: RepositoryName; why: string }> {
  try {
    return await readRepository(host, name)
  } catch (error) {
    deps.journal.failure('repository could not be read', error, { repository: name })
    return { repository: name, why: error instanceof Error ? error.message : String(error) }
  }
}

/** One repository at the tip of its default branch; no other branch or fork is ever read for settings or code. */
export async function readRepository(host: CodeHost, name: RepositoryName): Promise<Repository> {
  const { branch, sha } = await host.code.head(name)
  const all = await host.code.files(name, sha, (path) => path === configPath || isInfrastructurePath(path))
  const text = all.get(configPath)
  const read = text === undefined ? undefined : await readConfig(text)
  const files = new Map([...all].filter(([path]) => path !== configPath))
  return {
    name,
    branch,
    sha,
    files,
    config: read?.kind === 'config' ? read.config : undefined,
    faults: read?.kind === 'faults' ? read.faults : [],
  }
}

/** The YAML parser is loaded with the first file: a function that reads none starts sooner. */
async function readConfig(text: string) {
  const { readRepositoryConfig } = await import('../../config/read-repository-config.js')
  return readRepositoryConfig(text, configPath)
}

/** The one that holds the weekly issue: configured, or the only one; with several and none configured, none. */
function homeOf(repositories: readonly Repository[], configured: RepositoryName | undefined): Repository | undefined {
  const named = configured ?? repositories.find(({ config }) => config?.homeRepository)?.config?.homeRepository
  if (named) return repositories.find(({ name }) => name.toLowerCase() === named.toLowerCase())
  return repositories.length === 1 ? repositories[0] : undefined
}
