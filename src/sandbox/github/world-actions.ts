import type { Desk } from './desk.js'
import type { Answer } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import type { Stage } from './stage.js'

/** What people do in the world. None of it counts as a call or meets a fault; all of it sends webhooks. */
export interface WorldActions {
  /** As the person would; throws where GitHub refuses (conflict, no permission, already closed). */
  merge(repo: string, number: number, by: string): Promise<void>
  closePull(repo: string, number: number, by: string): Promise<void>
  closeIssue(repo: string, number: number, by: string): Promise<void>
  /** Comments on an issue or pull request; the comment's id. */
  comment(repo: string, number: number, by: string, body: string): Promise<number>
  /** Puts one commit of a person onto a branch, `main` unless said otherwise; undefined deletes a file. Its SHA. */
  commit(
    repo: string,
    by: string,
    files: ReadonlyMap<string, string | undefined>,
    where?: { readonly branch?: string; readonly message?: string },
  ): Promise<string>
}

/** The people of the stage, acting through the same desk as every HTTP call. */
export function createPeople(stage: Stage, desk: Desk, git: GitObjects): WorldActions {
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
      const parent = await desk.between(() => git.commit(home(repo), branch))
      const base = { base_tree: parent?.tree.sha, tree: [...files].map(([path, content]) => treeEntry(path, content)) }
      const { sha: tree } = await act<{ sha: string }>(by, 'POST', `${home(repo)}/git/trees`, base)
      const commit = { message, tree, parents: [parent?.sha] }
      const { sha } = await act<{ sha: string }>(by, 'POST', `${home(repo)}/git/commits`, commit)
      await act(by, 'PATCH', `${home(repo)}/git/refs/heads/${branch}`, { sha })
      return sha
    },
  }
}

function treeEntry(path: string, content: string | undefined) {
  return { path, mode: '100644', type: 'blob', ...(content === undefined ? { sha: null } : { content }) }
}

function expectSuccess<T>(what: string, answer: Answer): T {
  if (answer.status < 300) return JSON.parse(answer.body.toString('utf8')) as T
  throw new Error(`GitHub stand-in: ${what}: ${answer.status} ${answer.body.toString('utf8')}`)
}
