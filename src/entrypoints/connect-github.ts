import { createChecks } from '../adapters/github/checks.js'
import { createCodeReader } from '../adapters/github/code-reader.js'
import { createConversation } from '../adapters/github/conversation.js'
import { createIssues } from '../adapters/github/issues.js'
import { createOctokits, type GitHubCredentials } from '../adapters/github/octokits.js'
import { createPullRequests } from '../adapters/github/pull-requests.js'
import type { CodeHost } from '../workflows/deps.js'

/** GitHub by these credentials, or another server that speaks its API. Nothing is asked yet. */
export function connectGitHub(credentials: GitHubCredentials, baseUrl: string | undefined): CodeHost {
  const octokits = createOctokits(credentials, baseUrl)
  return {
    code: createCodeReader(octokits),
    pullRequests: createPullRequests(octokits),
    issues: createIssues(octokits),
    conversation: createConversation(octokits),
    checks: createChecks(octokits),
  }
}
