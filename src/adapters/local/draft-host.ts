import { TrimtabError } from '../../core/model/errors.js'
import type {
  Checks,
  Conversation,
  IssueDraft,
  Issues,
  PullRequestDraft,
  PullRequestState,
  PullRequests,
  RepositoryName,
} from '../../ports.js'

/** What would have been written to GitHub, in order. */
export interface Drafts {
  readonly pullRequests: readonly { readonly repository: RepositoryName; readonly draft: PullRequestDraft }[]
  readonly issues: readonly { readonly repository: RepositoryName; readonly draft: IssueDraft }[]
}

/** The writing half of a code host that writes nowhere. */
export interface DraftHost {
  readonly drafts: Drafts
  readonly pullRequests: PullRequests
  readonly issues: Issues
  readonly conversation: Conversation
  readonly checks: Checks
}

/**
 * Keeps pull requests and issues as drafts instead of opening them: the dry run is another host behind the same ports.
 * A branch has one pull request and a marker one issue, as on GitHub; nobody may comment.
 */
export function createDraftHost(): DraftHost {
  const pulls: { repository: RepositoryName; draft: PullRequestDraft }[] = []
  const issues: { repository: RepositoryName; draft: IssueDraft }[] = []
  return {
    drafts: { pullRequests: pulls, issues },
    pullRequests: draftPullRequests(pulls),
    issues: {
      async upsert(repository, draft) {
        const at = issues.findIndex((one) => one.repository === repository && one.draft.marker === draft.marker)
        if (at >= 0) issues[at] = { repository, draft }
        else issues.push({ repository, draft })
        return { number: at >= 0 ? at + 1 : issues.length, changed: true, state: 'open' }
      },
      async find(repository, marker) {
        const at = issues.findIndex((one) => one.repository === repository && one.draft.marker === marker)
        return at >= 0 ? { number: at + 1, state: 'open' } : undefined
      },
      async close() {},
    },
    conversation: {
      permission: async () => 'none',
      async reply() {},
      async react() {},
    },
    checks: { async report() {} },
  }
}

function draftPullRequests(pulls: { repository: RepositoryName; draft: PullRequestDraft }[]): PullRequests {
  const placeOf = (repository: RepositoryName, branch: string) =>
    pulls.findIndex((one) => one.repository === repository && one.draft.branch === branch)
  return {
    async open(repository, draft) {
      const at = placeOf(repository, draft.branch)
      if (at >= 0) pulls[at] = { repository, draft }
      else pulls.push({ repository, draft })
      return stateOf(at >= 0 ? at + 1 : pulls.length, draft)
    },
    async update(repository, number, draft) {
      const known = pulls[number - 1]
      if (known?.repository !== repository)
        throw new TrimtabError('not-found', `updating the draft ${number} of ${repository}: there is no such draft`)
      pulls[number - 1] = { repository, draft }
      return stateOf(number, draft)
    },
    async find(repository, branch) {
      const at = placeOf(repository, branch)
      const known = pulls[at]
      return known && stateOf(at + 1, known.draft)
    },
    async close() {},
  }
}

function stateOf(number: number, { branch, title, body }: PullRequestDraft): PullRequestState {
  return { number, state: 'open', branch, title, body, onlyOurCommits: true }
}
