import type { Desk } from './desk.js'
import type { Answer } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import { everyIssue } from './issues.js'
import type { Pull, PullState } from './pull-state.js'
import type { Stage } from './stage.js'

/** A pull request as a test or the demo wants to see it. */
export interface SeenPull {
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly headBranch: string
  readonly body: string
  readonly files: readonly { readonly path: string; readonly patch: string }[]
}

/** An issue as a test or the demo wants to see it. */
export interface SeenIssue {
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed'
  readonly body: string
  readonly labels: readonly string[]
}

/** What people do in the world, and what can be seen of it. None of it counts as a call or meets a fault. */
export interface WorldActions {
  /** As the person would; throws where GitHub refuses (conflict, no permission, already closed). */
  merge(repo: string, number: number, by: string): Promise<void>
  closePull(repo: string, number: number, by: string): Promise<void>
  /** Also closes an issue; both are one thing on GitHub. */
  closeIssue(repo: string, number: number, by: string): Promise<void>
  /** Comments on an issue or pull request; the comment's id. */
  comment(repo: string, number: number, by: string, body: string): Promise<number>
  /** Puts one commit of a person onto a branch, `main` unless said otherwise; undefined deletes a file. */
  commit(
    repo: string,
    by: string,
    files: ReadonlyMap<string, string | undefined>,
    where?: { readonly branch?: string; readonly message?: string },
  ): Promise<string>
  /** The tree at a branch or commit, `main` unless said otherwise. */
  files(repo: string, ref?: string): Promise<ReadonlyMap<string, string>>
  /** All pull requests, oldest first. */
  pulls(repo: string): Promise<readonly SeenPull[]>
  /** All issues that are no pull requests, oldest first. */
  issues(repo: string): Promise<readonly SeenIssue[]>
  /** All comments of an issue or pull request, oldest first. */
  comments(
    repo: string,
    number: number,
  ): Promise<readonly { readonly id: number; readonly by: string; readonly body: string }[]>
}

/** The people of the stage, acting through the same desk as every HTTP call. */
export function createPeople(stage: Stage, desk: Desk, git: GitObjects, state: PullState): WorldActions {
  const home = (repo: string) => `/repos/${stage.owner}/${repo}`
  const act = async <T>(by: string, method: string, path: string, body: unknown): Promise<T> => {
    const headers = { authorization: `token ${stage.actors.tokenOf(by)}`, 'content-type': 'application/json' }
    const call = { method, path, query: new URLSearchParams(), headers, body: Buffer.from(JSON.stringify(body)) }
    return expectSuccess<T>(`${by}: ${method} ${path}`, await desk.handle(call))
  }
  return {
    async merge(repo, number, by) {
      await act(by, 'PUT', `${home(repo)}/pulls/${number}/merge`, {})
    },
    async closePull(repo, number, by) {
      await act(by, 'PATCH', `${home(repo)}/pulls/${number}`, { state: 'closed' })
    },
    async closeIssue(repo, number, by) {
      await act(by, 'PATCH', `${home(repo)}/issues/${number}`, { state: 'closed' })
    },
    async comment(repo, number, by, body) {
      return (await act<{ id: number }>(by, 'POST', `${home(repo)}/issues/${number}/comments`, { body })).id
    },
    async commit(repo, by, files, { branch = 'main', message = 'Change files' } = {}) {
      const parent = await git.commit(home(repo), branch)
      const entry = { mode: '100644', type: 'blob' }
      const tree = [...files].map(([path, content]) => ({
        path,
        ...entry,
        ...(content === undefined ? { sha: null } : { content }),
      }))
      const base = { base_tree: parent?.tree.sha, tree }
      const { sha: treeSha } = await act<{ sha: string }>(by, 'POST', `${home(repo)}/git/trees`, base)
      const commit = { message, tree: treeSha, parents: [parent?.sha] }
      const { sha } = await act<{ sha: string }>(by, 'POST', `${home(repo)}/git/commits`, commit)
      await act(by, 'PATCH', `${home(repo)}/git/refs/heads/${branch}`, { sha })
      return sha
    },
    files: (repo, ref = 'main') => filesOf(git, home(repo), ref),
    async pulls(repo) {
      const all = await state.all(home(repo))
      return Promise.all(all.map((pull) => seenPull(state, home(repo), pull)))
    },
    async issues(repo) {
      return (await everyIssue(stage, home(repo))).map((issue) => ({
        number: issue.number,
        title: String(issue.title),
        state: issue.state === 'closed' ? 'closed' : 'open',
        body: String(issue.body ?? ''),
        labels: issue.labels.map(({ name }) => name),
      }))
    },
    async comments(repo, number) {
      type Comment = { readonly id: number; readonly user: { readonly login: string }; readonly body: string }
      const path = `${home(repo)}/issues/${number}/comments?per_page=100`
      const comments = await stage.github.asOwner<Comment[]>('GET', path)
      return comments.map(({ id, user, body }) => ({ id, by: user.login, body }))
    },
  }
}

function expectSuccess<T>(what: string, answer: Answer): T {
  if (answer.status < 300) return JSON.parse(answer.body.toString('utf8')) as T
  throw new Error(`GitHub stand-in: ${what}: ${answer.status} ${answer.body.toString('utf8')}`)
}

async function seenPull(state: PullState, home: string, pull: Pull): Promise<SeenPull> {
  const { files } = await state.comparison(home, pull)
  return {
    number: pull.number,
    title: pull.title,
    state: pull.merged_at === null ? pull.state : 'merged',
    headBranch: pull.head.ref,
    body: pull.body ?? '',
    files: files.map(({ filename, patch }) => ({ path: filename, patch: patch ?? '' })),
  }
}

async function filesOf(git: GitObjects, home: string, ref: string): Promise<ReadonlyMap<string, string>> {
  const commit = await git.commit(home, ref)
  if (commit === undefined) throw new Error(`GitHub stand-in: ${home} has no commit at ${ref}`)
  const tree = [...(await git.tree(home, commit.tree.sha))]
  const texts = tree.map(async ([path, { sha }]) => [path, (await git.blob(home, sha)).toString('utf8')] as const)
  return new Map(await Promise.all(texts))
}
