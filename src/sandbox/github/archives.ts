import { randomBytes } from 'node:crypto'
import { type Answer, problem } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import type { Handler, Handlers, Stage } from './stage.js'
import { tarball } from './tarball.js'

/** Archive links: a redirect, as on GitHub, to an address that needs no authorisation and holds a gzipped tar. */
export function archiveHandlers(stage: Stage, git: GitObjects): Handlers {
  const tickets = new Map<string, { readonly home: string; readonly ref: string }>()
  return {
    'GET /repos/{owner}/{repo}/tarball': redirectToArchive(stage, git, tickets),
    'GET /repos/{owner}/{repo}/tarball/{ref}': redirectToArchive(stage, git, tickets),
    'GET /codeload/{ticket}': async (visit) => {
      const wanted = tickets.get(visit.params.ticket ?? '')
      return wanted === undefined ? problem(404, 'Not Found') : archive(stage, git, wanted.home, wanted.ref)
    },
  }
}

function redirectToArchive(
  stage: Stage,
  git: GitObjects,
  tickets: Map<string, { readonly home: string; readonly ref: string }>,
): Handler {
  return async (visit, next) => {
    // The commit's own route says whether this caller may read it.
    const ref = visit.params.ref ?? 'HEAD'
    const path = `${visit.home}/commits/${encodeURIComponent(ref)}`
    const allowed = await next({ ...visit.call, path })
    if (allowed.status >= 300) return allowed
    const commit = await git.commit(visit.home, ref)
    if (commit === undefined) return problem(404, 'Not Found')
    const ticket = randomBytes(16).toString('hex')
    tickets.set(ticket, { home: visit.home, ref: commit.sha })
    return { status: 302, headers: { location: `${stage.url}/codeload/${ticket}` }, body: Buffer.alloc(0) }
  }
}

async function archive(stage: Stage, git: GitObjects, home: string, ref: string): Promise<Answer> {
  const commit = await git.commit(home, ref)
  if (commit === undefined) return problem(404, 'Not Found')
  const tree = [...(await git.tree(home, commit.tree.sha))]
  const files = tree.map(async ([path, { mode, sha }]) => ({ path, mode, bytes: await git.blob(home, sha) }))
  const folder = `${home.replace('/repos/', '').replace('/', '-')}-${commit.sha.slice(0, 7)}`
  const frame = { folder, commitSha: commit.sha, at: new Date(stage.time.now()) }
  const headers = {
    'content-type': 'application/x-gzip',
    'content-disposition': `attachment; filename=${folder}.tar.gz`,
  }
  return { status: 200, headers, body: tarball(frame, await Promise.all(files)) }
}
