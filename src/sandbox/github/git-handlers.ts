import { randomBytes } from 'node:crypto'
import { type Answer, bodyOf, type JsonObject, jsonAnswer, jsonOf, problem, withBody } from './exchange.js'
import type { GitObjects } from './git-objects.js'
import type { PullState } from './pull-state.js'
import type { Handler, Handlers, Stage, Visit } from './stage.js'
import { tarball } from './tarball.js'
import { userOf } from './users.js'

const COMMITS = '/repos/{owner}/{repo}/git/commits'

/**
 * What `emulate`'s git lacks: an app's commit without author is the bot's and verified, archives by a redirect, and a
 * deleted branch closes its pull requests.
 */
export function gitHandlers(stage: Stage, git: GitObjects, state: PullState): Handlers {
  const verified = new Set<string>()
  const tickets = new Map<string, { readonly home: string; readonly ref: string }>()
  return {
    [`POST ${COMMITS}`]: async (visit, next) => {
      const body = bodyOf(visit.call)
      const signed = visit.actor.kind === 'installation' && body.author === undefined && body.committer === undefined
      const answer = await next(withBody(visit.call, { ...identities(stage, visit, signed), ...body }))
      if (signed && answer.status < 300) verified.add(jsonOf<{ sha: string }>(answer).sha)
      return withVerification(answer, verified)
    },
    [`GET ${COMMITS}/{commit_sha}`]: async (_, next) => withVerification(await next(), verified),
    'GET /repos/{owner}/{repo}/commits/{ref}': async (_, next) => withVerification(await next(), verified),
    'GET /repos/{owner}/{repo}/commits': async (_, next) => withVerification(await next(), verified),
    'GET /repos/{owner}/{repo}/compare/{basehead}': async (_, next) => withVerification(await next(), verified),
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': async (_, next) =>
      withVerification(await next(), verified),
    'DELETE /repos/{owner}/{repo}/git/refs/{ref}': (visit, next) => deleteRef(stage, state, visit, next),
    'GET /repos/{owner}/{repo}/tarball': redirectToArchive(stage, git, tickets),
    'GET /repos/{owner}/{repo}/tarball/{ref}': redirectToArchive(stage, git, tickets),
    'GET /codeload/{ticket}': async (visit) => {
      const wanted = tickets.get(visit.params.ticket ?? '')
      return wanted === undefined ? problem(404, 'Not Found') : archive(stage, git, wanted.home, wanted.ref)
    },
  }
}

function identities(stage: Stage, visit: Visit, signed: boolean): JsonObject {
  const date = stage.time.now()
  const login = visit.actor.kind === 'person' ? visit.actor.login : `${stage.slug}[bot]`
  const prefix = visit.actor.kind === 'person' ? '' : `${stage.appId}+`
  const author = { name: login, email: `${prefix}${login}@users.noreply.github.com`, date }
  return { author, ...(signed ? { committer: { name: 'GitHub', email: 'noreply@github.com', date } } : {}) }
}

const VERIFICATION = { verified: true, reason: 'valid', signature: '-----BEGIN PGP SIGNATURE-----', payload: '' }

/** Marks the commits that GitHub would have signed, wherever they stand in an answer. */
function withVerification(answer: Answer, verified: ReadonlySet<string>): Answer {
  if (answer.status >= 300) return answer
  const mark = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mark)
    if (typeof value !== 'object' || value === null) return value
    const fields = value as JsonObject
    if (Array.isArray(fields.commits)) return { ...fields, commits: fields.commits.map(mark) }
    if (!verified.has(String(fields.sha))) return value
    const verification = VERIFICATION
    if (typeof fields.commit === 'object') return { ...fields, commit: { ...fields.commit, verification } }
    return { ...fields, verification }
  }
  return jsonAnswer(answer.status, mark(jsonOf(answer)), answer.headers)
}

async function deleteRef(stage: Stage, state: PullState, visit: Visit, next: () => Promise<Answer>): Promise<Answer> {
  const branch = (visit.params.ref ?? '').replace(/^heads\//, '')
  const open = (await state.all(visit.home)).filter((pull) => pull.state === 'open' && pull.head.ref === branch)
  const closedBy = await userOf(stage, visit.actor)
  for (const pull of open) await state.close(visit.home, pull, closedBy)
  const answer = await next()
  for (const pull of open) {
    if (answer.status >= 300) state.reopen(visit.home, pull.number)
    else await stage.github.asOwner('PATCH', `${visit.home}/pulls/${pull.number}`, { state: 'closed' })
  }
  return answer
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
