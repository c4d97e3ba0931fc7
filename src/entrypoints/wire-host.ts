import { readFile } from 'node:fs/promises'
import type { GitHubCredentials } from '../adapters/github/octokits.js'
import type { Environment, GitHubAccess } from '../config/environment.js'
import { TrimtabError } from '../core/model/errors.js'
import type { CodeHost } from '../workflows/deps.js'

const publicApi = 'https://api.github.com'

/** GitHub as the environment gives it: an App or a token; undefined without either. Nothing is asked yet. */
export async function wireHost(
  environment: Pick<Environment, 'github' | 'githubApiUrl' | 'repositories'>,
): Promise<CodeHost | undefined> {
  const credentials = await credentialsOf(environment.github, environment.repositories)
  if (!credentials) return undefined
  const { githubApiUrl } = environment
  // GitHub's clients are loaded where there is a GitHub: a command without one starts sooner.
  const { connectGitHub } = await import('./connect-github.js')
  return connectGitHub(credentials, githubApiUrl === publicApi ? undefined : githubApiUrl)
}

async function credentialsOf(
  github: GitHubAccess,
  repositories: readonly string[],
): Promise<GitHubCredentials | undefined> {
  if (github.kind === 'none') return undefined
  if (github.kind === 'app') return { kind: 'app', appId: github.appId, privateKey: await keyOf(github.privateKey) }
  if (repositories.length > 0) return { kind: 'token', token: github.token.reveal(), repositories }
  throw new TrimtabError(
    'configuration',
    'connecting to GitHub: GITHUB_TOKEN is set without TRIMTAB_REPOSITORY; name the repositories as owner/name',
  )
}

async function keyOf(key: Extract<GitHubAccess, { kind: 'app' }>['privateKey']): Promise<string> {
  if (key.kind === 'key') return key.key.reveal()
  try {
    return await readFile(key.path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new TrimtabError(
      'configuration',
      `reading the private key of the GitHub App: ${key.path} cannot be read (${code}); check PRIVATE_KEY_PATH`,
    )
  }
}
