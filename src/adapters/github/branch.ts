import type { Octokit } from '@octokit/rest'
import type { PullRequestDraft } from '../../ports.js'
import type { placeOf } from './code-reader.js'
import { isMissing, isUnprocessable } from './translate-error.js'

type Place = ReturnType<typeof placeOf>

/** The line that marks a commit as ours. */
export const commitTrailer = 'Trimtab-Change: '

/** Makes sure that the branch exists and holds the draft; what an earlier try of ours left is taken over. */
export async function ensureBranch(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<void> {
  const tip = await tipOf(octokit, place, draft.branch)
  if (tip === undefined && (await createBranch(octokit, place, draft))) return
  await ensureBranchHolds(octokit, place, draft)
}

/** False where another run made the branch in between. */
async function createBranch(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<boolean> {
  const sha = await commit(octokit, place, draft)
  try {
    await octokit.git.createRef({ ...place, ref: `refs/heads/${draft.branch}`, sha })
    return true
  } catch (error) {
    if (isUnprocessable(error) && (await tipOf(octokit, place, draft.branch)) !== undefined) return false
    throw error
  }
}

/**
 * Rewrites the branch where its files differ from the draft's; a branch with the same files is left alone, so that
 * nothing is pushed, built or mailed for nothing. The caller knows that only our commits are on it.
 */
export async function ensureBranchHolds(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<void> {
  for (const [path, text] of draft.files) {
    if ((await textAt(octokit, place, path, draft.branch)) === text) continue
    const sha = await commit(octokit, place, draft)
    await octokit.git.updateRef({ ...place, ref: `heads/${draft.branch}`, sha, force: true })
    return
  }
}

async function commit(octokit: Octokit, place: Place, draft: PullRequestDraft): Promise<string> {
  const base = await octokit.git.getCommit({ ...place, commit_sha: draft.baseSha })
  const tree = await octokit.git.createTree({
    ...place,
    base_tree: base.data.tree.sha,
    tree: [...draft.files].map(([path, content]) => ({
      path,
      mode: '100644' as const,
      type: 'blob' as const,
      content,
    })),
  })
  const made = await octokit.git.createCommit({
    ...place,
    message: draft.commitMessage,
    tree: tree.data.sha,
    parents: [draft.baseSha],
  })
  return made.data.sha
}

async function tipOf(octokit: Octokit, place: Place, branch: string): Promise<string | undefined> {
  try {
    const { data } = await octokit.git.getRef({ ...place, ref: `heads/${branch}` })
    return data.object.sha
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function textAt(octokit: Octokit, place: Place, path: string, ref: string): Promise<string | undefined> {
  try {
    const { data } = await octokit.repos.getContent({ ...place, path, ref })
    return 'content' in data && data.type === 'file' ? Buffer.from(data.content, 'base64').toString('utf8') : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
