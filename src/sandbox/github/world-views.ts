import type { Desk } from './desk.js'
import { everyPage } from './every-page.js'
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

/** A comment as a test or the demo wants to see it. */
export interface SeenComment {
  readonly id: number
  readonly by: string
  readonly body: string
}

/** What can be seen of the world. None of it counts as a call or meets a fault. */
export interface WorldViews {
  /** The tree at a branch or commit, `main` unless said otherwise. */
  files(repo: string, ref?: string): Promise<ReadonlyMap<string, string>>
  /** All pull requests, oldest first. */
  pulls(repo: string): Promise<readonly SeenPull[]>
  /** All issues that are no pull requests, oldest first. */
  issues(repo: string): Promise<readonly SeenIssue[]>
  /** All comments of an issue or pull request, oldest first. */
  comments(repo: string, number: number): Promise<readonly SeenComment[]>
}

/** Looks from outside, between the calls. */
export function createViews(stage: Stage, desk: Desk, git: GitObjects, state: PullState): WorldViews {
  const home = (repo: string) => `/repos/${stage.owner}/${repo}`
  return {
    files: (repo, ref = 'main') => desk.between(() => filesOf(git, home(repo), ref)),
    pulls: (repo) => desk.between(() => pullsOf(state, home(repo))),
    issues: (repo) => desk.between(() => issuesOf(stage, home(repo))),
    comments: (repo, number) => desk.between(() => commentsOf(stage, `${home(repo)}/issues/${number}/comments`)),
  }
}

async function pullsOf(state: PullState, home: string): Promise<readonly SeenPull[]> {
  const all = await state.all(home)
  return Promise.all(all.map((pull) => seenPull(state, home, pull)))
}

async function issuesOf(stage: Stage, home: string): Promise<readonly SeenIssue[]> {
  return (await everyIssue(stage, home)).map((issue) => ({
    number: issue.number,
    title: String(issue.title),
    state: issue.state === 'closed' ? 'closed' : 'open',
    body: String(issue.body ?? ''),
    labels: issue.labels.map(({ name }) => name),
  }))
}

async function commentsOf(stage: Stage, path: string): Promise<readonly SeenComment[]> {
  type Comment = { readonly id: number; readonly user: { readonly login: string }; readonly body: string }
  const comments = await everyPage<Comment>(stage.github, path)
  return comments.map(({ id, user, body }) => ({ id, by: user.login, body }))
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
