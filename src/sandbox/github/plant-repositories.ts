import type { Stage } from './stage.js'

/** A repository to fill. */
export interface Plant {
  readonly name: string
  readonly files: ReadonlyMap<string, string>
}

const LEVEL = { admin: 'admin', write: 'push', read: 'pull' } as const

/** Fills every repository with one commit on `main` and gives people their permission. */
export async function plantRepositories(stage: Stage, plants: readonly Plant[]): Promise<void> {
  for (const plant of plants) {
    const home = `/repos/${stage.owner}/${plant.name}`
    for (const { login, permission } of stage.people) {
      if (permission === 'none') continue
      await stage.github.asOwner('PUT', `${home}/collaborators/${login}`, { permission: LEVEL[permission] })
    }
    const tree = [...plant.files].map(([path, content]) => ({ path, mode: '100644', type: 'blob', content }))
    const { sha: treeSha } = await stage.github.asOwner<{ sha: string }>('POST', `${home}/git/trees`, { tree })
    const author = { name: stage.owner, email: `${stage.owner}@users.noreply.github.com`, date: stage.time.now() }
    const commit = { message: 'Initial commit', tree: treeSha, parents: [], author, committer: author }
    const { sha } = await stage.github.asOwner<{ sha: string }>('POST', `${home}/git/commits`, commit)
    await stage.github.asOwner('POST', `${home}/git/refs`, { ref: 'refs/heads/main', sha })
  }
}
