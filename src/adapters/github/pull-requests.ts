import type { Octokit } from '@octokit/rest'
import type { PullRequestDraft, PullRequestState, PullRequests, RepositoryName } from '../../ports.js'
import { commitTrailer, ensureBranch, ensureBranchHolds } from './branch.js'
import { placeOf, translated } from './code-reader.js'
import type { Octokits } from './octokits.js'
import { isMissing, isUnprocessable } from './translate-error.js'

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
        if (present?.state === 'open') await dress(octokit, place, present.number, draft)
        if (present) return present
        await ensureBranch(octokit, place, draft)
        return createOrFind(octokit, place, draft)
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
          await sayOnce(octokit, place, number, why)
          await octokit.pulls.update({ ...place, pull_number: number, state: 'closed' })
        }
        await octokit.git.deleteRef({ ...place, ref: `heads/${data.head.ref}` }).catch(ignoreMissing)
      })
    },
  }
}

/** GitHub takes one pull request for a branch: the one that another run opened in between is ours too. */
async function createOrFind(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<PullRequestState> {
  try {
    return await create(octokit, place, draft)
  } catch (error) {
    const opened = isUnprocessable(error) ? await findPull(octokit, place, draft.branch) : undefined
    if (!opened) throw error
    return opened
  }
}

async function create(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<PullRequestState> {
  const { data: repository } = await octokit.repos.get(place)
  const { title, body, branch } = draft
  const { data } = await octokit.pulls.create({ ...place, title, body, head: branch, base: repository.default_branch })
  await dress(octokit, place, data.number, draft)
  return readPull(octokit, place, data.number)
}

/** Labels and reviewers that the pull request lacks: a try that died after opening it left them out. */
async function dress(octokit: Octokit, place: Place, number: number, draft: PullRequestDraft): Promise<void> {
  if (draft.labels.length === 0 && draft.reviewers.length === 0) return
  const { data } = await octokit.pulls.get({ ...place, pull_number: number })
  const labels = draft.labels.filter((label) => !data.labels.some(({ name }) => name === label))
  if (labels.length > 0) await octokit.issues.addLabels({ ...place, issue_number: number, labels })
  const asked = (data.requested_reviewers ?? []).map((reviewer) => reviewer?.login)
  const reviewers = draft.reviewers.filter((login) => !asked.includes(login))
  if (reviewers.length > 0) await octokit.pulls.requestReviewers({ ...place, pull_number: number, reviewers })
}

/** A closing that died half-way is said once only. */
async function sayOnce(octokit: Octokit, place: Place, number: number, body: string): Promise<void> {
  const comments = await octokit.paginate(octokit.issues.listComments, {
    ...place,
    issue_number: number,
    per_page: 100,
  })
  if (comments.some((comment) => comment.body?.trim() === body.trim())) return
  await octokit.issues.createComment({ ...place, issue_number: number, body })
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
  if (!isMissing(error) && !isUnprocessable(error)) throw error
}
