import { createAppAuth } from '@octokit/auth-app'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import Bottleneck from 'bottleneck'
import { TrimtabError } from '../../core/model/errors.js'
import type { RepositoryName } from '../../ports.js'
import { translateGitHubError } from './translate-error.js'

export type GitHubCredentials =
  | { readonly kind: 'app'; readonly appId: string; readonly privateKey: string }
  | { readonly kind: 'token'; readonly token: string; readonly repositories: readonly RepositoryName[] }

export interface Octokits {
  /** Repositories that the App is installed on, or those named beside a token. */
  repositories(): Promise<readonly RepositoryName[]>
  /** A client that may work on this repository. Throws `not-found` when the App is not installed there. */
  for(repository: RepositoryName): Promise<Octokit>
}

const RetryingOctokit = Octokit.plugin(retry, throttling)
const userAgent = 'trimtab'
const longestWaitSeconds = 30

/** Clients for GitHub's REST API: an App's installation tokens, or one plain token with the repositories it serves. */
export function createOctokits(credentials: GitHubCredentials, baseUrl: string | undefined): Octokits {
  return credentials.kind === 'token' ? tokenOctokits(credentials, baseUrl) : appOctokits(credentials, baseUrl)
}

function tokenOctokits(
  credentials: Extract<GitHubCredentials, { kind: 'token' }>,
  baseUrl: string | undefined,
): Octokits {
  const octokit = new RetryingOctokit({ auth: credentials.token, ...shared(baseUrl) })
  return {
    repositories: async () => credentials.repositories,
    for: async () => octokit,
  }
}

function appOctokits(credentials: Extract<GitHubCredentials, { kind: 'app' }>, baseUrl: string | undefined): Octokits {
  const { appId, privateKey } = credentials
  const installed = once(async () => {
    const app = new RetryingOctokit({ authStrategy: createAppAuth, auth: { appId, privateKey }, ...shared(baseUrl) })
    const clients = new Map<RepositoryName, Octokit>()
    for (const installation of await app.paginate('GET /app/installations', { per_page: 100 })) {
      const auth = { appId, privateKey, installationId: installation.id }
      const octokit = new RetryingOctokit({ authStrategy: createAppAuth, auth, ...shared(baseUrl) })
      const repositories = await octokit.paginate(octokit.apps.listReposAccessibleToInstallation, { per_page: 100 })
      for (const repository of repositories) clients.set(repository.full_name, octokit)
    }
    return clients
  })
  const read = () =>
    installed().catch((error) =>
      Promise.reject(translateGitHubError(error, 'reading the installations of the GitHub App')),
    )
  return {
    repositories: async () => [...(await read()).keys()].sort(),
    for: async (repository) => {
      const octokit = (await read()).get(repository)
      if (octokit) return octokit
      throw new TrimtabError(
        'not-found',
        `opening ${repository}: the GitHub App is not installed there; install it, or take the repository out of the configuration`,
      )
    },
  }
}

function shared(baseUrl: string | undefined) {
  const wait = (retryAfter: number, _options: object, _octokit: unknown, retries: number) =>
    retries < 2 && retryAfter <= longestWaitSeconds
  return {
    userAgent,
    ...(baseUrl && { baseUrl }),
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait, ...(baseUrl && ownServerPace()) },
    retry: { retries: 2, ...(baseUrl && { retryAfterBaseValue: 200 }) },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  }
}

/**
 * The plugin's default pace, one write a second, is github.com's rule. A server of one's own has its own limits and
 * says so by 429, which is waited for.
 */
function ownServerPace() {
  const group = () => new Bottleneck.Group({ maxConcurrent: 1, minTime: 0 })
  return { write: group(), notifications: group(), fallbackSecondaryRateRetryAfter: 1 }
}

/** Runs `read` once and keeps its answer; a failure is not kept. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= read().catch((error) => {
      answer = undefined
      throw error
    })
    return answer
  }
}
