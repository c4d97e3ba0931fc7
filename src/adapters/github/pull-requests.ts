import type { Octokit } from '@octokit/rest'
import type { PullRequestDraft, PullRequestState, PullRequests, RepositoryName } from '../../ports.js'
import { commitTrailer, ensureBranch, ensureBranchHolds } from './branch.js'
import { placeOf, translated } from './code-reader.js'
import type { Octokits } from './octokits.js'
import { isMissing } from './translate-error.js'

type Place = ReturnType<typeof placeOf>

/** Pull requests by branch: the branch name is the change, so whatever an earlier try left is found and finished. */
export function createPullRequests(octokits: Octokits): PullRequests {
  const at = async (repository: RepositoryName) => ({
    octokit: await octokits.for(repository),
    place: placeOf(repository),
  })
  return {
    async open(repository, draft) {
      const { octokit, place } = await at(repository)
      return translated(`opening the pull request ${draft.branch} in ${repository}`, async () => {
        const present = await findPull(octokit, place, draft.branch)
        if (present) return present
        await ensureBranch(octokit, place, draft)
        return create(octokit, place, draft)
      })
    },
    async update(repository, number, draft) {
      const { octokit, place } = await at(repository)
      return translated(`updating ${repository}#${number}`, async () => {
        const present = await readPull(octokit, place, number)
        if (present.state !== 'open') return present
        if (present.onlyOurCommits) await ensureBranchHolds(octokit, place, draft)
        if (present.title !== draft.title || present.body !== draft.body) {
          await octokit.pulls.update({ ...place, pull_number: number, title: draft.title, body: draft.body })
        }
        return readPull(octokit, place, number)
      })
    },
    async find(repository, branch) {
      const { octokit, place } = await at(repository)
      return translated(`looking for the pull request ${branch} in ${repository}`, () =>
        findPull(octokit, place, branch),
      )
    },
    async close(repository, number, why) {
      const { octokit, place } = await at(repository)
      return translated(`closing ${repository}#${number}`, async () => {
        const { data } = await octokit.pulls.get({ ...place, pull_number: number })
        if (data.state === 'open') {
          await octokit.issues.createComment({ ...place, issue_number: number, body: why })
          await octokit.pulls.update({ ...place, pull_number: number, state: 'closed' })
        }
        await octokit.git.deleteRef({ ...place, ref: `heads/${data.head.ref}` }).catch(ignoreMissing)
      })
    },
  }
}

async function create(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<PullRequestState> {
  const { data: repository } = await octokit.repos.get(place)
  const { title, body, branch } = draft
  const { data } = await octokit.pulls.create({ ...place, title, body, head: branch, base: repository.default_branch })
  if (draft.labels.length > 0)
    await octokit.issues.addLabels({ ...place, issue_number: data.number, labels: [...draft.labels] })
  if (draft.reviewers.length > 0) {
    await octokit.pulls.requestReviewers({ ...place, pull_number: data.number, reviewers: [...draft.reviewers] })
  }
  return readPull(octokit, place, data.number)
}

async function findPull(octokit: Octokit, place: Place, branch: string): Promise<PullRequestState | undefined> {
  const { data } = await octokit.pulls.list({ ...place, state: 'all', head: `${place.owner}:${branch}`, per_page: 100 })
  const newest = data.filter((pull) => pull.head.ref === branch).sort((a, b) => b.number - a.number)[0]
  return newest && readPull(octokit, place, newest.number)
}

async function readPull(octokit: Octokit, place: Place, number: number): Promise<PullRequestState> {
  const { data } = await octokit.pulls.get({ ...place, pull_number: number })
  const state = data.merged_at ? 'merged' : data.state === 'open' ? 'open' : 'closed'
  const closedBy = state === 'closed' ? await closerOf(octokit, place, number) : undefined
  return {
    number,
    state,
    branch: data.head.ref,
    title: data.title,
    body: data.body ?? '',
    ...(closedBy && { closedBy }),
    ...(data.closed_at && { closedAt: data.closed_at }),
    ...(data.merged_at && { mergedAt: data.merged_at }),
    onlyOurCommits: state === 'open' && (await onlyOurs(octokit, place, number)),
  }
}

async function closerOf(octokit: Octokit, place: Place, number: number): Promise<string | undefined> {
  const { data } = await octokit.issues.get({ ...place, issue_number: number })
  return data.closed_by?.login
}

/** Every commit carries our trailer: people's commits on the branch are never overwritten. */
async function onlyOurs(octokit: Octokit, place: Place, number: number): Promise<boolean> {
  const { data } = await octokit.pulls.listCommits({ ...place, pull_number: number, per_page: 100 })
  return data.every(({ commit }) => commit.message.includes(commitTrailer))
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error) && !(error instanceof Error && 'status' in error && error.status === 422)) throw error
}
